"""Which usage events are behind these charges?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from config.settings import settings
from metrics.exact import per_block, times_unit_price
from queries.app_owners import app_owners
from queries.attributed import attributed
from queries.chosen import Where, chosen
from queries.priced_usage import priced_usage

_HOUR = "!timestamp('UTC', 0)"
_OF_CHARGE = (
    "resource_id",
    "app_id",
    "team_id",
    "cost_center",
    "environment",
    "lifecycle",
    "attribution_rule",
    "sku_id",
    "pricing_category",
)
_KEYS = ("charge_period_start", *_OF_CHARGE, "is_estimated", "sku_price_id")


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

    A drill-down: events of the charges' hours, resources and SKUs are attributed and priced as rating does, so an hour
    that changed its owner or price is told apart. The list costs of all its events sum to the charge's.

    Grain: one row per event and meter, the costliest first, then the largest, at most ``limit``.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.meter != "platform_cost").select(_KEYS)
    near = usage.filter(usage.time >= ibis.literal(start - timedelta(hours=1)), usage.time < ibis.literal(end))
    near = near.mutate(charge_period_start=near.time.truncate("h").cast(_HOUR))
    near = near.semi_join(held, ["charge_period_start", "resource_id", "sku_id"])
    owners = app_owners(apps, teams)
    owned = attributed(
        near, leases, ownerships, owners, environments, default_cost_center=settings().default_cost_center
    )
    priced = priced_usage(owned, prices)
    amount = times_unit_price(priced.quantity.cast("decimal(76, 9)"), priced.list_unit_price)
    cost = per_block(amount, ibis.greatest(priced.pricing_block, 1))
    events = priced.mutate(
        pricing_category=ibis.ifelse(priced.is_spot, "Dynamic", "Standard"),
        list_unit_price=ibis.ifelse(priced.has_price, priced.list_unit_price, ibis.null("decimal(38, 12)")),
        list_cost=ibis.ifelse(priced.has_price, cost, ibis.null("decimal(76, 21)")),
    ).semi_join(held, _KEYS)
    told = ("list_unit_price", "list_cost", "sku_price_id", "is_estimated", "lease_id", "received_at")
    answer = events.select("time", "source", "event_id", "meter", "quantity", *_OF_CHARGE, *told)
    order = [ibis.desc("list_cost", nulls_first=False), ibis.desc("quantity"), "time", "source", "event_id", "meter"]
    answer = answer.order_by(order)
    return answer if limit is None else answer.limit(limit)
