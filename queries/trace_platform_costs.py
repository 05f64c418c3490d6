"""Which reported platform costs are behind these charges?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.chosen import Where, chosen

_KEYS = ("charge_period_start", "charge_period_end", "resource_id", "sku_id", "billing_currency")


def trace_platform_costs(
    platform_costs: ir.Table,
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    limit: int = 100,
) -> ir.Table:
    """Return the platform costs behind the charges that begin in ``[start, end)`` and match ``where``, as reported.

    Grain: one row per event, the costliest first, at most ``limit``.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.meter == "platform_cost")
    events = platform_costs.mutate(
        charge_period_start=platform_costs.time.truncate("s").cast("!timestamp('UTC', 0)"),
        charge_period_end=platform_costs.charge_period_end.truncate("s").cast("!timestamp('UTC', 0)"),
        sku_id=ibis.literal("platform_cost/") + platform_costs.cost_type,
    ).semi_join(held, _KEYS)
    answer = events.select(
        "time",
        "charge_period_end",
        "source",
        "event_id",
        "resource_id",
        "sku_id",
        "service_name",
        "list_cost",
        "effective_cost",
        "billing_currency",
        "received_at",
    )
    return answer.order_by([ibis.desc("effective_cost"), "time", "source", "event_id"]).limit(limit)
