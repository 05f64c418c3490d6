"""Which volume discounts has a month's usage reached, and what are they worth?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_money, sum_quantity
from metrics.fractions import less, minus_quantity, taken, weighed
from metrics.lines import LINE_KEY, as_lines, united
from queries.agreed import SCOPE, agreed

_OF_APP = ("tariff_id", "app_id", "meter")


def volume_tiers(usage: ir.Table, allowances: ir.Table, tariffs: ir.Table) -> ir.Table:
    """Return what volume tiers take off a month's usage lines after ``allowances``, under ``tariffs`` of kind tier.

    Per app and meter: what exceeds ``thresholds[i]`` has ``steps[i]`` more discount. The discount of all its volume, as
    one fraction, is taken off each of its lines.

    Grain: one row per usage line that a reached tier holds for; amounts are below 0.
    """
    keys = [name for name in LINE_KEY if name not in ("line_kind", "allocation_rule_id")]
    free = allowances.mutate(quantity=less(allowances.quantity))
    rows = united(usage, free)
    paid = rows.group_by(keys).agg(
        volume=sum_quantity(rows.quantity),
        list_left=sum_money(rows.list_cost),
        effective_left=sum_money(rows.effective_cost),
        amount_left=sum_money(rows.amount),
    )
    lines = paid.inner_join(agreed(usage, tariffs), SCOPE)
    volumes = lines.group_by(_OF_APP).agg(
        whole=sum_quantity(lines.volume), thresholds=lines.tariff_thresholds.first(), steps=lines.tariff_steps.first()
    )
    tiers = volumes.mutate(tier=volumes.thresholds.zip(volumes.steps).unnest())
    tiers = tiers.mutate(above=minus_quantity(tiers.whole, tiers.tier["f1"]), step=tiers.tier["f2"])
    reached = tiers.filter(tiers.above > 0)
    reached = reached.group_by(*_OF_APP, "whole").agg(less=sum_quantity(weighed(reached.above, reached.step)))
    lines = lines.inner_join(reached, list(_OF_APP))
    return as_lines(
        lines,
        **{name: lines[name] for name in keys if name != "unit"},
        line_kind=ibis.literal("tier"),
        allocation_rule_id=lines.tariff_id,
        list_cost=taken(lines.list_left, lines.less, lines.whole),
        effective_cost=taken(lines.effective_left, lines.less, lines.whole),
        amount=taken(lines.amount_left, lines.less, lines.whole),
    )
