"""Which price is in force for every usage row, at its own time?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def priced_usage(usage: ir.Table, prices: ir.Table) -> ir.Table:
    """Return usage with has_price, sku_price_id, list_unit_price, pricing_block and pricing_unit.

    Grain: one row per usage row, none lost. Without a price, has_price is false and the price columns are empty.
    """
    held = prices.filter(prices.valid_from < prices.valid_to).drop("recorded_at", "recorded_by", "evidence")
    held = held.rename(
        price_from="valid_from", price_to="valid_to", priced_sku="sku_id", base_unit_price="list_unit_price"
    )
    joined = usage.asof_join(held, usage.time >= held.price_from, predicates=[usage.sku_id == held.priced_sku])
    has_price = joined.time < joined.price_to
    # Tiers are by the call's whole input: every token of a call above the threshold has the tier's price.
    tier = joined.tier_starts.filter(lambda start: start < joined.call_input_tokens).length()
    is_tiered = has_price & (tier > 0)
    return joined.mutate(
        has_price=has_price,
        # A price that ended says nothing any more: a day rated alone and one rated among others are the same.
        pricing_block=ibis.ifelse(has_price, joined.pricing_block, ibis.literal(0, "uint64")).cast("!uint64"),
        pricing_unit=ibis.ifelse(has_price, joined.pricing_unit, ""),
        list_unit_price=ibis.ifelse(is_tiered, joined.tier_unit_prices[tier - 1], joined.base_unit_price),
        sku_price_id=ibis.cases(
            (~has_price, ""),
            (tier > 0, joined.sku_price_id + ">" + joined.tier_starts[tier - 1].cast("string")),
            else_=joined.sku_price_id,
        ),
    )
