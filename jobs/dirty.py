"""Which days' charges may be out of date, found by comparing what they were rated from with what there is now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import ibis

from config.meters import meters
from config.settings import settings
from queries.day_inputs import day_inputs
from warehouse.connect import Store
from warehouse.schemas.types import DAY, TEXT
from warehouse.tables import table, to_sql

RATED_FROM = ("leases", "ownerships", "apps", "teams", "environments", "prices", "rate_rules")
UNKNOWN = "0" * 32


@dataclass(frozen=True, slots=True)
class DayInputs:
    """What a day is rated from: events accepted, and a digest of the histories within the day and of the terms."""

    events: int
    digest: str


def dirty_days(store: Store) -> list[date]:
    """Return the days with events whose events or histories differ from what their charges were rated from."""
    events = events_by_day(store)
    held = _held(store)
    digests = history_digests(store, sorted(events))
    return [day for day in sorted(events) if held.get(day) != DayInputs(events[day], digests.get(day, UNKNOWN))]


def events_by_day(store: Store) -> dict[date, int]:
    """Return how many acknowledged events every day has, from the ledger."""
    rows = store.rows(
        """
        SELECT day, sum(events) AS events FROM
        (
            SELECT arrayJoin(mapKeys(days)) AS day, days[day] AS events FROM batches
            WHERE state = 'stored' AND event_type IN ('usage', 'platform_cost')
        )
        GROUP BY day ORDER BY day
        """
    )
    return {row["day"]: int(row["events"]) for row in rows}


def history_digests(
    store: Store,
    days: list[date],
    *,
    charges: str = "charges",
    defined: str = "",
    empty: frozenset[str] = frozenset(),
) -> dict[date, str]:
    """Return the digest of what each day is rated from: the histories within it (``day_inputs``) and the terms.

    Of the prices those count that the day's ``charges`` use. ``defined`` has ``name AS (...)`` clauses for histories
    that were laid out; those that are known to be ``empty`` are not asked: they add nothing to a digest.
    """
    known = f"{defined}, " if defined else ""
    rows = store.rows(
        f"WITH {known}asked_days AS (SELECT arrayJoin({{days:Array(Date)}}) AS charge_date), "
        f"day_skus AS (SELECT DISTINCT charge_date, sku_id FROM {charges} WHERE charge_date IN {{days:Array(Date)}}) "
        f"SELECT * FROM ({_digests_sql(empty)})",
        {"days": days},
    )
    seen = {row["charge_date"]: row["inputs_digest"] for row in rows}
    return {day: _with_terms(seen.get(day, "")) for day in days}


def _with_terms(histories: str) -> str:
    """Add what holds for all days: settings and the meter catalog."""
    terms = (settings().default_cost_center, settings().currency, sorted(meters().items()))
    return hashlib.blake2b(f"{histories}|{terms!r}".encode(), digest_size=16).hexdigest().upper()


@lru_cache(maxsize=8)
def _digests_sql(empty: frozenset[str]) -> str:
    days = ibis.table({"charge_date": DAY}, name="asked_days")
    day_skus = ibis.table({"charge_date": DAY, "sku_id": TEXT}, name="day_skus")
    return to_sql(day_inputs(days, {name: table(name) for name in RATED_FROM if name not in empty}, day_skus))


def events_version(store: Store) -> str:
    """Return a value that changes whenever a batch is acknowledged."""
    return repr(store.rows("SELECT count() AS batches, max(at) AS latest FROM batches WHERE state = 'stored'"))


def _held(store: Store) -> dict[date, DayInputs]:
    rows = store.rows(
        "SELECT charge_date, argMax(events, generation) AS events, hex(argMax(inputs_digest, generation)) AS digest "
        "FROM charge_generations GROUP BY charge_date"
    )
    return {row["charge_date"]: DayInputs(int(row["events"]), row["digest"].zfill(32)) for row in rows}
