"""Which charges had closed months been billed from, as of a moment?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

_DAY = ("charge_date", "generation")


def billed_then(rated_charges: ir.Table, period_closings: ir.Table, *, at: datetime) -> ir.Table:
    """Return the charges of the generation that each day was last billed from by ``at``.

    Days of months that were open then have none. Grain: as ``charges``.
    """
    pins = period_closings.filter(period_closings.closed_at <= ibis.literal(at))
    latest = ibis.row_number().over(group_by="charge_date", order_by=ibis.desc("closed_at"))
    pins = pins.mutate(nth=latest).filter(lambda row: row.nth == 0).select(*_DAY)
    held = rated_charges.filter(rated_charges.generation.isin(pins.generation))  # parts are found by it
    return held.semi_join(pins, _DAY)
