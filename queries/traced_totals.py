"""What do traced charges add up to?"""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from metrics.exact import or_zero, sum_count, sum_money, sum_quantity
from queries.traced import traced


def traced_totals(charges: ir.Table, period_closings: ir.Table | None = None, **options: Any) -> ir.Table:
    """Return the number of charges and events, their quantity (of one unit only if ``units`` is 1), and their costs.

    ``options`` are those of ``traced``. Grain: one row. Exact sums in the store's currency.
    """
    held = traced(charges, period_closings, **options)
    return held.agg(
        charges=held.count(),
        events=sum_count(held.event_count),
        units=held.consumed_unit.nunique(),
        quantity=sum_quantity(held.consumed_quantity),
        list_total=or_zero(sum_money(held.list_cost)),
        effective_total=or_zero(sum_money(held.effective_cost)),
        billed_total=or_zero(sum_money(held.billed_cost)),
    )
