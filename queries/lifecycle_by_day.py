"""What happened to apps, day by day, in few words?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.app_lifecycle_markers import app_lifecycle_markers

_NAMED = 4


def lifecycle_by_day(
    lifecycle: ir.Table,
    alerts: ir.Table | None = None,
    *,
    start: datetime,
    end: datetime,
    apps: Sequence[str] | None = None,
    resources: Sequence[str] | None = None,
) -> ir.Table:
    """Return for each day and action (deploy, scale, start, stop, alert) how many there were, and of whom.

    ``time`` is the beginning of the UTC day; ``detail`` names up to four apps (or resources of no app), then
    says how many more.
    Grain: one row per (day, action).
    """
    kinds = ("deploy", "scale", "start", "stop", "alert")
    marks = app_lifecycle_markers(
        lifecycle, alerts, start=start, end=end, apps=apps, resources=resources, kinds=kinds, limit=100_000
    )
    # An alert that rang before stands on the first day.
    marks = marks.mutate(time=ibis.greatest(marks.time, ibis.literal(start)))
    # Aggregated under other names than the columns they are made of, which the engine would take for each other.
    name = ibis.ifelse(marks.app_id != "", marks.app_id, marks.resource_id)
    days = marks.group_by(day=marks.time.date(), action=marks.kind).agg(
        events=marks.count(), names=name.collect(distinct=True).sort()
    )
    more = days.names.length() - _NAMED
    named = days.names[:_NAMED].join(", ")
    answer = days.select(
        time=days.day.cast("!timestamp('UTC', 0)"),
        action=days.action,
        events=days.events,
        detail=ibis.ifelse(more > 0, named + " and " + more.cast("string") + " more", named),
    )
    return answer.order_by("time", "action")
