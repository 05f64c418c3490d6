"""What does attributed usage cost? Priced as of each event's own time, rolled up to hours."""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from config.meters import SKU_ATTRIBUTES
from config.rate_rules import RateRule
from metrics.exact import sum_digest, sum_quantity
from queries.priced_usage import priced_usage
from queries.ruled_usage import ruled_usage
from queries.usage_costs import usage_costs


def rated_usage(
    usage: ir.Table,
    prices: ir.Table,
    *,
    rate_rules: Sequence[RateRule] = (),
    currency: str,
) -> ir.Table:
    """Return the charges of attributed usage (``attributed``).

    Every event meets the price in force at its own time; events of one hour, owner and price are then summed, so
    ``list_cost = consumed_quantity x list_unit_price / pricing_block`` holds on each row without rounding (truncated
    at the 21st decimal where the block is no power of ten). Usage without a price keeps null costs and says
    ``unpriced``; meters that are only counted cost 0 and say ``counted``.

    Grain: one row per (charge_period_start hour, resource_id, app_id, team_id, cost_center, environment, lifecycle,
    sku_id, sku_price_id, attribution_rule, pricing_category, discount, markup, is_reconciled, is_estimated). Money in
    the store's currency.
    """
    read = usage.select(*_READ, *SKU_ATTRIBUTES, *_OWN)  # the fewer columns, the sooner the engine has a plan
    ruled = ruled_usage(priced_usage(read, prices), rate_rules)
    ruled = ruled.mutate(charge_period_start=ruled.time.truncate("h").cast("!timestamp('UTC', 0)"))
    hourly = ruled.group_by((*_GRAIN, *_OF_PRICE)).agg(
        # The SKU names them; where two spellings share its name, the first stands, whatever the order of events.
        **{name: ruled[name].min() for name in (*SKU_ATTRIBUTES, "meter")},
        consumed_quantity=sum_quantity(ruled.quantity),
        event_count=ruled.count().cast("!uint64"),
        event_digest=sum_digest(ruled.event_digest),
    )
    return usage_costs(hourly, rate_rules, currency)


_READ = ("time", "meter", "sku_id", "quantity", "is_spot", "call_input_tokens", "event_digest")
_OWN = (
    "resource_id",
    "app_id",
    "team_id",
    "cost_center",
    "environment",
    "lifecycle",
    "attribution_rule",
    "is_reconciled",
    "is_estimated",
)
_GRAIN = (
    "charge_period_start",
    *_OWN,
    "pricing_category",
    "sku_id",
    "sku_price_id",
    "discount_rule_id",
    "markup_rule_id",
)
# The price itself, not only its name: two rows of a price book may carry one sku_price_id.
_OF_PRICE = ("has_price", "list_unit_price", "pricing_block", "pricing_unit")
