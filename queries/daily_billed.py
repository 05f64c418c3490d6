"""How much did each cost center's own charges bill, day by day?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from metrics.cost import invoiced
from metrics.exact import or_zero, sum_money
from queries.chosen import chosen


def daily_billed(charges: ir.Table, *, start: datetime, end: datetime) -> ir.Table:
    """Return what invoices take of usage, and of platform costs that name an app, in ``[start, end)``.

    Grain: one row per (cost_center, charge_date) with charges; the store's currency.
    """
    held = chosen(charges, start=start, end=end)
    held = held.filter(~((held.meter == "platform_cost") & (held.app_id == "")))
    daily = held.group_by("cost_center", "charge_date").agg(amount=or_zero(sum_money(invoiced(held))))
    return daily.order_by("cost_center", "charge_date")
