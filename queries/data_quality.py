"""What became of everything that was received?"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_count

Grain = Literal["day"] | None


def data_quality(
    batches: ir.Table, *, start: datetime | None = None, end: datetime | None = None, grain: Grain = None
) -> ir.Table:
    """Return events received, accepted, duplicate and quarantined in batches received in ``[start, end)``.

    ``difference`` is received less the other three: 0, always (law 15, no silence). Usage counts as rows: one LLM call
    is one row per meter. Grain: one row per event_type, and per ``received_date`` with ``grain='day'``.
    """
    stored = batches.filter(batches.state == "stored")
    if start is not None:
        stored = stored.filter(stored["at"] >= ibis.literal(start))
    if end is not None:
        stored = stored.filter(stored["at"] < ibis.literal(end))
    keys = {"received_date": stored["at"].date()} if grain == "day" else {}
    counts = stored.group_by(**keys, event_type=stored.event_type).agg(
        received=sum_count(stored.received),
        accepted=sum_count(stored.accepted),
        duplicates=sum_count(stored.duplicates),
        quarantined=sum_count(stored.quarantined),
    )
    known = counts.accepted + counts.duplicates + counts.quarantined
    return counts.mutate(difference=counts.received - known).order_by([*keys, "event_type"])
