"""Which values does a dimension have?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from metrics.catalog import dimension
from queries.chosen import Where, between, matching


def dimension_values(
    charges: ir.Table,
    *,
    by: str,
    start: datetime | None = None,
    end: datetime | None = None,
    where: Where | None = None,
) -> ir.Table:
    """Return the values of a dimension among charges that begin in ``[start, end)``, and how many charges each has.

    Of all currencies: nothing is added up. Grain: one row per value.

    Raises:
        KeyError: an unknown dimension.

    """
    inside = matching(between(charges, start, end), where or {})
    values = inside.select(value=dimension(by).expr(inside).cast("string"))
    return values.group_by("value").agg(charges=values.count()).order_by("value")
