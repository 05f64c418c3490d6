"""What a rebuild reads, laid out for it: the facts of its days, and the histories as they stand at its beginning.

The histories become small tables of the rebuild's own, with only the rows in force on its days. Every join then sees
the same state of them, and the engine plans the question in half the time.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import ibis
import ibis.expr.types as ir

from queries.app_owners import app_owners
from warehouse.connect import Store
from warehouse.known import known_sql
from warehouse.tables import stand_in, table, to_sql

FACTS = "asked"
_HISTORIES = ("leases", "ownerships", "environments", "prices")


def asked_facts(name: str) -> ir.Table:
    """Return the facts of the days to rebuild, as the rebuild's query calls them."""
    return stand_in(name, called=FACTS)


def asked_history(name: str) -> ir.Table:
    """Return a history (or ``owners``: ``app_owners``) as the rebuild's query calls it."""
    if name == "owners":
        return ibis.table(_owners().schema(), name="asked_owners")
    return stand_in(name, called=f"asked_{name}")


@contextmanager
def laid_out(store: Store, days: list[date], *, known: datetime | None = None) -> Iterator[str]:
    """Yield the ``name AS (...)`` clauses that define the histories for the rebuild of some days.

    ``known`` lays them out as they were known at an earlier time (``warehouse.known``) instead of today's.
    """
    said = {name: known_sql(name, known) if known else name for name in (*_HISTORIES, "apps", "teams")}
    before = f"WITH apps AS (SELECT * FROM {said['apps']}), teams AS (SELECT * FROM {said['teams']}) "
    said["owners"] = f"({before if known else ''}SELECT * FROM ({to_sql(_owners())}))"
    mark = f"staged_{uuid.uuid4().hex}"
    tables = {f"asked_{name}": f"{mark}_{name}" for name in ("owners", *_HISTORIES)}
    try:
        for name in ("owners", *_HISTORIES):
            store.command(
                f"CREATE TABLE {mark}_{name} ENGINE = Memory AS SELECT * FROM {said[name]} AS held "
                "WHERE valid_from < valid_to AND valid_from < {last:Date} + 1 AND valid_to > {first:Date}",
                {"first": min(days), "last": max(days)},
            )
        yield ", ".join(f"{called} AS (SELECT * FROM {stored})" for called, stored in tables.items())
    finally:
        for stored in tables.values():
            store.command(f"DROP TABLE IF EXISTS {stored} SYNC")


def _owners() -> ir.Table:
    return app_owners(table("apps"), table("teams"))
