"""Rate what is dirty: find the days whose charges may be out of date, rebuild each, flip its pointer.

A day is dirty when its accepted events, or the histories as seen within the day, differ from what its current
generation was rated from. Nothing is remembered outside the store, so a crash at any moment leaves the day dirty.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from config.settings import settings
from queries.app_owners import app_owners
from queries.attributed import attributed
from queries.day_inputs import day_inputs
from queries.platform_charges import platform_charges
from queries.rated_usage import rated_usage
from warehouse.connect import Store
from warehouse.tables import SCHEMAS, table, to_sql

HISTORIES = ("leases", "ownerships", "apps", "teams", "environments", "prices", "rate_rules")


@dataclass(frozen=True, slots=True)
class DayInputs:
    """What a day is rated from: events accepted, and the digest of its histories."""

    events: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedDay:
    """One rebuilt day."""

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
    with store.writing:
        wanted = inputs(store)
        held = _held(store)
    days = [
        day
        for day in sorted(wanted)
        if (start is None or day >= start) and (end is None or day < end) and (again or held.get(day) != wanted[day])
    ]
    rebuilt = []
    for left, day in zip(range(len(days) - 1, -1, -1), days, strict=True):
        rebuilt.append(rate_day(store, day))
        on_day(rebuilt[-1], left)
    return rebuilt


def dirty_days(store: Store) -> list[date]:
    """Return the days whose charges may be out of date."""
    wanted, held = inputs(store), _held(store)
    return [day for day in sorted(wanted) if held.get(day) != wanted[day]]


def rate_day(store: Store, day: date) -> RatedDay:
    """Rebuild one day into a new generation and flip its pointer; readers see the old one until then."""
    began = time.perf_counter()
    with store.writing:
        given = inputs(store, only=day)[day]
        previous = store.scalar(
            "SELECT max(generation) FROM rated_charges WHERE charge_date = {day:Date}", {"day": day}
        )
        generation = max(time.time_ns() // 1000, (previous or 0) + 1)
        for question in (usage_charges(store, day), cost_charges(day)):
            _insert(store, question, generation)
        charges = store.rows(
            "SELECT count() AS charges, sum(event_count) AS events FROM rated_charges "
            "WHERE charge_date = {day:Date} AND generation = {generation:UInt64}",
            {"day": day, "generation": generation},
        )[0]
        store.command(
            "INSERT INTO charge_generations (charge_date, generation, events, inputs_digest) "
            "VALUES ({day:Date}, {generation:UInt64}, {events:UInt64}, "
            "reinterpretAsUInt128(reverse(unhex({digest:String}))))",
            {"day": day, "generation": generation, "events": charges["events"], "digest": given.digest},
        )
        _drop_older(store, day, generation)
    return RatedDay(
        charge_date=day,
        generation=generation,
        events=charges["events"],
        charges=charges["charges"],
        seconds=time.perf_counter() - began,
    )


def usage_charges(store: Store, day: date) -> ir.Table:
    """Return the question whose answer is the usage charges of one day."""
    usage = table("usage")
    owned = _attributed(usage.filter(usage.time.date() == day))
    return rated_usage(owned, table("prices"), rate_rules=_rate_rules(store), currency=settings().currency)


def cost_charges(day: date) -> ir.Table:
    """Return the question whose answer is the platform-cost charges of one day."""
    costs = table("platform_costs")
    return platform_charges(_attributed(costs.filter(costs.time.date() == day)))


def inputs(store: Store, *, only: date | None = None) -> dict[date, DayInputs]:
    """Return what each day with events is rated from."""
    where = "WHERE day = {day:Date}" if only else ""
    events = store.rows(
        f"""
        SELECT day, sum(events) AS events FROM
        (
            SELECT arrayJoin(mapKeys(days)) AS day, days[day] AS events FROM batches
            WHERE state = 'stored' AND event_type IN ('usage', 'platform_cost')
        ) {where} GROUP BY day ORDER BY day
        """,
        {"day": only} if only else None,
    )
    if not events:
        return {}
    digests = _digests(store, [row["day"] for row in events])
    return {row["day"]: DayInputs(int(row["events"]), digests.get(row["day"], _NOTHING)) for row in events}


_NOTHING = "0" * 32


def _digests(store: Store, days: list[date]) -> dict[date, str]:
    with_days = ibis.array([ibis.literal(day) for day in days]).unnest().name("charge_date").as_table()
    skus = table("usage")
    day_skus = (
        skus.filter(skus.time.date().isin(days)).select(charge_date=skus.time.date(), sku_id=skus.sku_id).distinct()
    )
    question = day_inputs(with_days, {name: table(name) for name in HISTORIES}, day_skus)
    return {row["charge_date"]: row["inputs_digest"].zfill(32) for row in store.rows(question)}


def _held(store: Store) -> dict[date, DayInputs]:
    rows = store.rows(
        "SELECT charge_date, argMax(events, generation) AS events, hex(argMax(inputs_digest, generation)) AS digest "
        "FROM charge_generations GROUP BY charge_date"
    )
    return {row["charge_date"]: DayInputs(int(row["events"]), row["digest"].zfill(32)) for row in rows}


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
    sql = to_sql(question.select(columns))
    names = ", ".join(columns)
    store.command(f"INSERT INTO rated_charges ({names}, generation) SELECT {names}, {generation} FROM ({sql})")


def _drop_older(store: Store, day: date, generation: int) -> None:
    rows = store.rows(
        "SELECT DISTINCT partition FROM system.parts WHERE database = currentDatabase() AND table = 'rated_charges' "
        "AND active AND partition LIKE {prefix:String} AND partition != {current:String}",
        {"prefix": f"('{day}',%", "current": f"('{day}',{generation})"},
    )
    for row in rows:
        store.command(f"ALTER TABLE rated_charges DROP PARTITION {row['partition']}")
