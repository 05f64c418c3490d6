"""Why did the cost change between two periods: price, volume, mix, new or gone apps?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, money, or_zero, per_quantity, sum_money, times_quantity
from queries.change_cells import change_cells
from queries.chosen import Where

EFFECTS = ("price", "volume", "mix", "new", "gone")


def spend_change(
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    previous_start: datetime,
    previous_end: datetime,
    by: Sequence[str] = (),
    where: Where | None = None,
) -> ir.Table:
    """Return the change from the previous period to ``[start, end)``, and the five effects that add up to it exactly.

    Per app and SKU, with cost c and quantity q, and Q the quantity of the app's whole meter (0 before, 1 after):

    ``new``, ``gone``  c1 of apps without previous charges; -c0 of apps without current ones. For all other apps:
    ``volume``         c0 Q1/Q0 - c0: the meter was used more; a meter begun or given up is volume
    ``mix``            c0 q1/q0 - c0 Q1/Q0: more of this SKU than of the meter's others (all of c1 for a SKU begun)
    ``price``          c1 - c0 q1/q0: the same quantity at another effective unit price

    Each is a difference of neighbors in the chain c0, c0 Q1/Q0, c0 q1/q0, c1, so there is no residual, whatever the
    truncation (21st decimal). Costs without a quantity count as one each. Unpriced usage has no cost and is left out.

    Grain: one row per ``by``; one row in all without it. Effective cost, in the store's currency.
    """
    periods = (start, end), (previous_start, previous_end)
    cells = change_cells(charges, periods[0], periods[1], by=by, where=where)
    grown = ibis.cases(
        (cells.meter_before == 0, cells.cost), else_=_times(cells.previous_cost, cells.meter_after, cells.meter_before)
    )
    moved = ibis.cases(
        ((cells.meter_before == 0) | (cells.before == 0), cells.cost),
        else_=_times(cells.previous_cost, cells.after, cells.before),
    )
    stays = cells.app_before & cells.app_after
    nothing = money()
    effects = cells.mutate(
        price=ibis.ifelse(stays, minus_money(cells.cost, moved), nothing),
        volume=ibis.ifelse(stays, minus_money(grown, cells.previous_cost), nothing),
        mix=ibis.ifelse(stays, minus_money(moved, grown), nothing),
        new=ibis.ifelse(~cells.app_before, cells.cost, nothing),
        gone=ibis.ifelse(~cells.app_after, minus_money(nothing, cells.previous_cost), nothing),
    )
    sums = {name: or_zero(sum_money(effects[name])) for name in ("previous_cost", "cost", *EFFECTS)}
    totals = effects.group_by(list(by)).agg(**sums) if by else effects.agg(**sums)
    answer = totals.select(
        *by, "previous_cost", "cost", *EFFECTS, change=minus_money(totals.cost, totals.previous_cost)
    ).relocate("change", after="cost")
    return answer.order_by(list(by)) if by else answer


def _times(cost: ir.DecimalValue, after: ir.DecimalValue, before: ir.DecimalValue) -> ir.DecimalValue:
    """Cost x after / before, truncated at the 21st decimal; multiplied first."""
    return per_quantity(times_quantity(cost, after), before.nullif(0)).cast("decimal(76, 21)")
