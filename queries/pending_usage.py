"""Which usage has no owner yet, what does it cost, and until when may one be found?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from metrics.exact import count_distinct, sum_count, sum_money
from queries.waiting_hours import waiting_hours


def pending_usage(charges: ir.Table, *, as_of: datetime, hours: int) -> ir.Table:
    """Return usage of resources that stands on the default cost center, by whether its window is open at ``as_of``.

    The window of an hour is ``hours`` long from its start; ``deadline`` is the first of a row's hours to be over.
    ``[begins, ends)`` holds all of its hours. Effective cost, in the store's currency.
    Grain: one row per (resource_id, state), the most expensive first. Usage that names no resource is one of them.
    """
    held = waiting_hours(charges, as_of=as_of, hours=hours)
    found = held.group_by("resource_id", "state").agg(
        begins=held.charge_period_start.min(),
        ends=held.charge_period_end.max(),
        deadline=held.over.min(),
        effective_cost=sum_money(held.effective_cost),
        event_count=sum_count(held.event_count),
        meters=count_distinct(held.meter),
    )
    return found.order_by(found.effective_cost.desc(), "resource_id", "state")
