"""What happened to a flag's app shortly before and during it?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from queries.app_lifecycle_markers import app_lifecycle_markers


def flag_markers(
    lifecycle: ir.Table, alerts: ir.Table, *, app_id: str, start: datetime, end: datetime, limit: int = 200
) -> ir.Table:
    """Return lifecycle events of an app in ``[start, end)`` and alerts that overlap it, as charts draw them.

    ``action`` is deploy, scale, start, stop or alert; ``detail`` the alert's name, or the resource.
    Grain: one row per event, the earliest first, at most ``limit``.
    """
    found = app_lifecycle_markers(lifecycle, alerts, start=start, end=end, apps=[app_id], limit=limit)
    detail = (found.kind == "alert").ifelse(found.label, found.resource_id)
    return found.select("time", action=found.kind, detail=detail, event_id=found.event_id).order_by("time", "event_id")
