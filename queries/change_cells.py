"""What did each app pay for each SKU before and after, and how much of it was used?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.catalog import dimension
from metrics.exact import or_zero, sum_money, sum_quantity
from queries.chosen import Where, between, chosen

Period = tuple[datetime, datetime]


def change_cells(
    charges: ir.Table, period: Period, previous: Period, *, by: Sequence[str] = (), where: Where | None = None
) -> ir.Table:
    """Return previous_cost, cost, quantities before and after, those of the app's whole meter, and app presence.

    Grain: one row per (``by``, app, meter, SKU) with a priced charge in either period. A cost without a
    quantity (a platform cost) counts as one, and is a meter of its own. Effective cost, in the store's currency.
    """
    held = chosen(charges, where=where, by=by)
    held = held.filter(held.pricing_status == "priced")
    both = ibis.union(_side(held, previous, by, is_after=False), _side(held, period, by, is_after=True))
    cells = both.group_by([*by, "cell_app", "cell_meter", "cell_sku"]).agg(
        previous_cost=or_zero(sum_money(both.cost, where=~both.is_after)),
        cost=or_zero(sum_money(both.cost, where=both.is_after)),
        before=sum_quantity(both.quantity, where=~both.is_after),
        after=sum_quantity(both.quantity, where=both.is_after),
        seen_before=(~both.is_after).any(),
        seen_after=both.is_after.any(),
    )
    app = ibis.window(group_by=[*by, "cell_app"])
    meter = ibis.window(group_by=[*by, "cell_app", "cell_meter"])
    return cells.mutate(
        meter_before=sum_quantity(cells.before).over(meter),
        meter_after=sum_quantity(cells.after).over(meter),
        app_before=cells.seen_before.max().over(app),
        app_after=cells.seen_after.max().over(app),
    )


def _side(charges: ir.Table, period: Period, by: Sequence[str], *, is_after: bool) -> ir.Table:
    """One period's cost and quantity of every cell: the two sides are small when they meet."""
    held = between(charges, *period)
    keys = {name: dimension(name).expr(held) for name in by}
    cells = held.group_by(**keys, cell_app=held.app_id, cell_sku=held.sku_id).agg(
        cost=sum_money(held.effective_cost),
        measured=sum_quantity(held.consumed_quantity),
        cell_of=held.meter.arbitrary(),  # a SKU is of one meter, a meter has one unit
        unit=held.consumed_unit.arbitrary(),
    )
    is_measured = cells.unit != ""
    return cells.select(
        *by,
        "cell_app",
        "cell_sku",
        cell_meter=ibis.ifelse(is_measured, cells.cell_of, cells.cell_sku),
        cost=cells.cost,
        quantity=ibis.ifelse(is_measured, cells.measured, ibis.literal(1).cast("!decimal(38, 9)")),
        is_after=ibis.literal(is_after),
    )
