"""The lines of a month: of an open one what it would bill now, of a closed one what it was billed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir

from billing.commitments import borne_commitments, commitment_lines_sql, counted_until
from billing.period import Period
from billing.sharing import laid_out_pools, shared_lines_sql
from metrics.lines import LINE_KEY, LINE_SUMS, united
from queries.billable import billable
from queries.billed_before import billed_before
from queries.billed_charges import billed_charges
from queries.tariff_lines import KINDS, tariff_lines
from warehouse.connect import Store
from warehouse.known import known_sql
from warehouse.tables import SCHEMAS, stand_in, table, to_sql

_PARTS = ", ".join((*LINE_KEY, *LINE_SUMS))
_COLUMNS = ", ".join(SCHEMAS["invoice_lines"])


@dataclass(frozen=True, slots=True)
class Terms:
    """Which rules and tariffs hold for a month: today's, or those ``known`` when it was closed."""

    bases: tuple[str, ...]
    tariff_kinds: tuple[str, ...]
    has_commitments: bool
    known: datetime | None = None


def period_lines(store: Store, period: Period, *, cost_center: str | None = None) -> list[dict[str, Any]]:
    """Return the lines of a month, of one cost center or all, in order of cost center and line id.

    A closed month's are those it was closed with. An open one's are computed from the charges of this moment, with the
    corrections of closed months if it is the one to carry them (``periods_to_correct``).
    """
    if period in closings(store):
        lines = table("invoice_lines")
        lines = lines.filter(lines.billing_period == ibis.literal(period.first))
        return store.rows(_of(lines, cost_center))
    with computed_lines(store, period, until=counted_until(store, period)) as name:
        return store.rows(_of(stand_in("invoice_lines", called=name), cost_center))


@contextmanager
def computed_lines(store: Store, period: Period, *, until: datetime | None = None) -> Iterator[str]:
    """Compute the lines of an open month into a table in memory and lend its name.

    Step by step, so that no step is asked twice: what charges bill, what is shared, what is reserved, what is agreed,
    what was billed. Reserved capacity counts ``until`` that hour, or for the whole month.
    """
    with _staged(store) as name:
        _add(store, name, period, None, _terms(store, period, None), until=until)
        for closed, closed_at in periods_to_correct(store, period):
            _add(store, name, period, closed, _terms(store, closed, closed_at))
        yield name


@contextmanager
def recomputed_lines(store: Store, period: Period, *, closed_at: datetime, defined: str) -> Iterator[str]:
    """Compute what a closed month bills by itself from other tables, and lend the table's name.

    ``defined`` says which: ``name AS (...)`` clauses for ``charges``, ``lifecycle``, ``apps``, ``teams``,
    ``commitments`` and ``rate_rules``. Rules and tariffs are those known when the month was first closed.
    """
    with _staged(store) as name:
        _add(store, name, period, None, _terms(store, period, closed_at), defined)
        yield name


@contextmanager
def _staged(store: Store) -> Iterator[str]:
    name = f"staged_lines_{uuid.uuid4().hex}"
    try:
        store.command(f"CREATE TABLE {name} AS billed_lines ENGINE = Memory")
        yield name
    finally:
        store.command(f"DROP TABLE IF EXISTS {name} SYNC")


def periods_to_correct(store: Store, period: Period) -> list[tuple[Period, datetime]]:
    """Return the closed months that a month corrects, and when each was first closed.

    Those whose charges, lifecycle or reserved capacity have changed since; all of them in the first month after the
    last closed one, so that each correction is in one draft only.
    """
    closed = closings(store)
    if not closed or period != max(closed).next:
        return []
    changed = store.rows(
        """
        SELECT DISTINCT toStartOfMonth(charge_date) AS month FROM
        (
            SELECT charge_date, argMax(generation, closed_at) AS billed FROM period_closings GROUP BY charge_date
        ) AS pinned
        INNER JOIN
        (
            SELECT charge_date, max(generation) AS newest FROM charge_generations GROUP BY charge_date
        ) AS current USING (charge_date)
        WHERE newest != billed
        UNION DISTINCT
        SELECT DISTINCT toStartOfMonth(arrayJoin(mapKeys(days))) AS month FROM batches
        WHERE state = 'stored' AND event_type = 'lifecycle' AND at >= (SELECT min(closed_at) FROM closings)
        """
    )
    months = {row["month"] for row in changed} | _newly_committed(store, closed)
    return [(one, at) for one, at in sorted(closed.items()) if one.first in months]


def _newly_committed(store: Store, closed: dict[Period, datetime]) -> set[date]:
    """What was paid for reserved capacity is a fact, whenever it is recorded: unlike a rule, it corrects."""
    rows = store.rows(
        "SELECT valid_from, valid_to, recorded_at FROM commitment_records WHERE recorded_at >= {first:DateTime64(6)}",
        {"first": min(closed.values()).replace(tzinfo=None)},
    )
    return {
        period.first
        for row in rows
        for period, at in closed.items()
        if row["recorded_at"] >= at and row["valid_from"] < period.end and row["valid_to"] > period.start
    }


def closings(store: Store) -> dict[Period, datetime]:
    """Return the closed months and when each was closed."""
    rows = store.rows("SELECT billing_period, min(closed_at) AS at FROM closings GROUP BY billing_period")
    return {Period(row["billing_period"]): row["at"] for row in rows}


def _add(
    store: Store,
    name: str,
    period: Period,
    corrects: Period | None,
    terms: Terms,
    defined: str = "",
    until: datetime | None = None,
) -> None:
    """Add what a month bills by itself, or what the month that it corrects would bill beyond what it has."""
    billed = corrects or period
    parts = f"{name}_parts"

    def insert(sql: str, also: str = "", asked: Mapping[str, Any] | None = None) -> None:
        known = ", ".join(filter(None, (defined, also, f"so_far AS (SELECT * FROM {parts})")))
        store.command(f"INSERT INTO {parts} ({_PARTS}) WITH {known} SELECT {_PARTS} FROM ({sql})", asked)

    store.command(f"CREATE TABLE {parts} AS {name} ENGINE = Memory")
    try:
        first, last = billed.first, billed.next.first
        month = {"first": first, "last": last}
        insert(_usage_sql(), _MONTH, month)
        rules = _as_known("allocation_rules", terms.known)
        with laid_out_pools(
            store, name, first=first, last=last, bases=terms.bases, rules=rules, defined=defined
        ) as pools:
            if pools:
                insert(shared_lines_sql(terms.bases), pools)
        if terms.has_commitments:
            hours = {"start": billed.start, "end": until or billed.end}
            with borne_commitments(store, name, **hours, defined=defined) as borne:
                insert(commitment_lines_sql(), borne)
        for kind in terms.tariff_kinds:
            insert(_agreed_sql(kind), f"asked_tariffs AS (SELECT * FROM {_tariffs(terms.known)})", month)
        if corrects:
            insert(_before_sql(corrects.first))
        lines = _lines_sql(period.first, corrects.first if corrects else None)
        store.command(
            f"INSERT INTO {name} ({_COLUMNS}) WITH parts AS (SELECT * FROM {parts}) SELECT {_COLUMNS} FROM ({lines})"
        )
    finally:
        store.command(f"DROP TABLE IF EXISTS {parts} SYNC")


# What is compiled once serves every month: the engine is told which in clauses and parameters.
_MONTH = (
    "asked_charges AS (SELECT * FROM daily_charges WHERE charge_date >= {first:Date} AND charge_date < {last:Date})"
)


@lru_cache(maxsize=1)
def _usage_sql() -> str:
    """What charges bill by themselves; days are as good as hours, and fewer."""
    return to_sql(united(billed_charges(stand_in("charges", called="asked_charges"))))


@lru_cache(maxsize=len(KINDS))
def _agreed_sql(kind: str) -> str:
    """What tariffs of a kind add to ``so_far``, the lines that the steps before have found."""
    so_far, tariffs = stand_in("invoice_lines", called="so_far"), stand_in("tariffs", called="asked_tariffs")
    return to_sql(united(tariff_lines(so_far, tariffs, kind=kind)))


@lru_cache(maxsize=32)
def _before_sql(period: date) -> str:
    return to_sql(billed_before(table("invoice_lines"), period=period))


@lru_cache(maxsize=64)
def _lines_sql(period: date, corrects: date | None) -> str:
    return to_sql(billable(stand_in("invoice_lines", called="parts"), period=period, corrects=corrects))


def _terms(store: Store, period: Period, known: datetime | None) -> Terms:
    bases = store.rows("SELECT DISTINCT basis FROM allocation_rules WHERE basis != '' ORDER BY basis")
    month = {"first": period.first, "last": period.next.first}
    kinds = {row["kind"] for row in store.rows(f"SELECT DISTINCT kind FROM {_tariffs(known)}", month)}
    has_commitments = bool(
        store.scalar(
            "SELECT count() FROM commitment_records WHERE toDate(valid_from) < {last:Date} AND valid_to > {first:Date}",
            month,
        )
    )
    return Terms(
        bases=tuple(row["basis"] for row in bases) or ("effective_cost",),
        tariff_kinds=tuple(kind for kind in KINDS if kind in kinds),
        has_commitments=has_commitments,
        known=known,
    )


def _tariffs(known: datetime | None) -> str:
    """Tariffs hold for the month on whose first day they are in force."""
    held = _as_known("tariffs", known)
    return f"(SELECT * FROM {held} AS held WHERE valid_from <= {{first:Date}} AND {{first:Date}} < valid_to)"


def _as_known(history: str, known: datetime | None) -> str:
    return known_sql(history, known) if known else history


def _of(lines: ir.Table, cost_center: str | None) -> ir.Table:
    if cost_center is not None:
        lines = lines.filter(lines.cost_center == cost_center)
    return lines.order_by("cost_center", "line_id")
