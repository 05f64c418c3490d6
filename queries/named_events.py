"""Which events have this name?"""

from __future__ import annotations

import ibis.expr.types as ir


def named_events(events: ir.Table, *, event: str) -> ir.Table:
    """Return the events of an event id, or of ``source/event_id``. Grain: as given."""
    parts = event.split("/")
    ids = ["/".join(parts[first:]) for first in range(len(parts))]  # either of the two may have slashes
    found = events.filter(events.event_id.isin(ids))
    return found.filter((found.event_id == event) | (found.source + "/" + found.event_id == event))
