"""Which events had been taken by a moment?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir


def taken_by(events: ir.Table, batches: ir.Table, *, at: datetime) -> ir.Table:
    """Return the events whose batch was acknowledged by ``at``. ``events`` and ``batches`` have batch_id.

    Grain: as given.
    """
    known = batches.filter(batches.state == "stored", batches.at <= ibis.literal(at))
    return events.filter(events.batch_id.isin(known.batch_id)).drop("batch_id")
