"""Which apps were active in the period of each pool, whose were they, and how much did they use?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis.expr.types as ir

from metrics.methods import BASES
from queries.active_in_pools import active_in_pools
from queries.pool_periods import pool_periods


def activity(
    charges: ir.Table,
    lifecycle: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    cost_types: Sequence[str] | None = None,
    bases: Sequence[str] = BASES,
) -> ir.Table:
    """Return the apps that took part in the periods of the pools that begin in ``[start, end)``.

    Active is who has usage in an hour that overlaps the period, or ran in it between a start and a stop. The owner is
    that of the app's last activity in it: of its last usage, or where it only ran, what the registry says.
    ``active_hours`` are hours with usage or hours run, whichever are more.

    Grain: one row per (charge_period_start, charge_period_end, app_id); one column per basis, cut at the 12th decimal,
    in the measure's unit.
    """
    periods = pool_periods(charges, start=start, end=end, cost_types=cost_types)
    first = periods.charge_period_start.date().min().as_scalar()
    charges = charges.filter(charges.charge_date >= first)  # a day is a partition
    return active_in_pools(charges, lifecycle, apps, teams, periods, bases=bases)
