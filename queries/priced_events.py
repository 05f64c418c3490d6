"""Which charge does each usage event belong to, and which price does it meet?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from config.settings import settings
from queries.attributed import attributed
from queries.priced_usage import priced_usage

OF_CHARGE = (
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
# What tells one charge of an hour from another, but for its rules.
KEYS = ("charge_period_start", *OF_CHARGE, "is_reconciled", "is_estimated", "sku_price_id", "known_price")
OF_EVENT = (  # the fewer columns, the sooner the engine has a plan
    "time", "source", "event_id", "meter", "quantity", "resource_id", "app_id", "environment", "lease_id",
    "is_authenticated", "sku_id", "is_spot", "is_estimated", "call_input_tokens", "received_at",
)  # fmt: skip
_NO_PRICE = -1  # a missing price would equal no other missing price


def priced_events(
    usage: ir.Table,
    leases: ir.Table,
    ownerships: ir.Table,
    owners: ir.Table,
    environments: ir.Table,
    prices: ir.Table,
) -> ir.Table:
    """Return usage events with the ``KEYS`` of the charge that each belongs to, its price and its owner.

    They are attributed and priced as rating does; ``owners`` is ``app_owners``. Whoever keeps those whose charge is
    asked about (``keys_of``) tells an hour that changed its owner or price apart.

    Grain: one row per event and meter; ``list_unit_price`` is null where no price was in force.
    """
    read = usage.select(*OF_EVENT)
    owned = attributed(
        read, leases, ownerships, owners, environments, default_cost_center=settings().default_cost_center
    )
    priced = priced_usage(owned, prices)
    return priced.mutate(
        charge_period_start=priced.time.truncate("h").cast("!timestamp('UTC', 0)"),
        pricing_category=ibis.ifelse(priced.is_spot, "Dynamic", "Standard"),
        list_unit_price=ibis.ifelse(priced.has_price, priced.list_unit_price, ibis.null("decimal(38, 12)")),
        known_price=ibis.ifelse(priced.has_price, priced.list_unit_price, _no_price()).cast("!decimal(38, 12)"),
    )


def keys_of(charges: ir.Table, *more: str) -> ir.Table:
    """Return the ``KEYS`` of charges, and ``more`` of them."""
    known = ibis.coalesce(charges.list_unit_price, _no_price()).cast("!decimal(38, 12)")
    return charges.mutate(known_price=known).select(*KEYS, *more)


def _no_price() -> ir.DecimalScalar:
    return ibis.literal(_NO_PRICE).cast("decimal(38, 12)")
