"""Hour by hour and line by line, what did a flag cost beside the expectation it is measured against?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, money, sum_money, sum_quantity
from queries.line_hours import line_hours

_MONEY = "decimal(76, 21)"


def flag_hours(
    charges: ir.Table,
    flag_baselines: ir.Table,
    *,
    flag_id: str,
    app_id: str,
    meters: Sequence[str],
    start: datetime,
    end: datetime,
) -> ir.Table:
    """Return amount, quantity, expected, band and excess of every hour in ``[start, end)`` and meter of a flag.

    An hour without charges costs 0; one without a baseline was expected to cost 0.
    Grain: one row per (time, meter). Money in the store's currency, exact.
    """
    costs = line_hours(charges, start=start, end=end, where={"app_id": [app_id], "meter": list(meters)})
    base = flag_baselines.filter(
        flag_baselines.flag_id == flag_id,
        flag_baselines.meter.isin(list(meters)),
        flag_baselines.time >= ibis.literal(start),
        flag_baselines.time < ibis.literal(end),
    )
    nothing = money()
    charged = costs.select("time", "meter", "amount", "quantity", expected=nothing, lower=nothing, upper=nothing)
    foreseen = base.select(
        "time",
        "meter",
        amount=nothing,
        quantity=ibis.literal(0).cast("decimal(38, 9)"),
        **{name: base[name].cast(_MONEY) for name in ("expected", "lower", "upper")},
    )
    both = foreseen.union(charged.cast(foreseen.schema()))
    hours = both.group_by(["time", "meter"]).agg(
        amount=sum_money(both.amount),
        quantity=sum_quantity(both.quantity),
        expected=sum_money(both.expected),
        lower=sum_money(both.lower),
        upper=sum_money(both.upper),
    )
    answer = hours.mutate(excess=minus_money(hours.amount, hours.expected))
    return answer.order_by("time", "meter")
