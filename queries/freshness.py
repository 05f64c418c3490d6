"""How fresh is what each source sends?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_count

# What is added to a name so that it can resume: by a load its file and batch, by the demonstration its batch.
_BATCH_OF_A_FILE = ":[0-9a-f]{64}:[0-9]+$"
_BATCH_OF_THE_DEMO = "^(demo/.*)-[0-9]{4}$"


def freshness(batches: ir.Table, *, as_of: datetime) -> ir.Table:
    """Return when each origin last sent events, the time of its latest accepted event, and how long ago both were.

    From the ledger of batches, not from the events; the batches of a load or the demonstration are one origin.
    Grain: one row per (event_type, origin), the stalest first; lags in seconds before ``as_of``.
    """
    stored = batches.filter(batches.state == "stored")
    stored = stored.mutate(origin=stored.origin.re_replace(_BATCH_OF_A_FILE, "").re_replace(_BATCH_OF_THE_DEMO, r"\1"))
    found = stored.group_by("event_type", "origin").agg(
        last_received_at=stored["at"].max(),
        last_event_time=stored.last_event_time.max(),
        batches=stored.count(),
        accepted=sum_count(stored.accepted),
    )
    now = ibis.literal(as_of)
    return found.mutate(
        received_lag_seconds=now.epoch_seconds() - found.last_received_at.epoch_seconds(),
        event_lag_seconds=now.epoch_seconds() - found.last_event_time.epoch_seconds(),
    ).order_by(found.last_received_at, "event_type", "origin")
