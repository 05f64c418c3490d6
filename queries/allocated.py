"""What does each app bear of the platform's costs, by the rules in force?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from config.settings import settings
from metrics.methods import BASES
from queries.activity import activity
from queries.pool_periods import pool_periods
from queries.pools import pools
from queries.split_pools import split_pools
from queries.used_in_pools import OWNER


def allocated(
    charges: ir.Table,
    lifecycle: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    allocation_rules: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    cost_types: Sequence[str] | None = None,
    bases: Sequence[str] = BASES,
) -> ir.Table:
    """Return the split of every pool that begins in ``[start, end)`` over the apps that were active in its period.

    ``effective_cost`` of a pool's rows sums to the pool and ``allocated_ratio`` to 1, to the last decimal. What nobody
    bears is a row of app '' on the platform's cost center, without an ``allocated_resource_id`` (as FOCUS has it).
    ``allocated_basis`` and ``allocated_quantity`` are what the ratio was found from. ``bases`` may name fewer measures
    for speed; a rule that needs another one then stops the query.

    Grain: one row per (charge_period_start, charge_period_end, cost_type, app_id); money in the store's currency.
    """
    chosen: dict[str, Any] = {"start": start, "end": end, "cost_types": cost_types}
    ruled = pools(charges, allocation_rules, **chosen).mutate(variant=0)
    active = activity(charges, lifecycle, apps, teams, **chosen, bases=bases)
    split = split_pools(ruled, active, pool_periods(charges, **chosen), bases=bases)
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
