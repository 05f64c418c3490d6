"""Which price is in force for every usage row, at its own time?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import price_at, start_at


def priced_usage(usage: ir.Table, prices: ir.Table) -> ir.Table:
    """Return usage with has_price, sku_price_id, list_unit_price, pricing_block and pricing_unit.

    Grain: one row per usage row, none lost. Without a price, has_price is false and the price columns are empty.
    """
    held = prices.filter(prices.valid_from < prices.valid_to).select(
        price_key="sku_id",
        price_from="valid_from",
        price_to="valid_to",
        price_id="sku_price_id",
        price_block="pricing_block",
        price_unit="pricing_unit",
        base_price="list_unit_price",
        tier_starts="tier_starts",
        tier_prices="tier_unit_prices",
    )
    joined = usage.asof_join(held, usage.time >= held.price_from, predicates=[usage.sku_id == held.price_key])
    joined = joined.select(
        *usage.columns,
        *("price_id", "price_block", "price_unit", "base_price", "tier_starts", "tier_prices"),
        has_price=usage.time < held.price_to,
        # Tiers are by the call's whole input: every token of a call above the threshold has the tier's price.
        tier=held.tier_starts.filter(lambda start: start < usage.call_input_tokens).length(),
    )
    is_tiered = joined.tier > 0
    # A price that ended says nothing any more: a day rated alone and one rated among others are the same.
    return joined.select(
        *usage.columns,
        "has_price",
        pricing_block=ibis.ifelse(joined.has_price, joined.price_block, ibis.literal(0, "uint64")).cast("!uint64"),
        pricing_unit=ibis.ifelse(joined.has_price, joined.price_unit, ""),
        list_unit_price=ibis.ifelse(
            joined.has_price & is_tiered, price_at(joined.tier_prices, joined.tier), joined.base_price
        ),
        sku_price_id=ibis.cases(
            (~joined.has_price, ""),
            (is_tiered, joined.price_id + ">" + start_at(joined.tier_starts, joined.tier).cast("!string")),
            else_=joined.price_id,
        ),
    )
