"""What has the month cost so far, and where will it end at the present rate?"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.catalog import dimension
from metrics.exact import or_zero, per_block, plus_money, sum_money, times_count
from queries.chosen import Where, chosen

RATE_DAYS = 7


def month_to_date(
    charges: ir.Table, *, as_of: datetime, by: Sequence[str] = (), where: Where | None = None
) -> ir.Table:
    """Return the month's cost up to ``as_of`` and the end-of-month run rate.

    run_rate = cost of the month's complete days + mean of the last 7 complete days x the days left (today among them).
    Where the first charge is younger than a week, the mean is over the days since. Truncated at the 21st decimal.

    Grain: one row per ``by``; one row in all without it. Effective cost, in the store's currency.
    """
    today = as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    month = today.replace(day=1)
    week = today - timedelta(days=RATE_DAYS)
    held = chosen(charges, start=min(month, week), end=as_of, where=where, by=by)
    day = held.charge_date
    is_complete = day < ibis.literal(today.date())
    in_month = day >= ibis.literal(month.date())
    in_week = is_complete & (day >= ibis.literal(week.date()))
    costs = {
        "month_to_date": or_zero(sum_money(held.effective_cost, where=in_month)),
        "complete_days": or_zero(sum_money(held.effective_cost, where=in_month & is_complete)),
        "last_days": or_zero(sum_money(held.effective_cost, where=in_week)),
        "days_seen": (ibis.literal(today.date()) - day.min(where=is_complete)).cast("int64"),
    }
    keys = {name: dimension(name).expr(held) for name in by}
    sums = held.group_by(**keys).agg(**costs) if keys else held.agg(**costs)
    left = monthrange(month.year, month.month)[1] - (today - month).days
    rated_days = ibis.greatest(1, ibis.least(RATE_DAYS, sums.days_seen)).cast("!uint64")
    expected = per_block(times_count(sums.last_days, left), rated_days)
    answer = sums.select(
        *by,
        "month_to_date",
        days_left=ibis.literal(left),
        mean_daily_cost=per_block(sums.last_days, rated_days),
        run_rate=plus_money(sums.complete_days, expected),
    )
    return answer.order_by(list(by)) if by else answer
