"""Which apps were active in these periods, whose were they, and how much did they use?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from metrics.methods import ACTIVE_HOURS
from queries.pool_periods import PERIOD
from queries.run_in_pools import run_in_pools
from queries.used_in_pools import OWNER, used_in_pools


def active_in_pools(
    charges: ir.Table,
    lifecycle: ir.Table | None,
    apps: ir.Table,
    teams: ir.Table,
    periods: ir.Table,
    *,
    bases: Sequence[str],
) -> ir.Table:
    """Return the apps that took part in ``periods`` (charge_period_start, charge_period_end), see ``activity``.

    None for ``lifecycle`` says that nothing started or stopped. Grain: one row per (period, app_id).
    """
    keys = (*PERIOD, "app_id")
    used = used_in_pools(charges, periods, bases=bases)
    if lifecycle is None:
        owner = {name: used[f"used_by_{name}"] for name in OWNER}
        return used.select(*keys, **owner, **{name: used[name] for name in bases}).order_by(keys)
    ran = run_in_pools(lifecycle, apps, teams, periods)
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
