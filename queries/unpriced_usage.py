"""What was used without a known price?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from metrics.exact import count_distinct, sum_count, sum_quantity
from queries.chosen import Where, chosen


def unpriced_usage(
    charges: ir.Table, *, start: datetime | None = None, end: datetime | None = None, where: Where | None = None
) -> ir.Table:
    """Return the usage that no price was in force for at its time. Its cost is unknown, not 0.

    Grain: one row per sku_id, most events first. ``quantity`` is in ``unit``.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.pricing_status == "unpriced")
    found = held.group_by("sku_id", "meter", unit=held.consumed_unit).agg(
        quantity=sum_quantity(held.consumed_quantity),
        event_count=sum_count(held.event_count),
        apps=count_distinct(held.app_id),
        first_seen=held.charge_period_start.min(),
        last_seen=held.charge_period_start.max(),
    )
    return found.order_by(found.event_count.desc(), "sku_id")
