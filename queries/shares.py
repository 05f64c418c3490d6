"""Who gets how much of each pool? An exact split by weights."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import money
from metrics.whole import (
    divided,
    magnitude,
    minus,
    money_of,
    money_units,
    plus,
    remainder,
    sum_whole,
    times,
    whole,
    within_reach,
)


def shares(members: ir.Table) -> ir.Table:
    """Return ``members`` with every member's share of its pool, and share / pool as ``ratio``.

    ``members`` has pool_id, app_id, ``pool`` (the amount, the same on every row of a pool), ``floor`` (what each member
    gets before the rest is split, 0 for none) and ``weighed`` (its weight in ``weight_units``, >= 0). Shares sum to the
    pool and ratios to 1, to the last decimal: whole units of 1e-21 are split, what truncation leaves goes unit by unit
    to the largest remainders, then by app_id. Weights that are all 0, or floors above the pool, split evenly.
    A negative pool (a credit) is split like its positive and given the sign back.

    Grain: one row per (pool_id, app_id). Source of the method: largest remainder (Hamilton).
    """
    pool = ibis.window(group_by="pool_id")
    zero, one = whole(0), whole(1)
    sized = members.mutate(
        amount=magnitude(money_units(members.pool)),
        least=money_units(members.floor),
        heads=whole(members.count().over(pool)),
        total=sum_whole(members.weighed).over(pool),
    )
    floors = times(sized.least, sized.heads)
    is_short = floors > sized.amount
    is_even = is_short | (sized.total == zero)
    split = sized.mutate(
        least=ibis.ifelse(is_short, zero, sized.least),
        whole=minus(sized.amount, ibis.ifelse(is_short, zero, floors)),
        weighed=ibis.ifelse(is_even, one, sized.weighed),
        total=ibis.ifelse(is_even, sized.heads, sized.total),
    )
    cut = _split(split)
    got = cut.mutate(got=plus(cut.least, cut.part))
    # A ratio is the share of the pool; of an empty pool, what the weights say.
    is_empty = got.amount == zero
    rated = _split(
        got.mutate(
            whole=money_units(money(1)),
            weighed=ibis.ifelse(is_empty, got.weighed, got.got),
            total=ibis.ifelse(is_empty, got.total, got.amount),
        )
    )
    is_credit = rated.pool < money()
    return rated.mutate(
        share=money_of(ibis.ifelse(is_credit, minus(zero, rated.got), rated.got)), ratio=money_of(rated.part)
    ).select(*members.columns, "share", "ratio")


def _split(rows: ir.Table) -> ir.Table:
    """Split ``whole`` by ``weighed`` of ``total`` into ``part``."""
    product = times(within_reach(rows.whole, rows.total), rows.weighed)
    cut = rows.mutate(part=divided(product, rows.total), left_over=remainder(product, rows.total))
    ranked = cut.mutate(
        missing=minus(cut.whole, sum_whole(cut.part).over(ibis.window(group_by="pool_id"))),
        rank=ibis.row_number().over(group_by="pool_id", order_by=[cut.left_over.desc(), cut.app_id]),
    )
    extra = ibis.ifelse(whole(ranked["rank"]) < ranked.missing, whole(1), whole(0))
    return ranked.mutate(part=plus(ranked.part, extra))
