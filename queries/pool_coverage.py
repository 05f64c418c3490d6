"""For how much of a time have shared costs come, by cost type?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from queries.pool_periods import PERIOD, pool_costs


def pool_coverage(charges: ir.Table, *, start: datetime, end: datetime) -> ir.Table:
    """Return how far the pools that begin in ``[start, end)`` reach, and the seconds of their distinct periods.

    Grain: one row per cost_type.
    """
    periods = pool_costs(charges, start=start, end=end, cost_types=None).select(*PERIOD, "cost_type").distinct()
    length = periods.charge_period_end.epoch_seconds() - periods.charge_period_start.epoch_seconds()
    return (
        periods.group_by("cost_type")
        .agg(covered_until=periods.charge_period_end.max(), covered_seconds=length.sum())
        .order_by("cost_type")
    )
