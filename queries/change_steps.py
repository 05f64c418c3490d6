"""Which steps lead from the cost of one period to that of the next?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import truth
from queries.chosen import Where
from queries.spend_change import EFFECTS, spend_change


def change_steps(
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    previous_start: datetime,
    previous_end: datetime,
    where: Where | None = None,
) -> ir.Table:
    """Return ``spend_change`` as steps in order: before, price, volume, mix, new, gone, after.

    The amounts of the five effects add up exactly to after - before. ``is_total`` marks before and after.
    Grain: one row per step. Effective cost of what was priced, in the store's currency.
    """
    whole = spend_change(
        charges, start=start, end=end, previous_start=previous_start, previous_end=previous_end, where=where
    )
    columns = {"before": "previous_cost", **{name: name for name in EFFECTS}, "after": "cost"}
    positions = ibis.range(0, len(columns)).unnest().name("position").as_table()
    each = whole.cross_join(positions)  # the change is worked out once, not once a step
    names = [(each.position == position, name) for position, name in enumerate(columns)]
    step = ibis.cases(*names[:-1], else_=names[-1][1])
    amounts = [(each.position == position, each[column]) for position, column in enumerate(columns.values())]
    answer = each.select(
        each.position,
        step=step,
        amount=ibis.cases(*amounts[:-1], else_=amounts[-1][1]),
        is_total=truth(step.isin(["before", "after"])),
    )
    return answer.order_by("position")
