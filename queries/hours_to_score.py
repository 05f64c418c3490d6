"""Which hours of which lines were never scored, or cost something else by now?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import money, sum_money
from queries.line_hours import line_hours


def hours_to_score(charges: ir.Table, line_scores: ir.Table, *, start: datetime, end: datetime) -> ir.Table:
    """Return the hours in ``[start, end)`` whose charges are not those that were scored, with what they cost.

    An hour that was scored and lost its charges costs 0; one without charges that was never scored is no news.
    Grain: one row per (app_id, meter, time). Money in the store's currency, exact.
    """
    keys = ["app_id", "meter", "time"]
    costs = line_hours(charges, start=start, end=end).select(*keys, "amount", scored=money(), rows=ibis.literal(0))
    held = line_scores.filter(line_scores.time >= ibis.literal(start), line_scores.time < ibis.literal(end))
    known = held.select(*keys, amount=money(), scored=held.amount, rows=ibis.literal(1)).cast(costs.schema())
    both = costs.union(known)
    hours = both.group_by(keys).agg(cost=sum_money(both.amount), scored=sum_money(both.scored), scores=both.rows.sum())
    news = hours.filter((hours.cost != hours.scored) | (hours.scores == 0))
    return news.select(*keys, amount=news.cost.cast("!decimal(76, 21)")).order_by(keys)
