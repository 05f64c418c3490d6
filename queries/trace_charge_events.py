"""Which usage events are behind these charges?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import per_block, times_unit_price
from queries.app_owners import app_owners
from queries.chosen import Where, chosen
from queries.priced_events import KEYS, OF_CHARGE, keys_of, priced_events


def trace_charge_events(
    usage: ir.Table,
    charges: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    environments: ir.Table,
    prices: ir.Table,
    *,
    start: datetime,
    end: datetime,
    where: Where | None = None,
    limit: int | None = 100,
) -> ir.Table:
    """Return the usage events behind the usage charges that begin in ``[start, end)`` and match ``where``.

    A drill-down: see ``priced_events``. The list costs of all events of a charge sum to the charge's; ``costed_events``
    has what discounts and markups leave of them.

    Grain: one row per event and meter, the costliest first, then the largest, at most ``limit``.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.meter != "platform_cost")
    first = start.replace(minute=0, second=0, microsecond=0)
    near = usage.filter(usage.time >= ibis.literal(first), usage.time < ibis.literal(end))
    near = near.filter(near.meter.isin(held.meter), near.resource_id.isin(held.resource_id))  # the primary key
    priced = priced_events(near, leases, ownerships, app_owners(apps, teams), environments, prices)
    priced = priced.semi_join(keys_of(held), KEYS)
    amount = times_unit_price(priced.quantity.cast("decimal(76, 9)"), priced.list_unit_price)
    events = priced.mutate(list_cost=per_block(amount, ibis.greatest(priced.pricing_block, 1)))
    told = ("list_unit_price", "list_cost", "sku_price_id", "is_estimated", "lease_id", "received_at")
    answer = events.select("time", "source", "event_id", "meter", "quantity", *OF_CHARGE, *told)
    order = [ibis.desc("list_cost", nulls_first=False), ibis.desc("quantity"), "time", "source", "event_id", "meter"]
    answer = answer.order_by(order)
    return answer if limit is None else answer.limit(limit)
