"""Who takes part in the split of each pool, with which weight?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from metrics.whole import few_values, minus, refuse_if, sum_whole, weight_units, whole
from queries.pool_periods import PERIOD
from queries.used_in_pools import OWNER

_WEIGHT, _MONEY = "!decimal(76, 12)", "!decimal(76, 21)"
_LABELS = (*OWNER, "cost_type", "method", "basis", "footnote", "allocated_method_id")
SPLITTING = ("even", "proportional", "fixed", "floor_plus_share")


def members(pools: ir.Table, activity: ir.Table, periods: ir.Table, *, bases: Sequence[str], rest: str) -> ir.Table:
    """Return the active apps of every pool that its method gives a part, and what is left over as app ''.

    What a fixed method states for an app that is not active is left over, and all of a pool that has no active app,
    no rule or the method ``direct``. It is booked on the cost center ``rest``.
    ``pools`` has pool_id, the period, pool, method, basis, floor and weights.

    Grain: one row per (pool_id, app_id); ``weighed`` in ``weight_units``, ``basis_quantity`` in the basis' unit,
    ``least`` the floor in money.
    """
    nobody = periods.select(
        *PERIOD,
        app_id=ibis.literal(""),
        **{name: ibis.literal(rest if name == "cost_center" else "") for name in OWNER},
        **{name: _number(0) for name in bases},
    )
    everyone = activity.union(nobody.cast(activity.schema())).inner_join(pools, PERIOD)
    stated = everyone.weights.get(everyone.app_id, ibis.literal(0).cast("!decimal(18, 9)")).cast(_WEIGHT)
    weight = ibis.cases(
        (everyone.method == "even", _number(1)), (everyone.method == "fixed", stated), else_=_quantity(everyone, bases)
    )
    is_nobody = everyone.app_id == ""
    has_floor = (everyone.method == "floor_plus_share") & ~is_nobody
    everyone = everyone.mutate(
        basis_quantity=ibis.ifelse(is_nobody, _number(0), weight).cast(_WEIGHT),
        floor=ibis.ifelse(has_floor, everyone.floor.cast(_MONEY), ibis.literal(0).cast(_MONEY)).cast(_MONEY),
        **{name: few_values(everyone[name]) for name in _LABELS},
    ).drop(*bases, "weights", "pooled_events", "pooled_digest", "owner")
    is_stated = (everyone.method != "fixed") | (everyone.basis_quantity > _number(0))
    everyone = everyone.filter((everyone.app_id == "") | (everyone.method.isin(SPLITTING) & is_stated))
    everyone = everyone.mutate(weighed=weight_units(everyone.basis_quantity))
    pool = ibis.window(group_by="pool_id")
    everyone = everyone.mutate(heads=everyone.count().over(pool), given=sum_whole(everyone.weighed).over(pool))
    unit = weight_units(_number(1))
    left = ibis.ifelse(everyone.method == "fixed", minus(unit, everyone.given), whole(0))
    left = ibis.ifelse(everyone.heads == 1, unit, left)
    everyone = everyone.mutate(weighed=ibis.ifelse(everyone.app_id == "", left, everyone.weighed))
    return everyone.filter((everyone.app_id != "") | (everyone.weighed > whole(0))).drop("heads", "given")


def _quantity(everyone: ir.Table, bases: Sequence[str]) -> ir.DecimalValue:
    """What each app has of its pool's basis; stops the query for a basis that was not asked for."""
    known = [(everyone.basis == name, everyone[name]) for name in bases]
    is_needed = everyone.method.isin(["proportional", "floor_plus_share"])
    is_missing = is_needed & ~everyone.basis.isin(list(bases))
    refused = refuse_if(is_missing, "an allocation rule names a basis that was not asked for: add it to bases")
    nothing = refused.cast(_WEIGHT)
    return ibis.cases(*known, else_=nothing) if known else nothing


def _number(value: int) -> ir.DecimalValue:
    return ibis.literal(value).cast(_WEIGHT)
