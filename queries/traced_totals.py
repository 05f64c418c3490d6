"""What do traced charges add up to?"""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from metrics.exact import count_distinct, or_zero, sum_count, sum_money, sum_quantity
from queries.traced import traced


def traced_totals(charges: ir.Table, **options: Any) -> ir.Table:
    """Return the number of charges and events, their quantity (of one unit only if ``units`` is 1), and their costs.

    ``options`` are those of ``traced``. Grain: one row. Exact sums in the store's currency.
    """
    held = traced(charges, **options)
    return held.agg(
        charges=held.count(),
        platform_costs=held.count(where=held.meter == "platform_cost"),
        skus=count_distinct(held.sku_id),
        events=sum_count(held.event_count),
        units=count_distinct(held.consumed_unit),
        quantity=sum_quantity(held.consumed_quantity),
        list_total=or_zero(sum_money(held.list_cost)),
        effective_total=or_zero(sum_money(held.effective_cost)),
        usage_effective_total=or_zero(sum_money(held.effective_cost, where=held.meter != "platform_cost")),
        billed_total=or_zero(sum_money(held.billed_cost)),
    )
