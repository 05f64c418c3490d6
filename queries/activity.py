"""Which apps were active in the period of each pool, whose were they, and how much did they use?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.methods import ACTIVE_HOURS, BASES
from queries.pool_periods import PERIOD, pool_periods
from queries.run_in_pools import run_in_pools
from queries.used_in_pools import OWNER, used_in_pools


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
    used = used_in_pools(charges, periods, bases=bases)
    ran = run_in_pools(lifecycle, apps, teams, periods)
    keys = (*PERIOD, "app_id")
    ran = ran.rename({f"ran_{key}": key for key in keys})
    both = used.outer_join(ran, [used[key] == ran[f"ran_{key}"] for key in keys])
    # The engine fills the missing side with empty values, and no app is named ''.
    is_used = both.app_id != ""
    columns = {key: ibis.ifelse(is_used, both[key], both[f"ran_{key}"]) for key in keys}
    columns |= {name: ibis.ifelse(is_used, both[f"used_by_{name}"], both[f"ran_by_{name}"]) for name in OWNER}
    columns |= {name: both[name] for name in bases}
    if ACTIVE_HOURS in bases:
        columns[ACTIVE_HOURS] = ibis.greatest(both[ACTIVE_HOURS], both.run_hours)
    return both.select(**columns).order_by(keys)
