"""What did platform costs and prices say, and what is charged? Two sides of the law of money."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import money, or_zero, per_block, sum_money, times_unit_price

_COSTS = ("list_cost", "effective_cost", "billed_cost")


def money_sides(platform_costs: ir.Table, charges: ir.Table) -> list[ir.Table]:
    """Return rows (law, scope, expected, got) of platform costs per currency and of usage; one side of each is 0."""
    booked = charges.filter(charges.meter == "platform_cost")
    sides = []
    for rows, is_expected in ((platform_costs, True), (booked, False)):
        sums = rows.group_by("billing_currency").agg(**{cost: sum_money(rows[cost]) for cost in _COSTS})
        for cost in _COSTS:
            scope = "platform " + sums.billing_currency + f" {cost}"
            sides.append(_side(sums, scope, or_zero(sums[cost]), is_expected=is_expected))

    priced = charges.filter(charges.meter != "platform_cost", charges.pricing_status == "priced")
    amount = times_unit_price(priced.consumed_quantity.cast("decimal(76, 9)"), priced.list_unit_price)
    sums = priced.group_by("billing_currency").agg(
        priced=sum_money(per_block(amount, ibis.greatest(priced.pricing_block, 1))), charged=sum_money(priced.list_cost)
    )
    scope = "usage " + sums.billing_currency + " list_cost"
    return [
        *sides,
        _side(sums, scope, or_zero(sums.priced), is_expected=True),
        _side(sums, scope, or_zero(sums.charged), is_expected=False),
    ]


def _side(rows: ir.Table, scope: ir.StringValue, amount: ir.DecimalValue, *, is_expected: bool) -> ir.Table:
    return rows.select(
        law=ibis.literal("6 money"),
        scope=scope,
        expected=amount if is_expected else money(),
        got=money() if is_expected else amount,
    )
