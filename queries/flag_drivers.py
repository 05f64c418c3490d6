"""Which lines made a flag's excess, and was it more use or a dearer unit?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, money, or_zero, per_unit, sum_money, sum_quantity, times_unit_cost
from queries.flag_hours import flag_hours
from queries.line_hours import line_hours

_NONE = "decimal(76, 21)"


def flag_drivers(
    charges: ir.Table,
    flag_baselines: ir.Table,
    *,
    flag_id: str,
    app_id: str,
    meters: Sequence[str],
    start: datetime,
    end: datetime,
    reference_hours: int = 168,
) -> ir.Table:
    """Return by meter what a flag cost, was expected to, and the excess as quantity effect plus price effect.

    ``unit_cost`` is amount / quantity in the flag, ``unit_cost_before`` the same over the ``reference_hours`` before
    it. At the unit cost before, the quantity used would have cost ``at_old_price``: what that exceeds the expected is
    the quantity effect (dq x p0), what the amount exceeds it is the price effect (q1 x dp). They sum to the excess
    exactly. A line that was not used before has no price to compare with: all of it is quantity.
    Grain: one row per meter, what made most of the whole first: the largest excess, or where the lines together cost
    less than expected, what is missing most. Money in the store's currency.
    """
    hours = flag_hours(charges, flag_baselines, flag_id=flag_id, app_id=app_id, meters=meters, start=start, end=end)
    lines = hours.group_by("meter").agg(
        amount=sum_money(hours.amount), quantity=sum_quantity(hours.quantity), expected=sum_money(hours.expected)
    )
    where = {"app_id": [app_id], "meter": list(meters)}
    earlier = line_hours(charges, start=start - timedelta(hours=reference_hours), end=start, where=where)
    before = earlier.group_by("meter").agg(
        amount_before=sum_money(earlier.amount), quantity_before=sum_quantity(earlier.quantity)
    )
    both = lines.left_join(before, "meter")
    both = both.select(
        both.meter,
        both.amount,
        both.quantity,
        both.expected,
        excess=minus_money(both.amount, both.expected),
        unit_cost=per_unit(both.amount, both.quantity.nullif(0)),
        unit_cost_before=per_unit(both.amount_before, both.quantity_before.nullif(0)),
    )
    at_old_price = times_unit_cost(both.quantity, both.unit_cost_before).cast(_NONE)
    priced = both.mutate(at_old_price=ibis.coalesce(at_old_price, both.amount))
    answer = priced.mutate(
        quantity_effect=minus_money(priced.at_old_price, priced.expected),
        price_effect=minus_money(priced.amount, priced.at_old_price),
    )
    whole = sum_money(answer.excess).over(ibis.window())
    of_whole = ibis.ifelse(whole < money(), -answer.excess, answer.excess)
    return answer.order_by(or_zero(of_whole).desc(), "meter")
