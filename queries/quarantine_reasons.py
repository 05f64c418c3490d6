"""Why were events not taken, and which of them still wait for somebody?"""

from __future__ import annotations

import ibis.expr.types as ir

from metrics.exact import count_distinct


def quarantine_reasons(quarantine: ir.Table) -> ir.Table:
    """Return quarantined events by reason; ``open_events`` were neither replayed nor dismissed.

    Grain: one row per (event_type, reason), most open ones first. ``example`` is the detail of the latest.
    """
    found = quarantine.group_by("event_type", "reason").agg(
        events=quarantine.count(),
        open_events=quarantine.count(where=quarantine.decision == ""),
        sources=count_distinct(quarantine.source),
        first_received_at=quarantine.received_at.min(),
        last_received_at=quarantine.received_at.max(),
        example=quarantine.detail.argmax(quarantine.received_at),
    )
    return found.order_by(found.open_events.desc(), found.events.desc(), "event_type", "reason")
