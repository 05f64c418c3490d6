"""What was reported in another currency, and so stands beside the totals?"""

from __future__ import annotations

from datetime import datetime

import ibis.expr.types as ir

from config.settings import settings
from metrics.exact import sum_count, sum_money
from queries.chosen import between


def foreign_currency_costs(
    charges: ir.Table, *, start: datetime | None = None, end: datetime | None = None, currency: str | None = None
) -> ir.Table:
    """Return costs that are not in ``currency`` (default: the store's). They are in no total: nothing converts them.

    Grain: one row per (billing_currency, provider, service_name), each in its own currency.
    """
    held = between(charges, start, end)
    held = held.filter(held.billing_currency != (currency or settings().currency))
    return (
        held.group_by("billing_currency", "provider", "service_name")
        .agg(
            list_cost=sum_money(held.list_cost),
            effective_cost=sum_money(held.effective_cost),
            billed_cost=sum_money(held.billed_cost),
            event_count=sum_count(held.event_count),
            first_seen=held.charge_period_start.min(),
            last_seen=held.charge_period_start.max(),
        )
        .order_by("billing_currency", "provider", "service_name")
    )
