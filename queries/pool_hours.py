"""Which hours does the period of each pool overlap?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.pool_periods import PERIOD


def pool_hours(periods: ir.Table) -> ir.Table:
    """Return every hour of every period; a period without length counts as the hour it lies in.

    Grain: one row per (charge_period_start, charge_period_end, hour).
    """
    begin, end = periods.charge_period_start.epoch_seconds(), periods.charge_period_end.epoch_seconds()
    first, last = begin // 3600, ibis.greatest(begin, end - 1) // 3600
    number = periods.select(*PERIOD, number=ibis.range(first, last + 1).unnest())
    return number.select(*PERIOD, hour=(number.number * 3600).as_timestamp("s").cast("!timestamp('UTC', 0)"))
