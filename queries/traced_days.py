"""What did traced charges cost day by day?"""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money
from queries.traced import traced


def traced_days(charges: ir.Table, period_closings: ir.Table | None = None, **options: Any) -> ir.Table:
    """Return the billed cost of traced charges by UTC day. ``options`` are those of ``traced``.

    Grain: one row per charge_date, in order; in the store's currency.
    """
    held = traced(charges, period_closings, **options)
    days = held.group_by("charge_date").agg(cost=or_zero(sum_money(held.billed_cost)))
    return days.order_by("charge_date")
