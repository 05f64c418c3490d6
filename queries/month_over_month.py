"""How does the month so far compare with the month before?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, money, or_zero, per_cost, sum_money
from queries.chosen import Where, chosen
from queries.hours_on import hours_on
from queries.month_to_date import month_to_date


def month_over_month(
    charges: ir.Table, daily_charges: ir.Table, *, as_of: datetime, where: Where | None = None
) -> ir.Table:
    """Return the month to date against the same days of the month before, and the run rate against all of it.

    ``*_growth`` is change / previous, truncated at the 21st decimal; empty where the previous month cost nothing.
    On a day that the month before lacks, its end stands. Grain: one row. Effective cost, in the store's currency.
    """
    month = as_of.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    previous = (month - timedelta(days=1)).replace(day=1)
    same_moment = min(previous + (as_of - month), month)
    mixed = hours_on(charges, daily_charges, moments=[as_of, same_moment])
    now = month_to_date(mixed, as_of=as_of, where=where)
    held = chosen(mixed, start=previous, end=month, where=where)
    before = held.agg(
        previous_to_date=or_zero(
            sum_money(held.effective_cost, where=held.charge_period_start < ibis.literal(same_moment))
        ),
        previous_month=or_zero(sum_money(held.effective_cost)),
    )
    both = now.cross_join(before)
    to_date_change = minus_money(both.month_to_date, both.previous_to_date)
    run_rate_change = minus_money(both.run_rate, both.previous_month)
    return both.mutate(
        to_date_change=to_date_change,
        to_date_growth=per_cost(to_date_change, both.previous_to_date.nullif(money())),
        run_rate_change=run_rate_change,
        run_rate_growth=per_cost(run_rate_change, both.previous_month.nullif(money())),
    )
