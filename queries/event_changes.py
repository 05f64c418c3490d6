"""Which raw events make traced charges another amount than they had been billed before?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, or_zero, sum_money, sum_quantity
from metrics.fractions import minus_quantity

_EVENT = ("source", "event_id", "meter")
_SAID = ("time", "received_at", "resource_id", "sku_id")


def event_changes(now: ir.Table, before: ir.Table, *, since: datetime) -> ir.Table:
    """Return the events whose billed cost here is another than it was, or that were not here, or are not any more.

    Both are ``costed_events`` of the same charges: as they are known ``now``, and as they were billed, at ``since``.
    Grain: one row per event and meter, the largest change first. ``all_*`` are sums of all of them.
    """
    told = [
        side.select(*_EVENT, *_SAID, "quantity", cost=side.billed_cost, is_now=ibis.literal(is_now))
        for side, is_now in ((now, True), (before, False))
    ]
    both = ibis.union(*told)
    found = both.group_by(_EVENT).agg(
        **{f"last_{name}": both[name].max() for name in _SAID},
        cost_now=or_zero(sum_money(both.cost, where=both.is_now)),
        cost_before=or_zero(sum_money(both.cost, where=~both.is_now)),
        quantity_now=sum_quantity(both.quantity, where=both.is_now),
        quantity_before=sum_quantity(both.quantity, where=~both.is_now),
        rows_now=both.count(where=both.is_now),
        rows_before=both.count(where=~both.is_now),
    )
    found = found.mutate(
        change=minus_money(found.cost_now, found.cost_before),
        quantity_change=minus_quantity(found.quantity_now, found.quantity_before),
        why=ibis.cases(
            ((found.rows_before == 0) & (found.last_received_at > ibis.literal(since)), "came late"),
            (found.rows_before == 0, "counted here now"),
            (found.rows_now == 0, "counted elsewhere now"),
            else_="another price or rule",
        ),
    )
    found = found.filter((found.change != 0) | (found.quantity_change != 0))
    everything = {
        "all_events": found.count().over(ibis.window()),
        "all_change": or_zero(sum_money(found.change)).over(ibis.window()),
        "all_quantity": sum_quantity(found.quantity_change).over(ibis.window()),
    }
    answer = found.select(
        *_EVENT, "why", "cost_before", "cost_now", "change", "quantity_change",
        **{name: found[f"last_{name}"] for name in _SAID}, **everything,
    )  # fmt: skip
    return answer.order_by([ibis.desc(answer.change.abs()), "time", *_EVENT])
