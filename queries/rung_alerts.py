"""Which alerts rang, from when to when?"""

from __future__ import annotations

import ibis.expr.types as ir

_ALERT = ("source", "app_id", "resource_id", "environment", "name", "severity", "starts_at", "labels")


def rung_alerts(alerts: ir.Table) -> ir.Table:
    """Return alerts, each once however often it was reported: its end is the latest that a report says.

    A report that it ended is another fact than the report that it rings (``metering.recipes.alertmanager``). While no
    report says an end, it rings, and ``ends_at`` is null. ``event_id`` is that of the first report, by name.

    Grain: one row per (source, app_id, resource_id, environment, name, severity, starts_at, labels).
    """
    found = alerts.group_by(_ALERT).agg(ended=alerts.ends_at.max(), first_report=alerts.event_id.min())
    return found.rename(ends_at="ended", event_id="first_report")
