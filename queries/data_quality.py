"""What became of everything that was received?"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_count

Grain = Literal["day"] | None


REFUSED = "refused"  # stands for the type of what was refused: nothing of it was kept
_COUNTS = ("received", "accepted", "duplicates", "quarantined", "rejected")


def data_quality(
    batches: ir.Table,
    refusals: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    grain: Grain = None,
) -> ir.Table:
    """Return events received, accepted, duplicate, quarantined and rejected in what was received in ``[start, end)``.

    ``difference`` is received less the other four: 0, always (law 15, no silence). Usage counts as rows: one LLM call
    is one row per meter; what the API refused counts as events. Grain: one row per event_type, and per
    ``received_date`` with ``grain='day'``.
    """
    stored = batches.filter(batches.state == "stored").mutate(rejected=_none())
    refused = refusals.filter(refusals.events > 0).mutate(
        event_type=ibis.literal(REFUSED),
        received=refusals.events,
        accepted=_none(),
        duplicates=_none(),
        quarantined=_none(),
        rejected=refusals.events,
    )
    known = [rows.select("event_type", "at", *_COUNTS) for rows in (stored, refused)]
    rows = known[0].union(known[1].cast(known[0].schema()))
    if start is not None:
        rows = rows.filter(rows["at"] >= ibis.literal(start))
    if end is not None:
        rows = rows.filter(rows["at"] < ibis.literal(end))
    keys = {"received_date": rows["at"].date()} if grain == "day" else {}
    sums = {name: sum_count(rows[name]) for name in _COUNTS}
    counts = rows.group_by(**keys, event_type=rows.event_type).agg(**sums)
    found = counts.accepted + counts.duplicates + counts.quarantined + counts.rejected
    return counts.mutate(difference=counts.received - found).order_by([*keys, "event_type"])


def _none() -> ir.Value:
    return ibis.literal(0, "!uint64")
