"""Which platform fees does a month bring?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_money
from metrics.lines import as_lines
from queries.agreed import agreed


def fees(lines: ir.Table, tariffs: ir.Table) -> ir.Table:
    """Return the monthly fee of every app that bills anything, under ``tariffs`` of kind fee.

    An app that several cost centers bear pays once, where it cost most (then by name). Meters are no scope of a fee.
    Grain: one row per app that a fee holds for; quantity 1 app-month.
    """
    borne = lines.filter(lines.app_id != "").group_by("app_id", "cost_center", "team_id", "environment")
    borne = borne.agg(spent=sum_money(lines.amount))
    dearest = [ibis.desc("spent"), "cost_center", "team_id", "environment"]
    homes = borne.mutate(nth=ibis.row_number().over(group_by="app_id", order_by=dearest))
    homes = homes.filter(homes.nth == 0).mutate(meter=ibis.literal("", "!string"))
    due = homes.inner_join(agreed(homes, tariffs), ["cost_center", "app_id", "meter"])
    amount = due.tariff_amount.cast("decimal(76, 21)")
    return as_lines(
        due,
        line_kind=ibis.literal("fee"),
        cost_center=due.cost_center,
        team_id=due.team_id,
        app_id=due.app_id,
        environment=due.environment,
        sku_id=ibis.literal("fee/") + due.tariff_id,
        list_unit_price=due.tariff_amount,
        pricing_unit=ibis.literal("App-Months"),
        allocation_rule_id=due.tariff_id,
        unit=ibis.literal("App-Months"),
        quantity=ibis.literal(1).cast("!decimal(38, 9)"),
        list_cost=amount,
        effective_cost=amount,
        amount=amount,
    )
