"""What do shared platform costs bill, to whom, by which rule?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from metrics.lines import as_lines
from queries.allocated_shares import allocated_shares
from queries.pool_periods import PERIOD


def allocated_lines(pools: ir.Table, activity: ir.Table, *, bases: Sequence[str]) -> ir.Table:
    """Return the shares of ``pools`` over ``activity`` as invoice lines of kind ``allocated``.

    ``bases`` are the measures that the rules split by. What no app bears rests on the platform's cost center, on a line
    without an app. ``event_count`` and ``event_digest`` are those of the pools shared, so a platform cost is counted on
    the line of everyone who bears part of it.

    Grain: one row per (pool, app_id); amount is effective cost in the store's currency.
    """
    of_pool = (*PERIOD, "cost_type")
    shares = allocated_shares(pools, activity, bases=bases)
    shares = shares.inner_join(pools.select(*of_pool, "pooled_events", "pooled_digest"), of_pool)
    return as_lines(
        shares,
        line_kind=ibis.literal("allocated"),
        cost_center=shares.cost_center,
        team_id=shares.team_id,
        app_id=shares.app_id,
        sku_id=ibis.literal("platform_cost/") + shares.cost_type,
        meter=ibis.literal("platform_cost"),
        allocation_rule_id=shares.allocated_method_id,
        allocation_method=shares.allocated_method,
        list_cost=shares.effective_cost,
        effective_cost=shares.effective_cost,
        amount=shares.effective_cost,
        event_count=shares.pooled_events.cast("!int64"),
        event_digest=shares.pooled_digest,
    )
