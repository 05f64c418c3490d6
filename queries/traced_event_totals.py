"""What do the raw usage events behind traced charges add up to?"""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money, sum_quantity
from queries.traced_events import traced_events

_ALL = 2**31


def traced_event_totals(*tables: ir.Table, **options: Any) -> ir.Table:
    """Return the number of usage events behind traced charges, their quantity and list cost: of all of them.

    Tables and options are those of ``traced_events``. Grain: one row; an event with several meters counts for each.
    """
    events = traced_events(*tables, limit=_ALL, **options)
    return events.agg(
        events=events.count(),
        quantities=sum_quantity(events.quantity),
        list_total=or_zero(sum_money(events.list_cost)),
    )
