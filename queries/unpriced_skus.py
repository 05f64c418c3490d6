"""Which SKUs have charges without a price?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir


def unpriced_skus(charges: ir.Table, *, meters: Sequence[str]) -> ir.Table:
    """Return the SKUs of some meters whose charges are unpriced, by day, with provider and model.

    Grain: one row per (usage_date, sku_id).
    """
    chosen = charges.filter((charges.pricing_status == "unpriced") & charges.meter.isin(meters))
    named = chosen.mutate(usage_date=chosen.charge_date)
    skus = named.group_by("usage_date", "sku_id").agg(
        meter=named.meter.arbitrary(), provider=named.provider.arbitrary(), model=named.model.arbitrary()
    )
    return skus.order_by("usage_date", "sku_id")
