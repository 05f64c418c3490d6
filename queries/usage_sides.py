"""How much of every meter was accepted, and how much is charged? Two sides of the law of usage."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import money, sum_count, sum_quantity


def usage_sides(usage: ir.Table, charges: ir.Table) -> list[ir.Table]:
    """Return rows (law, scope, expected, got) of quantity and events per meter; one side of each is 0."""
    metered = charges.filter(charges.meter != "platform_cost")
    accepted = usage.group_by("meter").agg(quantity=sum_quantity(usage.quantity), events=usage.count())
    charged = metered.group_by("meter").agg(
        quantity=sum_quantity(metered.consumed_quantity), events=sum_count(metered.event_count)
    )
    sides = []
    for what in ("quantity", "events"):
        for rows, is_expected in ((accepted, True), (charged, False)):
            amount = rows[what].cast("decimal(76, 21)")
            sides.append(
                rows.select(
                    law=ibis.literal("5 usage"),
                    scope=rows.meter + f" {what}",
                    expected=amount if is_expected else money(),
                    got=money() if is_expected else amount,
                )
            )
    return sides
