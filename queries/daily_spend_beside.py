"""What does each day cost, beside the same day of the period before?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money
from queries.chosen import Where, chosen


def daily_spend_beside(
    charges: ir.Table, *, start: datetime, end: datetime, previous_start: datetime, where: Where | None = None
) -> ir.Table:
    """Return cost and previous_cost of every day of ``[start, end)``: day by day from ``previous_start`` on.

    A day without charges is 0: nothing was used. A previous day that is already in the period has none.
    Grain: one row per charge_date, none missing. Effective cost, in the store's currency.
    """
    shift = start - previous_start
    days = ibis.range(0, (end - start).days).unnest().name("n").as_table()
    days = days.select(charge_date=ibis.literal(start.date()) + days.n.cast("int64").as_interval("D"))
    now = _daily(charges, start, end, where).rename(cost_date="charge_date", now_cost="cost")
    before = _daily(charges, previous_start, min(start, previous_start + (end - start)), where)
    before = before.select(
        before_date=before.charge_date + ibis.interval(days=shift // timedelta(days=1)), before_cost=before.cost
    )
    joined = days.left_join(now, days.charge_date == now.cost_date)
    joined = joined.left_join(before, joined.charge_date == before.before_date)
    comparable = joined.charge_date < ibis.literal((start + shift).date())
    return joined.select(
        "charge_date",
        cost=or_zero(joined.now_cost),
        previous_cost=ibis.ifelse(comparable, or_zero(joined.before_cost), ibis.null("decimal(76, 21)")),
    ).order_by("charge_date")


def _daily(charges: ir.Table, start: datetime, end: datetime, where: Where | None) -> ir.Table:
    held = chosen(charges, start=start, end=end, where=where)
    return held.group_by("charge_date").agg(cost=sum_money(held.effective_cost))
