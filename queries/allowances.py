"""Which usage is free under an allowance, and what is it worth?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_quantity
from metrics.fractions import part_of, taken
from metrics.lines import LINE_KEY, as_lines
from queries.agreed import SCOPE, agreed


def allowances(usage: ir.Table, tariffs: ir.Table) -> ir.Table:
    """Return what free allowances take off a month's usage lines, under ``tariffs`` of kind allowance.

    An app and meter has its quantity free; each of its lines gives back the same fraction, at its own effective price:
    all of it where the month used no more than is free, never more.

    Grain: one row per usage line that an allowance holds for; amounts are below 0, quantity is what is free of it,
    truncated at the 9th decimal.
    """
    terms = agreed(usage, tariffs)
    lines = usage.inner_join(terms, SCOPE)
    # One tariff, one app, one meter: one allowance, whichever cost centers and prices its usage met.
    used = lines.group_by("tariff_id", "app_id", "meter").agg(
        used=sum_quantity(lines.quantity), free=lines.tariff_quantity.max()
    )
    lines = lines.inner_join(used, ["tariff_id", "app_id", "meter"]).filter(lambda row: row.used > 0)
    lines = lines.mutate(free=ibis.least(lines.free, lines.used))
    same = {name: lines[name] for name in LINE_KEY if name not in ("line_kind", "allocation_rule_id")}
    return as_lines(
        lines,
        **same,
        line_kind=ibis.literal("allowance"),
        allocation_rule_id=lines.tariff_id,
        quantity=part_of(lines.quantity, lines.free, lines.used),
        list_cost=taken(lines.list_cost, lines.free, lines.used),
        effective_cost=taken(lines.effective_cost, lines.free, lines.used),
        amount=taken(lines.amount, lines.free, lines.used),
    )
