"""Which charges are behind this number?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.dimensions import HOUR
from queries.chosen import Where, chosen

COLUMNS = (
    "app_id",
    "team_id",
    "cost_center",
    "environment",
    "resource_id",
    "sku_id",
    "consumed_quantity",
    "consumed_unit",
    "list_unit_price",
    "pricing_block",
    "pricing_unit",
    "list_cost",
    "effective_cost",
    "billed_cost",
    "billing_currency",
    "pricing_status",
    "pricing_category",
    "sku_price_id",
    "discount_rule_id",
    "markup_rule_id",
    "attribution_rule",
    "is_estimated",
    "charge_category",
    "event_count",
)


def charge_list(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    where: Where | None = None,
    limit: int | None = None,
) -> ir.Table:
    """Return the charges that begin in ``[start, end)`` and match ``where``, with price, quantity and costs.

    ``list_cost = consumed_quantity x list_unit_price / pricing_block``, then the discount, then the markup.
    Grain: one row per charge; the costliest first, unpriced last, at most ``limit``. The store's currency.
    """
    held = chosen(charges, start=start, end=end, where=where)
    listed = held.select(hour=HOUR.expr(held), **{name: held[name] for name in COLUMNS})
    keys = ["hour", "app_id", "resource_id", "sku_id", "sku_price_id", "attribution_rule", "is_estimated"]
    answer = listed.order_by([ibis.desc("effective_cost", nulls_first=False), *keys, "cost_center", "environment"])
    return answer.limit(limit) if limit is not None else answer
