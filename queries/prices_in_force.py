"""Which prices are in force at an instant?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir


def prices_in_force(prices: ir.Table, *, at: datetime, sku: str = "") -> ir.Table:
    """Return the prices in force at ``at`` of the SKUs whose id contains ``sku``.

    Grain: one row per sku_id. ``list_unit_price`` is for ``pricing_block`` canonical units, in the store's currency.
    """
    moment = ibis.literal(at)
    held = prices.filter((prices.valid_from <= moment) & (moment < prices.valid_to))
    chosen = held.filter(held.sku_id.contains(sku)) if sku else held
    return chosen.select(
        "sku_id",
        "list_unit_price",
        "pricing_unit",
        "pricing_block",
        "tier_starts",
        "tier_unit_prices",
        "valid_from",
        "valid_to",
        "recorded_by",
        "evidence",
        "sku_price_id",
    ).order_by("sku_id")
