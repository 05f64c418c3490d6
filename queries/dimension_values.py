"""Which values does a dimension have?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.core import Dimension


def dimension_values(charges: ir.Table, *, by: Dimension, start: datetime, end: datetime) -> ir.Table:
    """Return the values of a dimension among charges that begin in ``[start, end)``, and how many charges each has.

    Grain: one row per value.
    """
    inside = charges.filter(
        charges.charge_period_start >= ibis.literal(start), charges.charge_period_start < ibis.literal(end)
    )
    values = inside.select(value=by.expr(inside).cast("string"))
    return values.group_by("value").agg(charges=values.count()).order_by("value")
