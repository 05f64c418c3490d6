"""What is charged by hour, and what by day? Two sides of the laws of usage and of money."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import money, or_zero, sum_count, sum_money, sum_quantity

_COSTS = ("list_cost", "effective_cost", "billed_cost")
_NUMBER = "decimal(76, 21)"


def daily_sides(charges: ir.Table, daily_charges: ir.Table) -> list[ir.Table]:
    """Return rows (law, scope, expected, got) per currency and per meter: expected by hour, got by day.

    Costs and events per billing_currency, quantity per meter; one side of each row is 0.
    """
    sides = []
    for rows, is_expected in ((charges, True), (daily_charges, False)):
        sums = rows.group_by("billing_currency").agg(
            events=sum_count(rows.event_count), **{cost: sum_money(rows[cost]) for cost in _COSTS}
        )
        amounts = {"events": sums.events.cast(_NUMBER), **{cost: or_zero(sums[cost]) for cost in _COSTS}}
        for what, amount in amounts.items():
            scope = "by day " + sums.billing_currency + f" {what}"
            sides.append(_side(sums, "6 money", scope, amount, is_expected=is_expected))
        meters = rows.group_by("meter").agg(quantity=sum_quantity(rows.consumed_quantity))
        scope = "by day " + meters.meter + " quantity"
        sides.append(_side(meters, "5 usage", scope, meters.quantity.cast(_NUMBER), is_expected=is_expected))
    return sides


def _side(rows: ir.Table, law: str, scope: ir.StringValue, amount: ir.DecimalValue, *, is_expected: bool) -> ir.Table:
    return rows.select(
        law=ibis.literal(law),
        scope=scope,
        expected=amount if is_expected else money(),
        got=money() if is_expected else amount,
    )
