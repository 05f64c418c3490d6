"""What does each usage event behind these charges cost, under which rules?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from queries.chosen import Where
from queries.ruled_costs import ruled_costs
from queries.ruled_usage import ruled_usage
from queries.trace_charge_events import trace_charge_events


def costed_events(
    usage: ir.Table,
    charges: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    environments: ir.Table,
    prices: ir.Table,
    *,
    rate_rules: Sequence[RateRule],
    start: datetime,
    end: datetime,
    where: Where | None = None,
    limit: int | None = 100,
) -> ir.Table:
    """Return ``trace_charge_events`` with each event's discount, markup, effective and billed cost.

    Rules are found as rating finds them, at the event's own time. Meters that are only counted cost nothing here and
    0 in their charge. Grain: one row per event and meter, the costliest first, at most ``limit``.
    """
    inputs = (leases, ownerships, apps, teams, environments, prices)
    events = trace_charge_events(usage, charges, *inputs, start=start, end=end, where=where, limit=None)
    ruled = ruled_usage(events.mutate(is_spot=events.pricing_category == "Dynamic"), rate_rules).drop("is_spot")
    costed = ruled_costs(ruled, rate_rules)
    order = [
        ibis.desc("effective_cost", nulls_first=False),
        ibis.desc("quantity"),
        "time",
        "source",
        "event_id",
        "meter",
    ]
    answer = costed.order_by(order)
    return answer.limit(limit) if limit is not None else answer
