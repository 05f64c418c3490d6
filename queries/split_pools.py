"""Who bears how much of each of these pools?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.settings import settings
from metrics.exact import money
from metrics.whole import magnitude, money_units, pool_hash, whole
from queries.members import members
from queries.shares import shares
from queries.takers import LABELS, takers

_MONEY = "!decimal(76, 21)"


def split_pools(pools: ir.Table, activity: ir.Table, periods: ir.Table, *, bases: Sequence[str]) -> ir.Table:
    """Return the shares of ``pools`` (as from ``pools``, with a ``variant`` that tells several splits of one apart).

    Grain: one row per (variant, charge_period_start, charge_period_end, cost_type, app_id); app '' is what nobody
    bears, on the platform's cost center. ``share`` sums to the pool and ``ratio`` to 1, to the last decimal.
    """
    keyed = pools.mutate(
        pool_id=pool_hash(pools.variant, pools.charge_period_start, pools.charge_period_end, pools.cost_type),
        amount=magnitude(money_units(pools.pool)),
        is_credit=pools.pool < money(),
        floor=ibis.ifelse(pools.method == "floor_plus_share", money_units(pools.floor.cast(_MONEY)), whole(0)),
    )
    taking = takers(keyed, activity, periods, bases=bases, rest=settings().platform_cost_center)
    found = shares(members(taking))
    labels = {name: found.labels[name] for name in LABELS}
    return found.select("app_id", "share", "ratio", **labels)
