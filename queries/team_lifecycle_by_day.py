"""What happened to a team's apps, day by day, while they were the team's?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis.expr.types as ir

from queries.lifecycle_by_day import lifecycle_by_day
from queries.owned_then import owned_then


def team_lifecycle_by_day(
    lifecycle: ir.Table,
    apps_history: ir.Table,
    *,
    team_id: str,
    start: datetime,
    end: datetime,
    apps: Sequence[str] | None = None,
) -> ir.Table:
    """Return ``lifecycle_by_day`` of the events in ``[start, end)`` of apps that the team had at their time.

    Grain: one row per (day, action).
    """
    return lifecycle_by_day(owned_then(lifecycle, apps_history, [team_id]), start=start, end=end, apps=apps)
