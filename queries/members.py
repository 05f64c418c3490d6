"""Who takes part in the split of each pool, once what is left over is somebody's?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.whole import minus, plus, sum_whole, weight_units, whole
from queries.takers import WEIGHT


def members(takers: ir.Table) -> ir.Table:
    """Return ``takers`` with what they leave over as the weight of app '', who is gone where nothing is left.

    What a fixed method states for an app that is not active is left over, and all of a pool that has no active app,
    no rule or the method ``direct``.

    Grain: one row per (pool_id, app_id). ``heads`` and ``total`` are the number of members of the pool and the sum of
    their weights.
    """
    pool = ibis.window(group_by="pool_id")
    counted = takers.mutate(
        others=takers.count(where=takers.app_id != "").over(pool), given=sum_whole(takers.weighed).over(pool)
    )
    zero, unit = whole(0), weight_units(ibis.literal(1).cast(WEIGHT))
    left = ibis.ifelse(counted.method == "fixed", minus(unit, counted.given), zero)
    left = ibis.ifelse(counted.others == 0, unit, left)
    completed = counted.mutate(left=ibis.ifelse(left > zero, left, zero))
    is_left = completed.left > zero
    return completed.filter((completed.app_id != "") | is_left).select(
        *(name for name in takers.columns if name not in ("method", "weighed")),
        weighed=ibis.ifelse(completed.app_id == "", completed.left, completed.weighed),
        heads=plus(whole(completed.others), ibis.ifelse(is_left, whole(1), zero)),
        total=plus(completed.given, completed.left),
    )
