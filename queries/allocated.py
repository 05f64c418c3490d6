"""What does each app bear of the platform's costs, by the rules in force?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import ibis.expr.types as ir

from metrics.methods import BASES
from queries.activity import activity
from queries.allocated_shares import allocated_shares
from queries.pools import pools


def allocated(
    charges: ir.Table,
    lifecycle: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    allocation_rules: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    cost_types: Sequence[str] | None = None,
    bases: Sequence[str] = BASES,
) -> ir.Table:
    """Return the split of every pool that begins in ``[start, end)`` over the apps that were active in its period.

    ``effective_cost`` of a pool's rows sums to the pool and ``allocated_ratio`` to 1, to the last decimal. What nobody
    bears is a row of app '' on the platform's cost center, without an ``allocated_resource_id`` (as FOCUS has it).
    ``allocated_basis`` and ``allocated_quantity`` are what the ratio was found from. ``bases`` may name fewer measures
    for speed; a rule that needs another one then stops the query.

    Grain: one row per (charge_period_start, charge_period_end, cost_type, app_id); money in the store's currency.
    """
    chosen: dict[str, Any] = {"start": start, "end": end, "cost_types": cost_types}
    ruled = pools(charges, allocation_rules, **chosen)
    active = activity(charges, lifecycle, apps, teams, **chosen, bases=bases)
    return allocated_shares(ruled, active, bases=bases)
