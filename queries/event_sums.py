"""What do the usage events behind these charges add up to, beside the charges?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import ibis.expr.types as ir

from metrics.exact import minus_money, or_zero, sum_money
from queries.chosen import Where, chosen
from queries.costed_events import costed_events


def event_sums(
    usage: ir.Table,
    charges: ir.Table,
    *inputs: ir.Table,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    **options: Any,
) -> ir.Table:
    """Return the effective cost of all events and of their charges, and the difference; ``costed_events`` has options.

    An event's cost is cut at the 21st decimal and a charge's once an hour: prices per 3600 seconds may differ there.
    Grain: one row. Money in the store's currency.
    """
    events = costed_events(usage, charges, *inputs, start=start, end=end, where=where, limit=None, **options)
    held = chosen(charges, start=start, end=end, where=where)
    charged = held.filter(held.meter != "platform_cost")
    both = events.agg(of_events=or_zero(sum_money(events.effective_cost)), events=events.count()).cross_join(
        charged.agg(of_charges=or_zero(sum_money(charged.effective_cost)))
    )
    return both.mutate(difference=minus_money(both.of_events, both.of_charges))
