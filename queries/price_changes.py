"""Which prices of what each app used changed, when, and from what to what?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.chosen import Where, chosen


def price_changes(
    charges: ir.Table, prices: ir.Table, *, start: datetime, end: datetime, where: Where | None = None
) -> ir.Table:
    """Return price changes in ``[start, end)`` of the SKUs that an app used in it.

    Prices are list prices of one pricing block (2.50 for 1,000,000 Tokens); a price per tier is its first tier's.
    Grain: one row per (app_id, sku_id, changed_at).
    """
    used = chosen(charges, start=start, end=end, where=where).select("app_id", "sku_id").distinct()
    held = prices.filter(prices.valid_from < prices.valid_to)
    of_sku = ibis.window(group_by="sku_id", order_by="valid_from")
    known = held.select(
        priced_sku=held.sku_id,
        changed_at=held.valid_from,
        previous_price=held.list_unit_price.lag().over(of_sku),
        previous_block=held.pricing_block.lag().over(of_sku),
        has_previous=ibis.row_number().over(of_sku) > 0,
        list_unit_price=held.list_unit_price,
        pricing_block=held.pricing_block,
        pricing_unit=held.pricing_unit,
    )
    changed = known.filter(
        known.has_previous,
        known.changed_at >= ibis.literal(start),
        known.changed_at < ibis.literal(end),
        (known.previous_price != known.list_unit_price) | (known.previous_block != known.pricing_block),
    )
    both = used.join(changed, used.sku_id == changed.priced_sku)
    answer = both.select(
        "app_id",
        "sku_id",
        "changed_at",
        "previous_price",
        "previous_block",
        "list_unit_price",
        "pricing_block",
        "pricing_unit",
    )
    return answer.order_by("app_id", "sku_id", "changed_at")
