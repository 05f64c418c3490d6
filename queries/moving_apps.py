"""Which apps cost the most this week, which jumped, and how did they get there?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money
from queries.chosen import Where, chosen
from queries.top_movers import top_movers

DAYS = 14


def moving_apps(charges: ir.Table, *, as_of: datetime, limit: int = 20, where: Where | None = None) -> ir.Table:
    """Return ``top_movers`` with ``trend``: the daily costs of the 14 days until the day of ``as_of``.

    ``trend`` is floats, to be drawn and not to be added; a day without charges is 0.
    Grain: one row per app_id, the costliest first.
    """
    movers = top_movers(charges, as_of=as_of, limit=limit, where=where)
    first = as_of.date() - timedelta(days=DAYS - 1)
    held = chosen(charges, where=where)
    held = held.filter(held.charge_date >= ibis.literal(first), held.app_id.isin(movers.app_id))
    daily = held.group_by("app_id", "charge_date").agg(cost=or_zero(sum_money(held.effective_cost)))
    dates = ibis.array([ibis.literal(first + timedelta(days=day)) for day in range(DAYS)])
    calendar = movers.select(mover_id="app_id").mutate(day=dates.unnest())
    filled = calendar.left_join(daily, [calendar.mover_id == daily.app_id, calendar.day == daily.charge_date])
    points = filled.select("mover_id", "day", cost=or_zero(filled.cost).cast("float64"))
    trends = points.group_by("mover_id").agg(trend=points.cost.collect(order_by=points.day))
    answer = movers.join(trends, movers.app_id == trends.mover_id).drop("mover_id")
    return answer.order_by(answer.current_cost.desc(), "app_id")
