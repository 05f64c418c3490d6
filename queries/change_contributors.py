"""Which apps made the cost change most, and why?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from queries.chosen import Where
from queries.spend_change import spend_change


def change_contributors(
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    previous_start: datetime,
    previous_end: datetime,
    where: Where | None = None,
    limit: int = 8,
) -> ir.Table:
    """Return ``spend_change`` of the apps whose cost changed, the largest change (either way) first.

    Grain: one row per app_id, at most ``limit``. Effective cost, in the store's currency.
    """
    apps = spend_change(
        charges,
        start=start,
        end=end,
        previous_start=previous_start,
        previous_end=previous_end,
        by=["app_id"],
        where=where,
    )
    changed = apps.filter(apps.change != 0)
    return changed.order_by(changed.change.abs().desc(), "app_id").limit(limit)
