"""Which are the traced charges, hour by hour, with their SKU and rules?"""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir

from metrics.dimensions import HOUR
from queries.traced import traced


def traced_charges(charges: ir.Table, *, limit: int = 500, **options: Any) -> ir.Table:
    """Return traced charges, the costliest first, at most ``limit``. ``options`` are those of ``traced``.

    Grain: one row per charge; costs exact, in the store's currency.
    """
    held = traced(charges, **options)
    answer = held.select(
        "charge_period_start",
        "cost_center",
        "team_id",
        "environment",
        "meter",
        "service_name",
        "pricing_unit",
        "app_id",
        "resource_id",
        "sku_id",
        "consumed_quantity",
        "consumed_unit",
        "list_unit_price",
        "pricing_block",
        "list_cost",
        "effective_cost",
        "billed_cost",
        "billing_currency",
        "pricing_status",
        "pricing_category",
        "discount_rule_id",
        "markup_rule_id",
        "attribution_rule",
        "sku_price_id",
        "event_count",
        hour=HOUR.expr(held),
    )
    order = [ibis.desc("billed_cost", nulls_first=False), "hour", "app_id", "resource_id", "sku_id", "sku_price_id"]
    rest = ["pricing_category", "discount_rule_id", "markup_rule_id", "attribution_rule", "consumed_quantity"]
    return answer.order_by([*order, *rest]).limit(limit)
