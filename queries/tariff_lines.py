"""What do agreements add to a month's bill: platform fees, free allowances, volume tiers?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_money, sum_quantity
from metrics.lines import LINE_KEY, as_lines
from queries.allowances import allowances
from queries.fees import fees
from queries.volume_tiers import volume_tiers

KINDS = ("fee", "allowance", "tier")  # in this order: a fee goes by what was used, a tier by what is left to pay


def tariff_lines(lines: ir.Table, tariffs: ir.Table, *, kind: str) -> ir.Table:
    """Return what ``tariffs`` of a kind, in force, add to a month's ``lines`` so far.

    What reserved capacity changed of a usage line counts with it: an allowance gives back what its usage really costs.
    Of several tariffs of a kind that hold for an app (and meter), the first by tariff_id stands.
    Grain: one row per line touched; allowances and tiers take away, never below zero.
    """
    held = tariffs.filter(tariffs.kind == kind)
    if kind == "fee":
        return fees(lines, held)
    usage = _net(lines.filter(lines.line_kind.isin(["usage", "commitment"]), lines.app_id != ""))
    if kind == "allowance":
        return allowances(usage, held)
    return volume_tiers(usage, lines.filter(lines.line_kind == "allowance"), held)


def _net(lines: ir.Table) -> ir.Table:
    """Usage lines, each with what commitments change of it."""
    zero = ibis.literal(0).cast("!decimal(38, 9)")
    of_usage = {"line_kind": ibis.literal("usage"), "allocation_rule_id": ibis.literal("")}
    rows = lines.mutate(**of_usage, quantity=ibis.ifelse(lines.line_kind == "usage", lines.quantity, zero))
    summed = rows.group_by(LINE_KEY).agg(
        quantities=sum_quantity(rows.quantity),
        list_total=sum_money(rows.list_cost),
        effective_total=sum_money(rows.effective_cost),
        amounts=sum_money(rows.amount),
    )
    return as_lines(
        summed,
        **{name: summed[name] for name in LINE_KEY},
        quantity=summed.quantities,
        list_cost=summed.list_total,
        effective_cost=summed.effective_total,
        amount=summed.amounts,
    )
