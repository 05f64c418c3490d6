"""What does each app cost its team, what does a unit of it cost, and how did that change?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money
from queries.chosen import Where, chosen
from queries.compared_spend import compared_spend

MEASURES = ("effective_cost", "cost_per_1k_requests", "cost_per_1m_tokens", "requests", "tokens", "unpriced_events")


def app_showback(
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    previous_start: datetime,
    previous_end: datetime,
    where: Where | None = None,
) -> ir.Table:
    """Return ``compared_spend`` by app with ``trend``: the cost of each day of ``[start, end)``.

    ``trend`` is floats, to be drawn and not to be added; a day without charges is 0.
    Grain: one row per app_id (empty for costs of no app) with charges in either period, the costliest first.
    """
    apps = compared_spend(
        charges,
        start=start,
        end=end,
        previous_start=previous_start,
        previous_end=previous_end,
        measures=MEASURES,
        by=["app_id"],
        where=where,
    )
    held = chosen(charges, start=start, end=end, where=where)
    days = [start.date() + timedelta(days=number) for number in range((end - start).days)]
    daily = [or_zero(sum_money(held.effective_cost, where=held.charge_date == ibis.literal(day))) for day in days]
    trends = held.group_by(trend_of=held.app_id).agg(trend=ibis.array([cost.cast("float64") for cost in daily]))
    answer = apps.left_join(trends, apps.app_id == trends.trend_of).drop("trend_of")
    return answer.order_by(ibis.desc("effective_cost", nulls_first=False), "app_id")
