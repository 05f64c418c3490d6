"""Charging a month again from its raw events, as everything was known at an earlier time; nothing stored is touched."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from jobs.asked import FACTS, laid_out
from jobs.dirty import events_by_day
from jobs.rate import charges_sqls, passes
from metering.event_types import EVENT_TYPES
from metering.judgment import digest_sql
from warehouse.connect import Store
from warehouse.known import stored_sql
from warehouse.tables import SCHEMAS

_COLUMNS = ", ".join(name for name in SCHEMAS["charges"] if name != "generation")


@contextmanager
def replayed(store: Store, days: list[date], *, at: datetime) -> Iterator[str]:
    """Rate some days into a table of its own and lend its name; it is shaped like ``rated_charges``.

    Events are those acknowledged by ``at``, histories those recorded by then, and every event's digest is computed
    anew from what is stored of it.
    """
    name = f"staged_replay_{uuid.uuid4().hex}"
    try:
        store.command(f"CREATE TABLE {name} AS rated_charges ENGINE = MergeTree ORDER BY (charge_date, cost_center)")
        for together in passes(days, events_by_day(store)):
            with laid_out(store, together, known=at) as held:
                for event_type, charges_sql in charges_sqls(store, held).items():
                    _insert(store, name, event_type, charges_sql, held.defined(), together, at)
        yield name
    finally:
        store.command(f"DROP TABLE IF EXISTS {name} SYNC")


def recomputed_sql(event_type: str) -> str:
    """Return a subquery of the raw events of a type, each with the digest computed anew."""
    kind = EVENT_TYPES[event_type]
    return f"(SELECT * EXCEPT (event_digest), {digest_sql(kind)} AS event_digest FROM {kind.table} FINAL)"


def _insert(
    store: Store, name: str, event_type: str, charges_sql: str, defined: str, days: list[date], at: datetime
) -> None:
    where = "time >= {first:Date} AND time < {last:Date} + 1 AND toDate(time) IN {days:Array(Date)}"
    store.command(
        f"INSERT INTO {name} ({_COLUMNS}) "
        f"WITH {FACTS} AS (SELECT * FROM {recomputed_sql(event_type)} WHERE {where} AND {stored_sql(at)}), {defined} "
        f"SELECT {_COLUMNS} FROM ({charges_sql})",
        {"first": min(days), "last": max(days), "days": days},
    )
