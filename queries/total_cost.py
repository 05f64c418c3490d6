"""What did everything cost?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.core import Dimension, aggregate
from metrics.cost import BILLED_COST, EFFECTIVE_COST, LIST_COST

CURRENCY = Dimension(
    name="billing_currency",
    label="Currency",
    description="The currency a cost was reported or priced in; never converted.",
    expr=lambda charges: charges.billing_currency,
)


def total_cost(charges: ir.Table, *, start: datetime | None = None, end: datetime | None = None) -> ir.Table:
    """Return list, effective and billed cost of the charges that begin in ``[start, end)``; of all without a period.

    Grain: one row per billing_currency. Exact decimals.
    """
    chosen = charges
    if start is not None:
        chosen = chosen.filter(chosen.charge_period_start >= ibis.literal(start))
    if end is not None:
        chosen = chosen.filter(chosen.charge_period_start < ibis.literal(end))
    totals = aggregate(chosen, [LIST_COST, EFFECTIVE_COST, BILLED_COST], by=[CURRENCY])
    return totals.order_by("billing_currency")
