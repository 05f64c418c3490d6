"""Rate what is dirty: rebuild the days whose charges may be out of date, and flip their pointers.

Nothing is remembered outside the store: a crash at any moment leaves the days dirty, and the next pass rebuilds them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import ibis.expr.types as ir

from config.rate_rules import RateRule
from config.settings import settings
from jobs.dirty import UNKNOWN, dirty_days, events_by_day, histories_version, history_digests
from queries.app_owners import app_owners
from queries.attributed import attributed
from queries.platform_charges import platform_charges
from queries.rated_usage import rated_usage
from warehouse.connect import Store
from warehouse.tables import SCHEMAS, table, to_sql

EVENTS_A_PASS = 1_000_000  # keeps a pass under 1 GB; a larger day is a pass of its own


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
    for together in _passes(days, events_by_day(store)):
        for day in rebuild(store, together):
            rebuilt.append(day)
            on_day(day, len(days) - len(rebuilt))
    return rebuilt


def rebuild(store: Store, days: list[date]) -> list[RatedDay]:
    """Rebuild days into one new generation and flip their pointers; readers see the old charges until then."""
    began = time.perf_counter()
    with store.writing:
        # Both are read before the charges are built: what changes meanwhile leaves the days dirty, never stale.
        events = events_by_day(store)
        histories = histories_version(store)
        newest = store.scalar(
            "SELECT max(generation) FROM rated_charges WHERE charge_date IN {days:Array(Date)}", {"days": days}
        )
        generation = max(time.time_ns() // 1000, newest + 1)
        for question in (usage_charges(store, days), cost_charges(days)):
            _insert(store, question, generation)
        rated = _charges_by_day(store, generation)
        digests = _digests(store, days, generation)
        if histories_version(store) != histories:
            digests = {}
        _flip(store, {day: (events.get(day, 0), digests.get(day, UNKNOWN)) for day in days}, generation)
        _drop_older(store, days, generation)
    seconds = (time.perf_counter() - began) / len(days)
    return [
        RatedDay(
            charge_date=day,
            generation=generation,
            events=events.get(day, 0),
            charges=rated.get(day, 0),
            seconds=seconds,
        )
        for day in days
    ]


def usage_charges(store: Store, days: list[date]) -> ir.Table:
    """Return the question whose answer is the usage charges of some days."""
    owned = _attributed(_on(table("usage"), days))
    return rated_usage(owned, table("prices"), rate_rules=_rate_rules(store), currency=settings().currency)


def cost_charges(days: list[date]) -> ir.Table:
    """Return the question whose answer is the platform-cost charges of some days."""
    return platform_charges(_attributed(_on(table("platform_costs"), days)))


def _passes(days: list[date], events: dict[date, int]) -> Iterator[list[date]]:
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


def _on(facts: ir.Table, days: list[date]) -> ir.Table:
    # The range prunes partitions; the list picks the days where they are not neighbors.
    begins = datetime.combine(min(days), datetime.min.time(), UTC)
    ends = datetime.combine(max(days), datetime.min.time(), UTC) + timedelta(days=1)
    return facts.filter((facts.time >= begins) & (facts.time < ends) & facts.time.date().isin(days))


def _attributed(facts: ir.Table) -> ir.Table:
    return attributed(
        facts,
        table("leases"),
        table("ownerships"),
        app_owners(table("apps"), table("teams")),
        table("environments"),
        default_cost_center=settings().default_cost_center,
    )


def _rate_rules(store: Store) -> list[RateRule]:
    names = RateRule.__dataclass_fields__
    return [RateRule(**{name: row[name] for name in names}) for row in store.rows(table("rate_rules"))]


def _insert(store: Store, question: ir.Table, generation: int) -> None:
    columns = [name for name in SCHEMAS["charges"] if name != "generation"]
    names = ", ".join(columns)
    select = to_sql(question.select(columns))
    store.command(
        f"INSERT INTO rated_charges ({names}, generation) SELECT {names}, {generation} FROM ({select})",
        settings={"max_partitions_per_insert_block": 0},
    )


def _charges_by_day(store: Store, generation: int) -> dict[date, int]:
    rows = store.rows(
        "SELECT charge_date, count() AS charges FROM rated_charges WHERE generation = {generation:UInt64} "
        "GROUP BY charge_date",
        {"generation": generation},
    )
    return {row["charge_date"]: int(row["charges"]) for row in rows}


def _digests(store: Store, days: list[date], generation: int) -> dict[date, str]:
    rated = table("rated_charges")
    return history_digests(
        store, days, rated.filter(rated.generation == generation).select("charge_date", "sku_id").distinct()
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


def _drop_older(store: Store, days: list[date], generation: int) -> None:
    rows = store.rows(
        "SELECT DISTINCT partition FROM system.parts WHERE database = currentDatabase() AND table = 'rated_charges' "
        "AND active AND substring(partition, 3, 10) IN {days:Array(String)} AND partition NOT LIKE {current:String}",
        {"days": [day.isoformat() for day in days], "current": f"%,{generation})"},
    )
    for row in rows:
        store.command(f"ALTER TABLE rated_charges DROP PARTITION {row['partition']}")
