"""What waits for an owner, and how long may one still be found?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.pending_usage import pending_usage
from queries.still_waiting import still_waiting
from queries.waiting_hours import PENDING


def waiting_usage(
    charges: ir.Table,
    reconciliation_words: ir.Table,
    *,
    as_of: datetime,
    hours: int,
    state: str = PENDING,
) -> ir.Table:
    """Return usage on the default cost center; ``hours_left`` is until the deadline.

    What finance left where it is waits no more. Effective cost, in the store's currency.
    Grain: one row per resource in this state (``pending`` or ``unresolved``), the most expensive first.
    """
    waiting = pending_usage(still_waiting(charges, reconciliation_words), as_of=as_of, hours=hours)
    waiting = waiting.filter(waiting.state == state)
    left = (waiting.deadline.epoch_seconds() - ibis.literal(as_of).epoch_seconds()) // 3600
    told = waiting.mutate(hours_left=ibis.greatest(left, 0))
    return told.order_by(told.effective_cost.desc(), "resource_id")
