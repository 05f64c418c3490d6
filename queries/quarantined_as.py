"""Is an event of this name in quarantine?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.named_events import named_events


def quarantined_as(quarantine: ir.Table, *, event: str, limit: int = 5) -> ir.Table:
    """Return events of an id, or of ``source/event_id``, that wait in quarantine for a decision, with the reason.

    Grain: one row per quarantined event and meter, the latest first, at most ``limit``.
    """
    held = named_events(quarantine.filter(quarantine.decision == ""), event=event)
    told = held.select("source", "event_id", "meter", "reason", "detail", "received_at")
    return told.order_by([ibis.desc("received_at"), "source", "event_id", "meter"]).limit(limit)
