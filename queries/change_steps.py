"""Which steps lead from the cost of one period to that of the next?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

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
    steps = [
        whole.select(
            position=ibis.literal(position),
            step=ibis.literal(step),
            amount=whole[column],
            is_total=ibis.literal(step in ("before", "after")),
        )
        for position, (step, column) in enumerate(columns.items())
    ]
    return ibis.union(*steps).order_by("position")
