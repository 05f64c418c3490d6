"""How far the bus is read."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, INSTANT, TEXT

BUS: dict[str, dict[str, dt.DataType]] = {
    "bus_positions": {
        "consumer_group": TEXT,
        "topic": TEXT,
        "partition": dt.UInt32(nullable=False),
        "next_offset": COUNT,
        "end_offset": COUNT,
        "noted_at": INSTANT,
    },
}
