"""What a rebuild reads, laid out for it: which batches are acknowledged, and the histories as they stand then.

The histories become small tables of the rebuild's own, with only the rows in force on its days. Every join, and the
digest that says what the days were rated from, then sees the same state of them, and the engine plans the question in
half the time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from jobs.dirty import RATED_FROM
from queries.app_owners import app_owners
from warehouse.connect import Store
from warehouse.histories import HISTORIES
from warehouse.known import known_sql
from warehouse.laid_out import lay_out
from warehouse.tables import stand_in, table, to_sql

FACTS = "asked"
OWNERS = "owners"  # ``app_owners``: of apps and teams, what facts are joined with
_OPTIONAL = frozenset({"leases", "environments"})  # many platforms have neither: the question is then a smaller one
_RULES = "rate_rules"
_MAYBE = (*sorted(_OPTIONAL), _RULES)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The batches that are acknowledged: the table that their ids are in, and the events of each type by day."""

    table: str
    events: Mapping[str, Mapping[date, int]]

    def on(self, day: date) -> int:
        """Return how many events a day has."""
        return sum(by_day.get(day, 0) for by_day in self.events.values())


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The tables that histories (and ``owners``) were laid out in, and which need no question: they have no row."""

    tables: Mapping[str, str]
    empty: frozenset[str]

    def defined(self, prefix: str = "asked_") -> str:
        """Return the ``name AS (...)`` clauses that define the histories under names with a prefix."""
        return ", ".join(f"{prefix}{name} AS (SELECT * FROM {stored})" for name, stored in self.tables.items())


def asked_facts(name: str) -> ir.Table:
    """Return the facts of the days to rebuild, as the rebuild's query calls them."""
    return stand_in(name, called=FACTS)


def asked_history(name: str, empty: frozenset[str] = frozenset()) -> ir.Table | None:
    """Return a history (or ``owners``) as the rebuild's query calls it; None if it is one of the empty ones."""
    if name in empty:
        return None
    if name == OWNERS:
        return ibis.table(_owners().schema(), name="asked_owners")
    return stand_in(name, called=f"asked_{name}")


@contextmanager
def acknowledged(store: Store, days: list[date]) -> Iterator[Acknowledged]:
    """Lay out the batches with events of some days as the ledger stands now; the table is gone afterwards.

    A batch that is at the door meanwhile is not among them: its rows are there before it is acknowledged, and it may
    still be undone. So charges are of what the ledger counts, whoever writes beside the rating.
    """
    name = f"staged_{uuid.uuid4().hex}_batches"
    try:
        store.command(f"CREATE TABLE {name} (batch_id UUID, event_type String, days Map(Date, UInt64)) ENGINE = Memory")
        store.command(
            f"INSERT INTO {name} SELECT batch_id, event_type, mapFilter((day, _) -> has({{days:Array(Date)}}, day), "
            "days) AS near FROM batches WHERE state = 'stored' AND event_type IN ('usage', 'platform_cost') "
            "AND notEmpty(near)",
            {"days": days},
        )
        rows = store.rows(
            f"SELECT event_type, day, sum(days[day]) AS events FROM {name} ARRAY JOIN mapKeys(days) AS day "
            "GROUP BY event_type, day"
        )
        events: dict[str, dict[date, int]] = {}
        for row in rows:
            events.setdefault(row["event_type"], {})[row["day"]] = int(row["events"])
        yield Acknowledged(name, events)
    finally:
        store.command(f"DROP TABLE IF EXISTS {name} SYNC")


@contextmanager
def laid_out(store: Store, days: list[date], *, known: datetime | None = None) -> Iterator[LaidOut]:
    """Lay out the histories for the rebuild of some days; the tables are gone afterwards.

    ``known`` lays them out as they were known at an earlier time (``warehouse.known``) instead of today's.
    """
    mark = f"staged_{uuid.uuid4().hex}"
    tables = {name: f"{mark}_{name}" for name in (*RATED_FROM, OWNERS)}
    bounds = {"first": min(days), "last": max(days)}
    in_force = "valid_from < valid_to AND valid_from < {last:Date} + 1 AND valid_to > {first:Date}"
    try:
        unused = _without_rows(store, {name: HISTORIES[name].records for name in _MAYBE})
        for name in RATED_FROM:
            said = known_sql(name, known) if known else name
            # Rate rules are few and compiled into the question: it stays the same from day to day.
            where = "" if name == _RULES else f"WHERE {in_force}"
            # Not CREATE TABLE AS SELECT: the engine would plan the question twice.
            store.command(f"CREATE TABLE {tables[name]} AS {name} ENGINE = Memory")
            if name not in unused:
                store.command(f"INSERT INTO {tables[name]} SELECT * FROM {said} AS held {where}", bounds)
        known_owners = f"apps AS (SELECT * FROM {tables['apps']}), teams AS (SELECT * FROM {tables['teams']})"
        lay_out(store, tables[OWNERS], _owners_sql(), known=known_owners)
        empty = unused | _without_rows(store, {name: tables[name] for name in _MAYBE if name not in unused})
        # Leases and environments together or not at all: each set of empty histories is a question to be compiled.
        yield LaidOut(tables, empty if empty >= _OPTIONAL else empty - _OPTIONAL)
    finally:
        for stored in tables.values():
            store.command(f"DROP TABLE IF EXISTS {stored} SYNC")


def _without_rows(store: Store, stored: Mapping[str, str]) -> frozenset[str]:
    """Return the names whose tables have no row."""
    if not stored:
        return frozenset()
    counts = ", ".join(f"(SELECT count() FROM {name}) AS {said}" for said, name in stored.items())
    return frozenset(name for name, rows in store.rows(f"SELECT {counts}")[0].items() if not rows)


def _owners() -> ir.Table:
    return app_owners(table("apps"), table("teams"))


@lru_cache(maxsize=1)
def _owners_sql() -> str:
    return to_sql(_owners())
