"""Rate what is dirty: rebuild the days whose charges may be out of date, and flip their pointers.

Nothing is remembered outside the store: a crash at any moment leaves the days dirty, and the next pass rebuilds them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import ibis.expr.types as ir

from config.rate_rules import RateRule
from config.settings import settings
from jobs.asked import FACTS, LaidOut, acknowledged, asked_facts, asked_history, laid_out
from jobs.dirty import UNKNOWN, dirty_days, events_by_day, history_digests
from queries.attributed import attributed
from queries.platform_charges import platform_charges
from queries.rated_usage import rated_usage
from warehouse.connect import Store
from warehouse.tables import SCHEMAS, stand_in, to_sql

EVENTS_A_PASS = 1_000_000  # keeps a pass under 1 GB; a larger day is a pass of its own

_FACTS = {"usage": "usage", "platform_cost": "platform_costs"}  # the readers' view of each event type
_COLUMNS = [name for name in SCHEMAS["charges"] if name != "generation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedDay:
    """One rebuilt day; ``seconds`` is its share of the pass it was rebuilt in."""

    charge_date: date
    generation: int
    events: int
    charges: int
    seconds: float


def rate(
    store: Store,
    *,
    start: date | None = None,
    end: date | None = None,
    again: bool = False,
    on_day: Callable[[RatedDay, int], None] = lambda _day, _left: None,
) -> list[RatedDay]:
    """Rebuild the dirty days in ``[start, end)`` (all of them by default; every day with events if ``again``).

    ``on_day`` is told of each rebuilt day and how many are left.
    """
    days = sorted(events_by_day(store)) if again else dirty_days(store)
    days = [day for day in days if (start is None or day >= start) and (end is None or day < end)]
    rebuilt: list[RatedDay] = []
    for together in passes(days, events_by_day(store)):
        for day in rebuild(store, together):
            rebuilt.append(day)
            on_day(day, len(days) - len(rebuilt))
    return rebuilt


def rebuild(store: Store, days: list[date]) -> list[RatedDay]:
    """Rebuild days into one new generation and flip their pointers; readers see the old charges until then."""
    began = time.perf_counter()
    with store.rating, ExitStack() as laid:
        # Read before the charges are built: what arrives meanwhile leaves the days dirty, never stale.
        batches = laid.enter_context(acknowledged(store, days))
        with store.writing:
            held = laid.enter_context(laid_out(store, days))
        newest = store.scalar(
            "SELECT max(generation) FROM charge_generations WHERE charge_date IN {days:Array(Date)}", {"days": days}
        )
        generation = max(time.time_ns() // 1000, newest + 1)
        for event_type, charges_sql in charges_sqls(store, held).items():
            if event_type in batches.events:
                _insert(store, _FACTS[event_type], charges_sql, held.defined(), batches.table, days, generation)
        new = f"(SELECT * FROM rated_charges WHERE generation = {generation})"
        digests = history_digests(store, days, charges=new, defined=held.defined(prefix=""), empty=held.empty)
        _roll_up(store, generation)
        _flip(store, {day: (batches.on(day), digests.get(day, UNKNOWN)) for day in days}, generation)
        rated = _drop_older(store, days, generation)
    seconds = (time.perf_counter() - began) / len(days)
    return [
        RatedDay(
            charge_date=day,
            generation=generation,
            events=batches.on(day),
            charges=rated.get(day, 0),
            seconds=seconds,
        )
        for day in days
    ]


def passes(days: list[date], events: dict[date, int]) -> Iterator[list[date]]:
    """Group neighboring days so that one query rebuilds several small ones."""
    together: list[date] = []
    size = 0
    for day in days:
        if together and size + events.get(day, 0) > EVENTS_A_PASS:
            yield together
            together, size = [], 0
        together.append(day)
        size += events.get(day, 0)
    if together:
        yield together


def charges_sqls(store: Store, held: LaidOut) -> dict[str, str]:
    """Return the SQL of the charges by the type of events that they are of."""
    rules = rate_rules_of(store, held.tables["rate_rules"])
    return {"usage": usage_charges_sql(rules, held.empty), "platform_cost": cost_charges_sql(held.empty)}


def _attributed(facts: ir.Table, empty: frozenset[str]) -> ir.Table:
    histories = (asked_history(name, empty) for name in ("leases", "ownerships", "owners", "environments"))
    return attributed(facts, *histories, default_cost_center=settings().default_cost_center)


def rate_rules_of(store: Store, rules: str = "rate_rules") -> tuple[RateRule, ...]:
    """Return the discount and markup rules of a table or subquery shaped like ``rate_rules``."""
    names = RateRule.__dataclass_fields__
    rows = store.rows(f"SELECT {', '.join(names)} FROM {rules} AS held ORDER BY rule_id, valid_from")
    return tuple(RateRule(**{name: row[name] for name in names}) for row in rows)


@lru_cache(maxsize=32)
def usage_charges_sql(rate_rules: tuple[RateRule, ...], empty: frozenset[str] = frozenset()) -> str:
    """Return the SQL of the charges of usage: it reads what ``asked`` and ``laid_out`` define, but no empty history."""
    owned = _attributed(asked_facts("usage").drop("source", "event_id", "received_at"), empty)
    prices = stand_in("prices", called="asked_prices")
    charges = rated_usage(owned, prices, rate_rules=rate_rules, currency=settings().currency)
    return to_sql(charges.select(_COLUMNS))


@lru_cache(maxsize=32)
def cost_charges_sql(empty: frozenset[str] = frozenset()) -> str:
    """Return the SQL of the charges of platform costs, likewise."""
    return to_sql(platform_charges(_attributed(asked_facts("platform_costs"), empty)).select(_COLUMNS))


def _insert(
    store: Store, facts: str, charges_sql: str, defined: str, batches: str, days: list[date], generation: int
) -> None:
    """Append the charges of the facts of some days; the range prunes partitions, the list picks the days."""
    where = (
        "time >= {first:Date} AND time < {last:Date} + 1 AND toDate(time) IN {days:Array(Date)} "
        f"AND batch_id IN (SELECT batch_id FROM {batches})"
    )
    parameters = {"first": min(days), "last": max(days), "days": days, "generation": generation}
    names = ", ".join(_COLUMNS)
    store.command(
        f"INSERT INTO rated_charges ({names}, generation) "
        f"WITH {FACTS} AS (SELECT * FROM {facts} WHERE {where}), {defined} "
        f"SELECT {names}, {{generation:UInt64}} FROM ({charges_sql})",
        parameters,
        {"max_partitions_per_insert_block": 0},
    )


def _roll_up(store: Store, generation: int) -> None:
    """Append the generation's charges by day: every column but the hour and the resource is kept."""
    summed = ("consumed_quantity", "list_cost", "effective_cost", "billed_cost", "event_count", "event_digest")
    whole_day = {
        "charge_period_start": "toDateTime64(charge_date, 0, 'UTC')",
        "charge_period_end": "max(charge_period_end)",
        "resource_id": "''",
    }
    keys = ", ".join(name for name in _COLUMNS if name not in summed and name not in whole_day)
    values = ", ".join(f"sum({name})" if name in summed else whole_day.get(name, name) for name in _COLUMNS)
    store.command(
        f"INSERT INTO rated_daily_charges ({', '.join(_COLUMNS)}, generation) SELECT {values}, generation "
        f"FROM rated_charges WHERE generation = {{generation:UInt64}} GROUP BY generation, {keys}",
        {"generation": generation},
        {"max_partitions_per_insert_block": 0},
    )


def _flip(store: Store, days: dict[date, tuple[int, str]], generation: int) -> None:
    """Point every day at its new generation in one insert: all of them flip, or none."""
    store.command(
        "INSERT INTO charge_generations (charge_date, generation, events, inputs_digest) "
        "SELECT day, {generation:UInt64}, events, reinterpretAsUInt128(reverse(unhex(digest))) "
        "FROM (SELECT arrayJoin(arrayZip({days:Array(Date)}, {events:Array(UInt64)}, {digests:Array(String)})) "
        "AS pointer, pointer.1 AS day, pointer.2 AS events, pointer.3 AS digest)",
        {
            "generation": generation,
            "days": list(days),
            "events": [events for events, _ in days.values()],
            "digests": [digest for _, digest in days.values()],
        },
    )


def _drop_older(store: Store, days: list[date], generation: int) -> dict[date, int]:
    """Drop what nobody reads and return how many charges each day has now.

    The newest generation of a day stays, and so does one that a closed month was billed from.
    """
    rated: dict[date, int] = {}
    for part in _parts(store, days):
        if part.generation == generation:
            if part.table == "rated_charges":
                rated[part.charge_date] = part.rows
        elif not part.is_pinned:
            store.command(f"ALTER TABLE {part.table} DROP PARTITION {part.partition}")
    return rated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A generation of a day in one of the two tables of charges; a closed month was billed from a pinned one."""

    table: str
    partition: str
    charge_date: date
    generation: int
    rows: int
    is_pinned: bool


def _parts(store: Store, days: list[date]) -> list[_Part]:
    rows = store.rows(
        "SELECT table, partition, toDate(substring(partition, 3, 10)) AS charge_date, "
        "toUInt64(extract(partition, ',(\\\\d+)')) AS generation, sum(rows) AS rows, "
        "toBool(partition IN (SELECT toString(tuple(charge_date, generation)) FROM period_closings)) AS is_pinned "
        "FROM system.parts WHERE database = currentDatabase() AND active "
        "AND table IN ('rated_charges', 'rated_daily_charges') AND charge_date IN {days:Array(Date)} "
        "GROUP BY table, partition ORDER BY table, partition",
        {"days": days},
    )
    return [_Part(**row) for row in rows]
