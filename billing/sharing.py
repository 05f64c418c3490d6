"""Shared costs of some days, step by step: the pools and who was active, laid out as small tables; then the split.

One question that asked it all would find the pools again wherever they are needed, and be planned for seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from metrics.lines import united
from metrics.methods import BASES
from queries.active_in_pools import active_in_pools
from queries.allocated_lines import allocated_lines
from queries.allocated_shares import allocated_shares
from queries.pool_periods import PERIOD
from queries.pools import pools
from warehouse.connect import Store
from warehouse.laid_out import lay_out
from warehouse.tables import stand_in, table, to_sql

_EVENTS = ("pooled_events", "pooled_digest")
# Tables in memory have nothing that plans could leave unread: to look for it takes longer than to split.
_PLANNED = "SETTINGS query_plan_enable_optimizations = 0"


@contextmanager
def laid_out_pools(
    store: Store,
    mark: str,
    *,
    first: date,
    last: date,
    bases: Sequence[str],
    rules: str = "allocation_rules",
    defined: str = "",
    events: bool = True,
) -> Iterator[str]:
    """Lay out the pools that begin on the days ``[first, last)`` and who was active; yield the clauses to read them.

    The clauses define ``asked_pools`` and ``asked_activity``; without any pool there is nothing to read: ''. ``mark``
    begins the names of the tables, ``defined`` are clauses that say which charges and histories to read, ``rules`` is
    a subquery or table of allocation rules. ``events`` says whether anybody will ask for the pools' events.
    """
    held = {name: f"{mark}_{name}" for name in ("pools", "activity")}
    known = f"{defined}, " if defined else ""
    try:
        lay_out(
            store,
            held["pools"],
            _pools_sql(events),
            known=f"{known}asked_rules AS (SELECT * FROM {rules}), asked_costs AS (SELECT * FROM charges WHERE "
            "charge_date >= {first:Date} AND charge_date < {last:Date} AND meter = 'platform_cost')",
            parameters={"first": first, "last": last},
        )
        said = f"WITH {defined} " if defined else ""
        reach = store.rows(
            f"{said}SELECT count() AS pools, toDate(min(charge_period_start)) AS first, "
            "toDate(max(charge_period_end)) AS last, "
            "(SELECT count() FROM (SELECT 1 FROM lifecycle WHERE action IN ('start', 'stop') LIMIT 1)) AS runs "
            f"FROM {held['pools']}"
        )[0]
        if not reach["pools"]:
            yield ""
            return
        lay_out(
            store,
            held["activity"],
            _activity_sql(tuple(bases), bool(reach["runs"])),
            known=f"{known}asked_pools AS (SELECT * FROM {held['pools']}), asked_usage AS (SELECT * FROM charges "
            "WHERE charge_date >= {first:Date} AND charge_date <= {last:Date} AND meter != 'platform_cost')",
            parameters={"first": reach["first"], "last": reach["last"]},
        )
        yield ", ".join(f"asked_{name} AS (SELECT * FROM {stored})" for name, stored in held.items())
    finally:
        store.command(f"DROP TABLE IF EXISTS {', '.join(held.values())} SYNC")


def shares_of(store: Store, mark: str, *, first: date, last: date, bases: Sequence[str] = BASES) -> pa.Table:
    """Return ``allocated`` for the pools that begin on the days ``[first, last)``, found step by step."""
    with laid_out_pools(store, mark, first=first, last=last, bases=bases, events=False) as clauses:
        if not clauses:
            return store.arrow(f"SELECT * FROM ({_shares_sql(tuple(bases))}) LIMIT 0")
        return store.arrow(f"WITH {clauses} SELECT * FROM ({_shares_sql(tuple(bases))}) {_PLANNED}")


def split_of(
    store: Store, mark: str, *, first: date, last: date, rules: str, defined: str, listed: Sequence[str]
) -> list[dict[str, Any]]:
    """Return how the pools that begin on the days ``[first, last)`` were split, to everyone who bears of them.

    ``short`` are the starts of the pools whose floors came to more than the pool, ``idle`` of those of whose basis
    there was nothing: both were split evenly. ``credits`` are pools below 0, ``pools`` all; ``starts`` and ``ends``
    are those of the pools of the cost types ``listed``, in seconds since 1970. For the rest see ``laid_out_pools``.

    Grain: one row per (cost_type, app_id, team_id, cost_center, allocated_method_id).
    """
    found = store.rows(f"SELECT DISTINCT basis FROM {rules} AS held WHERE basis != '' ORDER BY basis")
    bases = tuple(row["basis"] for row in found) or ("effective_cost",)
    of_pool = "charge_period_start, charge_period_end, cost_type"
    asked: dict[str, Any] = {"first": first, "last": last, "bases": bases, "rules": rules, "defined": defined}
    with laid_out_pools(store, mark, **asked, events=False) as clauses:
        if not clauses:
            return []
        return store.rows(
            f"""
            WITH {clauses}, shares AS ({_shares_sql(bases)}), sized AS
            (
                SELECT {of_pool}, countIf(app_id != '') AS bearers,
                    sumIf(allocated_quantity, allocated_quantity > 0) AS had
                FROM shares GROUP BY {of_pool}
            )
            SELECT cost_type, app_id, team_id, cost_center, allocated_method_id, count() AS pools,
                countIf(pool < 0) AS credits, arraySort(groupArrayIf(charge_period_start, is_short)) AS short,
                arraySort(groupArrayIf(charge_period_start, is_idle AND NOT is_short)) AS idle,
                groupArrayIf(toUnixTimestamp(charge_period_start), cost_type IN {{listed:Array(String)}}) AS starts,
                groupArrayIf(toUnixTimestamp(charge_period_end), cost_type IN {{listed:Array(String)}}) AS ends
            FROM
            (
                SELECT {of_pool}, app_id, team_id, cost_center, allocated_method_id, pool,
                    pool != 0 AND bearers > 1 AND app_id != '' AS can_tell,
                    can_tell AND method = 'floor_plus_share' AND floor * bearers > abs(pool) AS is_short,
                    can_tell AND method IN ('proportional', 'floor_plus_share') AND had = 0 AS is_idle
                FROM shares
                INNER JOIN sized USING ({of_pool})
                INNER JOIN (SELECT {of_pool}, pool, method, floor FROM asked_pools) AS ruled USING ({of_pool})
            )
            GROUP BY cost_type, app_id, team_id, cost_center, allocated_method_id
            """,
            {"listed": list(listed)},
        )


@lru_cache(maxsize=16)
def shared_lines_sql(bases: tuple[str, ...]) -> str:
    """Return the SQL of the invoice lines of what ``laid_out_pools`` has laid out."""
    return to_sql(united(allocated_lines(_laid_out_pools(), _laid_out_activity(bases), bases=bases)))


@lru_cache(maxsize=16)
def _shares_sql(bases: tuple[str, ...]) -> str:
    return to_sql(allocated_shares(_laid_out_pools(events=False), _laid_out_activity(bases), bases=bases))


@lru_cache(maxsize=2)
def _pools_sql(events: bool) -> str:
    return to_sql(_pools() if events else _pools().drop(*_EVENTS))


@lru_cache(maxsize=16)
def _activity_sql(bases: tuple[str, ...], has_runs: bool) -> str:
    return to_sql(_activity(bases, has_runs=has_runs))


def _pools() -> ir.Table:
    return pools(stand_in("charges", called="asked_costs"), stand_in("allocation_rules", called="asked_rules"))


def _activity(bases: tuple[str, ...], *, has_runs: bool) -> ir.Table:
    periods = _laid_out_pools().select(*PERIOD).distinct()
    lifecycle = table("lifecycle") if has_runs else None
    usage = stand_in("charges", called="asked_usage")
    return active_in_pools(usage, lifecycle, table("apps"), table("teams"), periods, bases=bases)


@lru_cache(maxsize=2)
def _laid_out_pools(*, events: bool = True) -> ir.Table:
    return ibis.table((_pools() if events else _pools().drop(*_EVENTS)).schema(), name="asked_pools")


@lru_cache(maxsize=16)
def _laid_out_activity(bases: tuple[str, ...]) -> ir.Table:
    return ibis.table(_activity(bases, has_runs=False).schema(), name="asked_activity")
