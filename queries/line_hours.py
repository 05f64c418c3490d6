"""What does every line, an app and a meter, cost by the hour?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from metrics.exact import sum_money, sum_quantity
from queries.chosen import Where, chosen

INSTANT = "!timestamp('UTC', 3)"


def line_hours(
    charges: ir.Table, *, start: datetime | None = None, end: datetime | None = None, where: Where | None = None
) -> ir.Table:
    """Return effective cost and quantity of priced usage in ``[start, end)`` by app, meter and hour.

    Grain: one row per (app_id, meter, time: the hour's start) with usage. Money in the store's currency.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.charge_category == "Usage", held.pricing_status == "priced", held.app_id != "")
    hourly = held.group_by(["app_id", "meter", "charge_period_start"]).agg(
        amount=sum_money(held.effective_cost).cast("!decimal(76, 21)"), quantity=sum_quantity(held.consumed_quantity)
    )
    return hourly.select("app_id", "meter", "amount", "quantity", time=hourly.charge_period_start.cast(INSTANT))
