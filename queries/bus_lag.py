"""How far behind is each partition of the bus?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir


def bus_lag(bus_positions: ir.Table, *, as_of: datetime) -> ir.Table:
    """Return how many messages of each partition are not taken yet, and how long ago that was looked at.

    Grain: one row per (consumer_group, topic, partition), the longest lag first; seconds before ``as_of``.
    """
    found = bus_positions.mutate(
        lag=bus_positions.end_offset - bus_positions.next_offset,
        noted_lag_seconds=ibis.literal(as_of).epoch_seconds() - bus_positions.noted_at.epoch_seconds(),
    )
    return found.order_by(found.lag.desc(), "consumer_group", "topic", "partition")
