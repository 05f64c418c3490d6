"""What does each day cost?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis.expr.types as ir

from queries.chosen import Where
from queries.spend import spend


def daily_spend(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    by: Sequence[str] = (),
    where: Where | None = None,
) -> ir.Table:
    """Return list, effective and billed cost by day. Grain: one row per charge_date and ``by``; the store's currency.

    Days without charges have no row.
    """
    costs = ("list_cost", "effective_cost", "billed_cost")
    return spend(charges, start=start, end=end, measures=costs, by=by, grain="day", where=where)
