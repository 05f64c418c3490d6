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
        previous_cost=or_zero(sum_money(both.effective_cost, where=~both.is_after)),
        cost=or_zero(sum_money(both.effective_cost, where=both.is_after)),
        measured_before=sum_quantity(both.consumed_quantity, where=~both.is_after),
        measured_after=sum_quantity(both.consumed_quantity, where=both.is_after),
        seen_before=(~both.is_after).any(),
        seen_after=both.is_after.any(),
        is_measured=both.is_measured.any(),
    )
    one = ibis.literal(1).cast("!decimal(38, 9)")
    zero = ibis.literal(0).cast("!decimal(38, 9)")
    cells = cells.mutate(
        before=ibis.ifelse(cells.is_measured, cells.measured_before, ibis.ifelse(cells.seen_before, one, zero)),
        after=ibis.ifelse(cells.is_measured, cells.measured_after, ibis.ifelse(cells.seen_after, one, zero)),
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
    held = between(charges, *period)
    is_measured = held.consumed_unit != ""
    return held.select(
        **{name: dimension(name).expr(held) for name in by},
        cell_app=held.app_id,
        cell_meter=ibis.ifelse(is_measured, held.meter, held.sku_id),
        cell_sku=held.sku_id,
        effective_cost=held.effective_cost,
        consumed_quantity=held.consumed_quantity,
        is_measured=is_measured,
        is_after=ibis.literal(is_after),
    )
