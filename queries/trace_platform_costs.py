"""Which reported platform costs are behind these charges?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.app_owners import app_owners
from queries.chosen import Where, chosen
from queries.platform_events import platform_events


def trace_platform_costs(
    platform_costs: ir.Table,
    charges: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    environments: ir.Table,
    *,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    limit: int = 100,
) -> ir.Table:
    """Return the platform costs behind the charges that begin in ``[start, end)`` and match ``where``, as reported.

    Grain: one row per event, the costliest first, at most ``limit``.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.meter == "platform_cost")
    near = platform_costs.filter(platform_costs.time >= ibis.literal(start), platform_costs.time < ibis.literal(end))
    found = platform_events(near, held, leases, ownerships, app_owners(apps, teams), environments)
    return found.order_by([ibis.desc("effective_cost"), "time", "source", "event_id"]).limit(limit)
