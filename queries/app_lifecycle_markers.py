"""What happened to apps, to stand beside their cost: deploys, starts, stops, scalings and alerts?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.rung_alerts import rung_alerts

KINDS = ("deploy", "scale", "start", "stop", "alert")


def app_lifecycle_markers(
    lifecycle: ir.Table,
    alerts: ir.Table | None = None,
    *,
    start: datetime,
    end: datetime,
    apps: Sequence[str] | None = None,
    resources: Sequence[str] | None = None,
    kinds: Sequence[str] = KINDS,
    limit: int = 1000,
) -> ir.Table:
    """Return lifecycle events in ``[start, end)`` and alerts that overlap it, of some apps or of all.

    With ``resources`` also what names no app but one of these. Of an alert that was reported while it rang and again
    when it ended there is one marker (``rung_alerts``).
    ``label`` is what happened (the alert's name), ``detail`` the event's attributes or labels as JSON.
    Grain: one row per event, the earliest first, at most ``limit``. Only an alert can have ``ends_at``.
    """
    ends_at = ibis.null("timestamp('UTC', 3)")
    inside = lifecycle.filter(lifecycle.time >= ibis.literal(start), lifecycle.time < ibis.literal(end))
    markers = inside.select(
        "time",
        ends_at=ends_at,
        app_id=inside.app_id,
        resource_id=inside.resource_id,
        kind=inside.action,
        label=inside.action,
        detail=inside.attributes,
        event_id=inside.event_id,
    )
    if alerts is not None:
        rung = rung_alerts(alerts)
        fired = rung.filter(
            rung.starts_at < ibis.literal(end), rung.ends_at.isnull() | (rung.ends_at > ibis.literal(start))
        )
        ringing = fired.select(
            time=fired.starts_at,
            ends_at=fired.ends_at,
            app_id=fired.app_id,
            resource_id=fired.resource_id,
            kind=ibis.literal("alert"),
            label=fired.name,
            detail=fired.labels,
            event_id=fired.event_id,
        )
        markers = markers.union(ringing.cast(markers.schema()))
    markers = markers.filter(markers.kind.isin(list(kinds)))
    if apps is not None:
        of_resource = (markers.app_id == "") & markers.resource_id.isin(list(resources or ()))
        markers = markers.filter(markers.app_id.isin(list(apps)) | of_resource)
    return markers.order_by("time", "app_id", "kind", "event_id").limit(limit)
