"""Between which moments are there charges?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def charged_period(charges: ir.Table) -> ir.Table:
    """Return the begin of the first and the end of the last charge, and how many there are.

    ``last_usage_end`` is how far the data reaches: platform costs may be of months that are not over. Without any
    usage it is ``last_end``.

    Grain: one row. With no charge at all, charges is 0 and the moments mean nothing.
    """
    found = charges.agg(
        first_start=charges.charge_period_start.min(),
        last_start=charges.charge_period_start.max(),
        last_end=charges.charge_period_end.max(),
        usage_end=charges.charge_period_end.max(where=charges.meter != "platform_cost"),
        charges=charges.count(),
    )
    reach = ibis.ifelse(found.usage_end > found.first_start, found.usage_end, found.last_end)
    return found.select("first_start", "last_start", "last_end", "charges", last_usage_end=reach)
