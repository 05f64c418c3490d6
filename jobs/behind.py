"""What is behind charges: raw events, attributed and priced anew, at what each of them costs.

The charges and the histories are laid out as small tables first (``jobs.asked``): the question that is left is the same
for every trace, so it is compiled once, and the engine plans it in a fraction of the time.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from billing.as_known import as_known
from config.rate_rules import RateRule
from jobs.asked import FACTS, LaidOut, asked_facts, asked_history, laid_out
from jobs.rate import rate_rules_of
from metrics.exact import or_zero, sum_money, sum_quantity
from queries.chosen import Where
from queries.costed_events import COSTS, ORDER, RULES, costed_events
from queries.event_changes import event_changes
from queries.named_events import named_events
from queries.platform_events import OF_COST, platform_events
from queries.priced_events import keys_of
from queries.traced import traced
from warehouse.connect import Store
from warehouse.tables import table, to_sql

Rows = Callable[[str], ir.Table]  # a table by its name: whoever may not see all charges gives fewer
_HISTORIES = ("leases", "ownerships", "owners", "environments")
_HELD = "asked_held"


def usage_behind(
    store: Store, *, at: datetime | None = None, rows: Rows = table, limit: int = 200, **asked: Any
) -> pa.Table:
    """Return the usage events behind traced charges at what they cost, the costliest first, at most ``limit``.

    ``asked`` is what ``traced`` is asked with, and maybe an ``event`` (``named_events``). ``at`` takes charges, events
    and histories as they were billed and known then. ``all_*`` are of all events, also of those beyond the limit.
    """
    with _laid_out(store, "usage", at, rows, **asked) as (held, defined):
        rules = rate_rules_of(store, held.tables["rate_rules"])
        return store.arrow(f"WITH {defined} SELECT * FROM ({_usage_sql(rules, held.empty)}) LIMIT {int(limit)}")


def costs_behind(
    store: Store, *, at: datetime | None = None, rows: Rows = table, limit: int = 200, **asked: Any
) -> pa.Table:
    """Return the platform costs behind traced charges as reported, the costliest first; see ``usage_behind``."""
    with _laid_out(store, "platform_costs", at, rows, **asked) as (held, defined):
        return store.arrow(f"WITH {defined} SELECT * FROM ({_costs_sql(held.empty)}) LIMIT {int(limit)}")


def changes_behind(
    store: Store, *, at: datetime | None, before: datetime, rows: Rows = table, limit: int = 200, **asked: Any
) -> pa.Table:
    """Return the usage events that make charges another amount than was billed ``before``; see ``event_changes``."""
    name = f"staged_{uuid.uuid4().hex}"
    try:
        for side, known in (("now", at), ("before", before)):
            with _laid_out(store, "usage", known, rows, **asked) as (held, defined):
                rules = rate_rules_of(store, held.tables["rate_rules"])
                costed = f"WITH {defined} SELECT * FROM ({_usage_sql(rules, held.empty)})"
                store.command(f"CREATE TABLE {name}_{side} ENGINE = Memory AS {costed}")
        sides = f"side_now AS (SELECT * FROM {name}_now), side_before AS (SELECT * FROM {name}_before)"
        asked_sql = _changes_sql(before)
        return store.arrow(f"WITH {sides} SELECT * FROM ({asked_sql}) LIMIT {int(limit)}")
    finally:
        for side in ("now", "before"):
            store.command(f"DROP TABLE IF EXISTS {name}_{side} SYNC")


@contextmanager
def _laid_out(
    store: Store,
    facts: str,
    at: datetime | None,
    rows: Rows,
    *,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    line: Mapping[str, Any] | None = None,
    event: str | None = None,
) -> Iterator[tuple[LaidOut, str]]:
    """Lay the charges and histories out, and give them with the ``name AS (...)`` clauses that the questions read."""
    held = traced(as_known("charges", at, rows), start=start, end=end, where=where, line=line)
    is_usage = facts == "usage"
    held = held.filter((held.meter != "platform_cost") if is_usage else (held.meter == "platform_cost"))
    columns = keys_of(held, *RULES, "meter", *OF_COST)
    first = start.replace(minute=0, second=0, microsecond=0)
    near = as_known(facts, at)
    near = near.filter(near.time >= ibis.literal(first), near.time < ibis.literal(end))
    if event is not None:
        near = named_events(near, event=event)
    name = f"staged_{uuid.uuid4().hex}_held"
    # Usage is found by its primary key; platform costs are few.
    found = f"meter IN (SELECT meter FROM {name}) AND resource_id IN (SELECT resource_id FROM {name})"
    reads = f"SELECT * FROM ({to_sql(near)}) WHERE {found if is_usage else '1'}"
    try:
        store.command(f"CREATE TABLE {name} ENGINE = Memory AS {to_sql(columns)}")
        with laid_out(store, [first.date(), end.date()], known=at) as laid:
            yield laid, f"{FACTS} AS ({reads}), {_HELD} AS (SELECT * FROM {name}), {laid.defined()}"
    finally:
        store.command(f"DROP TABLE IF EXISTS {name} SYNC")


@lru_cache(maxsize=32)
def _usage_sql(rate_rules: tuple[RateRule, ...], empty: frozenset[str]) -> str:
    histories = (asked_history(name, empty) for name in _HISTORIES)
    prices = asked_history("prices")
    costed = costed_events(asked_facts("usage"), _held(), *histories, prices, rate_rules=rate_rules)
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
