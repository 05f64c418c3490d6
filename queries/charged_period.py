"""Between which moments are there charges?"""

from __future__ import annotations

import ibis.expr.types as ir


def charged_period(charges: ir.Table) -> ir.Table:
    """Return the begin of the first and the end of the last charge, and how many there are.

    Grain: one row. With no charge at all, charges is 0 and the moments mean nothing.
    """
    return charges.agg(
        first_start=charges.charge_period_start.min(),
        last_start=charges.charge_period_start.max(),
        last_end=charges.charge_period_end.max(),
        charges=charges.count(),
    )
