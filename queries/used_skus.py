"""Which SKUs were used on which days?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import ibis.expr.types as ir


def used_skus(usage: ir.Table, *, days: Sequence[date], meters: Sequence[str]) -> ir.Table:
    """Return the SKUs of some meters that usage of some days (UTC) names, with provider and model as reported.

    Grain: one row per (usage_date, sku_id).
    """
    # The range prunes partitions; the list picks the days where they are not neighbors.
    begins = datetime.combine(min(days), datetime.min.time(), UTC)
    ends = datetime.combine(max(days), datetime.min.time(), UTC) + timedelta(days=1)
    chosen = usage.filter(
        (usage.time >= begins) & (usage.time < ends) & usage.time.date().isin(list(days)) & usage.meter.isin(meters)
    )
    named = chosen.mutate(usage_date=chosen.time.date())
    skus = named.group_by("usage_date", "sku_id").agg(
        meter=named.meter.arbitrary(), provider=named.provider.arbitrary(), model=named.model.arbitrary()
    )
    return skus.order_by("usage_date", "sku_id")
