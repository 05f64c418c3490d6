"""What does each active app bear of these pools, by their rules?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.settings import settings
from queries.pool_periods import PERIOD
from queries.split_pools import split_pools
from queries.used_in_pools import OWNER


def allocated_shares(pools: ir.Table, activity: ir.Table, *, bases: Sequence[str]) -> ir.Table:
    """Return the split of ``pools`` over ``activity`` (see ``allocated``, which also finds both).

    Grain: one row per (charge_period_start, charge_period_end, cost_type, app_id); money in the store's currency.
    """
    ruled = pools.mutate(variant=0)
    split = split_pools(ruled, activity, pools.select(*PERIOD).distinct(), bases=bases)
    is_borne = split.app_id != ""
    basis = ibis.cases((split.method == "even", "active_apps"), (split.method == "fixed", "weight"), else_=split.basis)
    return split.select(
        "charge_period_start",
        "charge_period_end",
        "cost_type",
        "app_id",
        *OWNER,
        effective_cost=split.share,
        billing_currency=ibis.literal(settings().currency),
        allocated_method=split.method,
        allocated_method_id=split.allocated_method_id,
        allocated_resource_id=ibis.ifelse(is_borne, "app/" + split.app_id, ibis.null("string")),
        allocated_ratio=split.ratio,
        allocated_basis=basis,
        allocated_quantity=split.basis_quantity,
        footnote=split.footnote,
    ).order_by("charge_period_start", "charge_period_end", "cost_type", "app_id")
