"""What is behind charges: raw events at what each of them costs.

The charges are laid out as a small table first, then the events of their hours, resources and SKUs: one question that
did both would read the events more than once. Where these have no events but theirs (``whole_charge_events``), that is
all there is to read; elsewhere the histories are laid out too (``jobs.asked``) and events attributed and priced anew.
What is left to ask is the same for every trace, so it is compiled once.
"""

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
import pyarrow as pa

from config.rate_rules import RateRule
from jobs.asked import FACTS, asked_facts, asked_history, laid_out
from jobs.asked_charges import Rows, asked_about, billed_then, instant
from jobs.rate import rate_rules_of
from metrics.exact import or_zero, sum_money, sum_quantity
from queries.costed_events import COSTS, ORDER, RULES, costed_events
from queries.event_changes import event_changes
from queries.named_events import named_events
from queries.platform_events import OF_COST, platform_events
from queries.priced_events import OF_EVENT, keys_of
from queries.traced import traced
from queries.whole_charge_events import whole_charge_events
from warehouse.connect import Store
from warehouse.known import known_sql, stored_sql, taken_sql
from warehouse.laid_out import lay_out
from warehouse.tables import stand_in, table, to_sql

_HISTORIES = ("leases", "ownerships", "owners", "environments")
_HELD, _NEAR = "asked_held", "asked_near"
_OF_CHARGE = ("list_unit_price", "pricing_block", "event_count", "event_digest")
_READ = tuple(dict.fromkeys((*OF_EVENT, "event_digest")))  # what of usage events any of the questions reads
_DURING = "time >= toDateTime64({start:String}, 3, 'UTC') AND time < toDateTime64({end:String}, 3, 'UTC')"
# The events of charges, found by the primary key, then by their place; ``usage`` is read FINAL too, but not so early.
_EVENTS = f"""
    SELECT {", ".join(_READ)} FROM usage_events FINAL
    PREWHERE {_DURING} AND meter IN (SELECT meter FROM {_HELD}) AND resource_id IN (SELECT resource_id FROM {_HELD})
    WHERE (toStartOfHour(time), resource_id, sku_id) IN (SELECT charge_period_start, resource_id, sku_id FROM {_HELD})
"""
_KNOWN_EVENTS = f"{_EVENTS} AND batch_id IN (SELECT batch_id FROM taken)"
_REACH = (
    "count() AS charges, toString(min(charge_period_start)) AS first, toString(max(charge_period_start) + 3600) AS last"
)
_NOTHING: dict[str, pa.Schema] = {}  # what an answer looks like if no charge is traced


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traced:
    """Charges laid out in a table, and what may be read of the facts behind them: clauses, and what they are told."""

    store: Store
    facts: str
    at: datetime | None
    days: list[date]
    event: str | None
    name: str
    near: str
    said: Mapping[str, Any]
    is_empty: bool

    def alone(self) -> str:
        """Return the question that answers if the charges are alone in their places: its ``is_whole`` says so."""
        rules = rate_rules_of(self.store, known_sql("rate_rules", self.at) if self.at else "rate_rules")
        clauses = f"{FACTS} AS ({self.near}), {_HELD} AS (SELECT * FROM {self.name})"
        return f"WITH {clauses} SELECT * FROM ({_alone_sql(rules, self.event)})"

    @contextmanager
    def attributed(self) -> Iterator[str]:
        """Lay the histories out and lend the question that attributes and prices anew."""
        asked = f"SELECT * FROM {_NEAR}" if self.event is None else _named_sql(self.facts, self.event)
        clauses = f"{_NEAR} AS ({self.near}), {FACTS} AS ({asked}), {_HELD} AS (SELECT * FROM {self.name})"
        with laid_out(self.store, self.days, known=self.at) as laid:
            if self.facts == "usage":
                sql = _usage_sql(rate_rules_of(self.store, laid.tables["rate_rules"]), laid.empty)
            else:
                sql = _costs_sql(laid.empty)
            yield f"WITH {clauses}, {laid.defined()} SELECT * FROM ({sql})"


def usage_behind(
    store: Store, *, at: datetime | None = None, rows: Rows = table, limit: int = 200, **asked: Any
) -> pa.Table:
    """Return the usage events behind traced charges at what they cost, the costliest first, at most ``limit``.

    ``asked`` is what ``traced`` is asked with, and maybe an ``event`` (``named_events``). ``at`` takes charges, events
    and histories as they were billed and known then. ``all_*`` are of all events, also of those beyond the limit.
    """
    with _traced(store, "usage", at, rows, **asked) as held:
        if not held.is_empty:
            found = store.arrow(f"{held.alone()} LIMIT {int(limit)}", held.said)
            if found.num_rows and found["is_whole"][0].as_py():
                return found.drop_columns("is_whole")
        return _attributed(held, limit)


def costs_behind(
    store: Store, *, at: datetime | None = None, rows: Rows = table, limit: int = 200, **asked: Any
) -> pa.Table:
    """Return the platform costs behind traced charges as reported, the costliest first; see ``usage_behind``."""
    with _traced(store, "platform_costs", at, rows, **asked) as held:
        return _attributed(held, limit)


def changes_behind(
    store: Store, *, at: datetime | None, before: datetime, rows: Rows = table, limit: int = 200, **asked: Any
) -> pa.Table:
    """Return the usage events that make charges another amount than was billed ``before``; see ``event_changes``."""
    name = f"staged_{uuid.uuid4().hex}"
    try:
        for side, known in (("now", at), ("before", before)):
            with _traced(store, "usage", known, rows, **asked) as held:
                _lay_out_costed(held, f"{name}_{side}")
        sides = f"side_now AS (SELECT * FROM {name}_now), side_before AS (SELECT * FROM {name}_before)"
        asked_sql = _changes_sql(before)
        return store.arrow(f"WITH {sides} SELECT * FROM ({asked_sql}) LIMIT {int(limit)}")
    finally:
        for side in ("now", "before"):
            store.command(f"DROP TABLE IF EXISTS {name}_{side} SYNC")


def lay_out_costed(
    store: Store, name: str, *, beside: str = "", rows: Rows = table, start: datetime, end: datetime
) -> None:
    """Make a table in memory of all usage events behind charges of a period, at what they cost now.

    ``rows`` says which charges, and may read what ``beside`` defines (``name AS (...)``). Whoever makes it drops it.
    """
    with _traced(store, "usage", None, rows, start=start, end=end, beside=beside) as held:
        _lay_out_costed(held, name)


def _attributed(held: _Traced, limit: int) -> pa.Table:
    if held.facts in _NOTHING and held.is_empty:
        return _NOTHING[held.facts].empty_table()
    with held.attributed() as sql:
        found = held.store.arrow(f"{sql} LIMIT {int(limit)}", held.said)
    _NOTHING[held.facts] = found.schema
    return found


def _lay_out_costed(held: _Traced, name: str) -> None:
    held.store.command(f"CREATE TABLE {name} ENGINE = Memory AS {held.alone()}", held.said)
    if held.store.scalar(f"SELECT count() > 0 AND min(is_whole) FROM {name}"):
        return
    held.store.command(f"DROP TABLE {name} SYNC")
    with held.attributed() as sql:
        held.store.command(f"CREATE TABLE {name} ENGINE = Memory AS {sql}", held.said)


@contextmanager
def _traced(
    store: Store,
    facts: str,
    at: datetime | None,
    rows: Rows,
    *,
    start: datetime,
    end: datetime,
    event: str | None = None,
    beside: str = "",
    **asked: Any,
) -> Iterator[_Traced]:
    """Lay the traced charges of usage, or of platform costs, out."""
    is_usage = facts == "usage"
    question, said = asked_about(_charges_behind, rows=rows, start=start, end=end, is_usage=is_usage, **asked)
    first = start.replace(minute=0, second=0, microsecond=0)
    mark = f"staged_{uuid.uuid4().hex}"
    held, events = f"{mark}_held", f"{mark}_events"
    inside = {"start": instant(first), "end": instant(end)}
    try:
        lay_out(store, held, question, known=", ".join(filter(None, (billed_then(at), beside))), parameters=said)
        [reach] = store.rows(f"SELECT {_REACH} FROM {held}")
        if is_usage:
            # Days without any of the charges are not looked at.
            inside = {"start": reach["first"], "end": reach["last"]} if reach["charges"] else inside
            known = f"{_HELD} AS (SELECT * FROM {held})" + (f", taken AS ({taken_sql(at)})" if at else "")
            lay_out(store, events, _KNOWN_EVENTS if at else _EVENTS, known=known, parameters=inside)
            near = f"SELECT * FROM {events}"
        else:  # platform costs are few
            near = f"SELECT * FROM {facts} WHERE {_DURING}" + (f" AND {stored_sql(at)}" if at else "")
        yield _Traced(
            store=store, facts=facts, at=at, days=[first.date(), end.date()], event=event, name=held, near=near,
            said=inside, is_empty=not reach["charges"],
        )  # fmt: skip
    finally:
        for name in (held, events):
            store.command(f"DROP TABLE IF EXISTS {name} SYNC")


def _charges_behind(charges: ir.Table, *, is_usage: bool, **options: Any) -> ir.Table:
    held = traced(charges, **options)
    held = held.filter((held.meter != "platform_cost") if is_usage else (held.meter == "platform_cost"))
    return keys_of(held, *RULES, "meter", *(() if is_usage else OF_COST), *_OF_CHARGE)


@lru_cache(maxsize=32)
def _alone_sql(rate_rules: tuple[RateRule, ...], event: str | None) -> str:
    charges = ibis.table(_charges_behind(table("charges"), is_usage=True, start=None, end=None).schema(), name=_HELD)
    events = whole_charge_events(asked_facts("usage"), charges, rate_rules=rate_rules)
    return _usage_answer(events if event is None else named_events(events, event=event))


@lru_cache(maxsize=32)
def _named_sql(facts: str, event: str) -> str:
    return to_sql(named_events(stand_in(facts, called=_NEAR), event=event))


@lru_cache(maxsize=32)
def _usage_sql(rate_rules: tuple[RateRule, ...], empty: frozenset[str]) -> str:
    histories = (asked_history(name, empty) for name in _HISTORIES)
    prices = asked_history("prices")
    costed = costed_events(asked_facts("usage"), _held(), *histories, prices, rate_rules=rate_rules)
    return _usage_answer(costed)


def _usage_answer(costed: ir.Table) -> str:
    first = [ibis.desc("billed_cost", nulls_first=False), ibis.desc("quantity"), *ORDER]
    return to_sql(_with_totals(costed, all_quantity=sum_quantity(costed.quantity)).order_by(first))


@lru_cache(maxsize=32)
def _costs_sql(empty: frozenset[str]) -> str:
    histories = (asked_history(name, empty) for name in _HISTORIES)
    costs = platform_events(asked_facts("platform_costs"), _held(), *histories)
    first = [ibis.desc("effective_cost"), "time", "source", "event_id"]
    # What is billed of a cost is what invoices take: metrics.cost.invoiced.
    billed = or_zero(sum_money(costs.effective_cost))
    return to_sql(_with_totals(costs, all_billed_cost=billed).order_by(first))


@lru_cache(maxsize=32)
def _changes_sql(since: datetime) -> str:
    shape = costed_events(table("usage"), _held(), None, None, None, None, table("prices"), rate_rules=()).schema()
    now, before = (ibis.table(shape, name=f"side_{side}") for side in ("now", "before"))
    return to_sql(event_changes(now, before, since=since))


def _with_totals(rows: ir.Table, **more: ir.Value) -> ir.Table:
    sums = {f"all_{name}": or_zero(sum_money(rows[name])) for name in COSTS}
    totals = {"all_events": rows.count(), **sums, **more}
    return rows.mutate(**{name: total.over(ibis.window()) for name, total in totals.items()})


def _held() -> ir.Table:
    charges = table("charges")
    columns = keys_of(charges, *RULES, "meter", *OF_COST)
    return ibis.table(columns.schema(), name=_HELD)
