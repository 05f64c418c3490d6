"""Which apps cost the most this week, which jumped, and how did they get there?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money
from queries.chosen import Where, chosen
from queries.hours_on import hours_on
from queries.top_movers import WEEK, top_movers

DAYS = 14


def moving_apps(
    charges: ir.Table, daily_charges: ir.Table, *, as_of: datetime, limit: int = 20, where: Where | None = None
) -> ir.Table:
    """Return ``top_movers`` with ``trend``, the daily costs of the 14 days before the day of ``as_of``, and ``marks``.

    ``trend`` is floats, to be drawn and not to be added; a day without charges is 0. ``marks`` are ``spike``, ``new``.
    ``first_seen`` is of the app's first day, and ``team_id`` of its last: an hour only where the weeks begin and end.
    Grain: one row per app_id, the costliest first.
    """
    mixed = hours_on(charges, daily_charges, moments=[as_of, as_of - WEEK, as_of - 2 * WEEK])
    movers = top_movers(mixed, as_of=as_of, limit=limit, where=where)
    days = [as_of.date() - timedelta(days=left) for left in range(DAYS, 0, -1)]
    held = chosen(daily_charges, where=where)
    held = held.filter(held.charge_date.between(ibis.literal(days[0]), ibis.literal(days[-1])))
    daily = [or_zero(sum_money(held.effective_cost, where=held.charge_date == ibis.literal(day))) for day in days]
    trends = held.group_by(trend_of=held.app_id).agg(trend=ibis.array([cost.cast("float64") for cost in daily]))
    none = ibis.literal([], type="array<string>")
    marked = ibis.cases((movers.is_spike, ["spike"]), (movers.is_new, ["new"]), else_=none)
    movers = movers.mutate(marks=marked)
    answer = movers.left_join(trends, movers.app_id == trends.trend_of).drop("trend_of")
    return answer.order_by(answer.current_cost.desc(), "app_id")
