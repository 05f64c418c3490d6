"""Reserved capacity on a bill, step by step: one question that asked it all would be planned for seconds."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir

from billing.as_known import as_known
from billing.period import Period
from metrics.lines import united
from queries.commitment_grants import commitment_grants
from queries.commitment_lines import commitment_lines
from queries.commitment_shares import commitment_shares
from queries.commitment_takes import commitment_takes
from queries.committed_hours import committed_hours
from queries.coverable_usage import USAGE_KEY, coverable_usage
from warehouse.connect import Store
from warehouse.histories import BEGINNING, FOREVER
from warehouse.tables import table, to_sql

RESERVED = ("commitment", "unused_commitment")  # line kinds
_HOURS = ("hour", "committed", "hour_cost", "covered", "quantity", "cost", "effective_off", "event_count")
_STEPS = ("committed", "coverable", "taken", "granted", "borne")


@contextmanager
def borne_commitments(store: Store, mark: str, *, start: datetime, end: datetime, defined: str = "") -> Iterator[str]:
    """Lay out ``commitment_shares`` of ``[start, end)`` and yield the clause ``borne AS (...)`` that reads them.

    ``mark`` begins the names of the tables; ``defined`` are clauses that say which charges and commitments to read.
    """
    tables = {step: f"{mark}_{step}" for step in _STEPS}
    try:
        known = [defined] if defined else []
        for step, sql in zip(_STEPS, _steps_sql(start, end), strict=True):
            said = f"WITH {', '.join(known)} " if known else ""
            store.command(f"CREATE TABLE {tables[step]} ENGINE = Memory AS {said}SELECT * FROM ({sql})")
            known.append(f"{step} AS (SELECT * FROM {tables[step]})")
        yield known[-1]
    finally:
        for name in tables.values():
            store.command(f"DROP TABLE IF EXISTS {name} SYNC")


def counted_until(store: Store, period: Period) -> datetime:
    """Return the end of what a draft can know of reserved capacity: this hour, or where usage is later, the last one's.

    Hours that have not passed are neither covered nor unused yet.
    """
    last = store.scalar("SELECT max(charge_period_start) FROM charges WHERE meter != 'platform_cost'")
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return max(period.start, min(period.end, max(hour, last.replace(tzinfo=UTC) + timedelta(hours=1))))


def hours_of(store: Store, line: Mapping[str, Any], *, at: datetime | None) -> list[dict[str, Any]]:
    """Return the hours that a line of reserved capacity sums, in order: committed, taken by all, and this line's part.

    ``at`` is the closing that it was billed by, None for a draft. ``cost`` is ``hour_cost`` x ``quantity`` /
    ``committed``; ``instead`` what the covered usage would have cost, billed. A line's amount is the difference of the
    two sums, with the markup of the usage on the cost; none of a correction, which is a difference of months.
    """
    period = Period(line["billing_period"])
    known = (f"{name} AS (SELECT * FROM ({to_sql(as_known(name, at))}))" for name in ("charges", "commitments"))
    defined = ", ".join(known) if at else ""
    mark = f"staged_hours_{uuid.uuid4().hex}"
    end = period.end if at else counted_until(store, period)
    with borne_commitments(store, mark, start=period.start, end=end, defined=defined) as borne:
        rows = store.rows(
            f"""
            WITH {borne}
            SELECT * FROM
            (
                SELECT
                    *,
                    sum(quantity) OVER (PARTITION BY slot_id, hour) AS committed,
                    sum(cost) OVER (PARTITION BY slot_id, hour) AS hour_cost,
                    sumIf(quantity, NOT is_unused) OVER (PARTITION BY slot_id, hour) AS covered
                FROM borne WHERE slot_id = {{slot:String}}
            )
            WHERE is_unused = {{unused:Bool}} AND app_id = {{app:String}} AND cost_center = {{center:String}}
            ORDER BY hour
            """,
            {
                "slot": line["allocation_rule_id"],
                "unused": line["line_kind"] == "unused_commitment",
                "app": line["app_id"],
                "center": line["cost_center"],
            },
        )
    own = [row for row in rows if row["is_unused"] or all(row[name] == line[name] for name in USAGE_KEY)]
    return [{**{name: row[name] for name in _HOURS}, "instead": -row["billed_off"]} for row in own]


@lru_cache(maxsize=1)
def commitment_lines_sql() -> str:
    """Return the SQL of the invoice lines that ``borne`` adds up to."""
    *_, shares = _steps(BEGINNING, FOREVER)
    return to_sql(united(commitment_lines(ibis.table(shares.schema(), name="borne"), table("rate_rules"))))


@lru_cache(maxsize=32)
def _steps_sql(start: datetime, end: datetime) -> list[str]:
    return [to_sql(step) for step in _steps(start, end)]


def _steps(start: datetime, end: datetime) -> list[ir.Table]:
    hours = committed_hours(table("commitments"), start=start, end=end)
    committed = ibis.table(hours.schema(), name="committed")
    usage = coverable_usage(table("charges"), committed, start=start, end=end)
    coverable = ibis.table(usage.schema(), name="coverable")
    takes = commitment_takes(committed, coverable)
    grants = commitment_grants(committed, ibis.table(takes.schema(), name="taken"))
    shares = commitment_shares(ibis.table(grants.schema(), name="granted"), coverable)
    return [hours, usage, takes, grants, shares]
