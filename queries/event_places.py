"""Where is an event: in which hour, on which resource, of which SKU?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.named_events import named_events

_PREFIX = "platform_cost/"


def event_places(usage: ir.Table, platform_costs: ir.Table, *, event: str, limit: int = 20) -> ir.Table:
    """Return the charges' hours, resources and SKUs that events of this id, or source/id, went to, whoever has them.

    Grain: one row per (hour, resource_id, sku_id), the latest first, at most ``limit``.
    """
    used, reported = named_events(usage, event=event), named_events(platform_costs, event=event)
    places = ibis.union(
        used.select("time", "resource_id", "sku_id"),
        reported.select("time", "resource_id", sku_id=(_PREFIX + reported.cost_type).cast("!string")),
    )
    hours = places.select("resource_id", "sku_id", hour=places.time.truncate("h").cast("!timestamp('UTC', 0)"))
    return hours.distinct().order_by(ibis.desc("hour"), "resource_id", "sku_id").limit(limit)
