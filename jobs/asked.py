"""What a rebuild reads, laid out for it: the facts of its days, and the histories as they stand at its beginning.

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
from warehouse.known import known_sql
from warehouse.tables import stand_in, table, to_sql

FACTS = "asked"
OWNERS = "owners"  # ``app_owners``: of apps and teams, what facts are joined with
_OPTIONAL = frozenset({"leases", "environments"})  # many platforms have neither: the question is then a smaller one


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
def laid_out(store: Store, days: list[date], *, known: datetime | None = None) -> Iterator[LaidOut]:
    """Lay out the histories for the rebuild of some days; the tables are gone afterwards.

    ``known`` lays them out as they were known at an earlier time (``warehouse.known``) instead of today's.
    """
    mark = f"staged_{uuid.uuid4().hex}"
    tables = {name: f"{mark}_{name}" for name in (*RATED_FROM, OWNERS)}
    bounds = {"first": min(days), "last": max(days)}
    in_force = "valid_from < valid_to AND valid_from < {last:Date} + 1 AND valid_to > {first:Date}"
    try:
        for name in RATED_FROM:
            said = known_sql(name, known) if known else name
            # Rate rules are few and compiled into the question: it stays the same from day to day.
            where = "" if name == "rate_rules" else f"WHERE {in_force}"
            store.command(
                f"CREATE TABLE {tables[name]} ENGINE = Memory AS SELECT * FROM {said} AS held {where}", bounds
            )
        store.command(
            f"CREATE TABLE {tables[OWNERS]} ENGINE = Memory AS WITH apps AS (SELECT * FROM {tables['apps']}), "
            f"teams AS (SELECT * FROM {tables['teams']}) SELECT * FROM ({_owners_sql()})"
        )
        rows = store.rows(
            "SELECT name FROM system.tables WHERE database = currentDatabase() AND name IN {names:Array(String)} "
            "AND total_rows > 0 LIMIT 1",
            {"names": [tables[name] for name in _OPTIONAL]},
        )
        yield LaidOut(tables, frozenset() if rows else _OPTIONAL)
    finally:
        for stored in tables.values():
            store.command(f"DROP TABLE IF EXISTS {stored} SYNC")


def _owners() -> ir.Table:
    return app_owners(table("apps"), table("teams"))


@lru_cache(maxsize=1)
def _owners_sql() -> str:
    return to_sql(_owners())
