"""What would traced charges have cost under the price book of another moment?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from metrics.exact import minus_money, money, or_zero, per_block, sum_count, sum_money, sum_quantity, times_unit_price
from queries.in_both_books import in_both_books
from queries.ruled_costs import ruled_costs
from queries.traced import traced


def repriced(
    charges: ir.Table,
    prices: ir.Table,
    *,
    prices_as_of: datetime,
    rate_rules: Sequence[RateRule],
    **options: Any,
) -> ir.Table:
    """Return what traced charges cost beside what they would under the prices in force at ``prices_as_of``, by SKU.

    The quantities and the discount and markup rules of the charges stand; ``options`` are those of ``traced``. What has
    no price in that book, or tiers that cut calls elsewhere, is kept at what it costs and says so in ``kept``, like
    platform costs, which no book prices.

    Grain: one row per sku_id, the largest change first. Changes sum to ``all_change``; exact, the store's currency.
    """
    held = in_both_books(traced(charges, **options), prices, at=prices_as_of)
    amount = times_unit_price(held.consumed_quantity.cast("decimal(76, 9)"), held.book_unit_price)
    held = held.mutate(
        cost_now=or_zero(held.billed_cost), list_cost=per_block(amount, ibis.greatest(held.book_block, 1))
    )
    costed = ruled_costs(held, rate_rules)
    is_priced = (costed.kept == "") & (costed.book_block > 0)
    costed = costed.mutate(
        cost_then=ibis.cases((is_priced, costed.billed_cost), (costed.kept == "", money()), else_=costed.cost_now),
        priced_then=ibis.ifelse(is_priced, costed.book_unit_price, ibis.null("decimal(38, 12)")),
    )
    found = costed.group_by("sku_id").agg(
        unit=costed.consumed_unit.max(),
        quantity=sum_quantity(costed.consumed_quantity),
        events=sum_count(costed.event_count),
        price_now=costed.list_unit_price.max(),
        block_now=costed.pricing_block.max(),
        price_then=costed.priced_then.max(),
        block_then=ibis.ifelse(costed.priced_then.notnull(), costed.book_block, ibis.null("uint64")).max(),
        costs_now=sum_money(costed.cost_now),
        costs_then=sum_money(costed.cost_then),
        why_kept=costed.kept.max(),
    )
    found = found.mutate(change=minus_money(found.costs_then, found.costs_now))
    found = found.rename(cost_now="costs_now", cost_then="costs_then", kept="why_kept")
    totals = {f"all_{name}": sum_money(found[name]).over(ibis.window()) for name in ("cost_now", "cost_then", "change")}
    answer = found.mutate(**totals)
    return answer.order_by([ibis.desc(answer.change.abs()), ibis.desc("cost_now"), "sku_id"])
