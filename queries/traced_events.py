"""Which raw usage events are behind traced charges?"""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from queries.trace_charge_events import trace_charge_events
from queries.traced import traced


def traced_events(
    usage: ir.Table,
    charges: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    environments: ir.Table,
    prices: ir.Table,
    period_closings: ir.Table | None = None,
    *,
    limit: int = 100,
    event_id: str | None = None,
    **options: Any,
) -> ir.Table:
    """Return the usage events behind traced charges, the costliest first. ``options`` are those of ``traced``.

    Events are attributed and priced as of now: of a closed month those are missing that found another owner since.
    Grain: one row per event and meter, at most ``limit``.
    """
    held = traced(charges, period_closings, **options)
    inputs = (leases, ownerships, apps, teams, environments, prices)
    inside = {"start": options["start"], "end": options["end"]}
    meant = usage if event_id is None else usage.filter(usage.event_id == event_id)
    return trace_charge_events(meant, held, *inputs, **inside, limit=limit)
