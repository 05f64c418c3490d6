"""Which price does each charge meet in the price book of another moment?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from config.meters import meters
from metrics.exact import count_distinct

_TIER = r">(\d+)$"  # a charge of a tier names where it starts: price-1>200000
_ENDLESS = 2**63


def in_both_books(charges: ir.Table, prices: ir.Table, *, at: datetime) -> ir.Table:
    """Return charges with the book_unit_price and book_block that were in force for their SKU ``at`` a moment.

    ``kept`` says why a charge has none: ``no price then``, ``other tiers then`` where that book's tiers would cut the
    charge's calls in two, ``not by a book`` for platform costs; '' for all others. A meter that is only counted and has
    no price in the book costs 0 there.

    Grain: one row per charge.
    """
    valid = prices.filter(prices.valid_from < prices.valid_to)
    moment = ibis.literal(at)
    book = valid.filter(valid.valid_from <= moment, moment < valid.valid_to).select(
        book_sku="sku_id", book_base="list_unit_price", book_starts="tier_starts", book_tiers="tier_unit_prices",
        book_block="pricing_block",
    )  # fmt: skip
    own = valid.group_by(own_sku=valid.sku_id, own_price=valid.sku_price_id).agg(
        own_starts=valid.tier_starts.arbitrary(), own_forms=count_distinct(valid.tier_starts.cast("string"))
    )
    named = charges.mutate(
        base_price=charges.sku_price_id.re_replace(_TIER, ""),
        # Calls of the charge put in more than this; ``re_extract`` gives '' where there is no tier.
        above=ibis.coalesce(charges.sku_price_id.re_extract(_TIER, 1).try_cast("uint64"), ibis.literal(0, "uint64")),
    )
    met = named.left_join(book, named.sku_id == book.book_sku)
    met = met.left_join(own, [met.sku_id == own.own_sku, met.base_price == own.own_price])
    following = met.own_starts.filter(lambda start: start > met.above)
    met = met.mutate(upto=ibis.ifelse(following.length() > 0, following[0], ibis.literal(_ENDLESS, "uint64")))
    tier = met.book_starts.filter(lambda start: start <= met.above).length()
    cuts = met.book_starts.filter(lambda start: (start > met.above) & (start < met.upto)).length()
    counted = met.meter.isin([meter.name for meter in meters().values() if not meter.is_priced])
    has_book = met.book_block > 0  # the engine fills what has no match with zeros
    return met.mutate(
        kept=ibis.cases(
            (met.meter == "platform_cost", "not by a book"),
            (~has_book & ~counted, "no price then"),
            (has_book & ((cuts > 0) | (met.own_forms > 1)), "other tiers then"),
            else_="",
        ),
        book_unit_price=ibis.ifelse(tier > 0, met.book_tiers[tier - 1], met.book_base).cast("decimal(38, 12)"),
    )
