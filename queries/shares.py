"""Who gets how much of each pool? An exact split by weights."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import money
from metrics.whole import divided, minus, money_of, money_units, plus, remainder, sum_whole, times, whole, within_reach

_CARRIED = ("pool_id", "app_id", "labels", "is_credit")


def shares(members: ir.Table) -> ir.Table:
    """Return every member's share of its pool, and share / pool as ``ratio``, with app_id and ``labels`` as given.

    ``members`` has pool_id, app_id, ``amount`` (the pool without its sign, the same on every row of a pool),
    ``is_credit``, ``floor`` (what each member gets before the rest is split, 0 for none), ``weighed`` (its weight, at
    least 0), and of its pool the number of members as ``heads`` and the sum of weights as ``total``; all in whole units
    (``metrics.whole``). Shares sum to the pool and ratios to 1, to the last decimal: what truncation leaves goes unit
    by unit to the largest remainders, then by app_id. Weights that are all 0, or floors above the pool, split evenly.
    A credit is split like its amount and given the sign back.

    Grain: one row per (pool_id, app_id). Source of the method: largest remainder (Hamilton).
    """
    zero, one = whole(0), whole(1)
    floors = times(members.floor, members.heads)
    is_short = floors > members.amount
    is_even = is_short | (members.total == zero)
    sized = members.select(
        *_CARRIED,
        "amount",
        floor=ibis.ifelse(is_short, zero, members.floor),
        rest=minus(members.amount, ibis.ifelse(is_short, zero, floors)),
        weighed=ibis.ifelse(is_even, one, members.weighed),
        total=ibis.ifelse(is_even, members.heads, members.total),
    )
    cut = _cut(sized, sized.rest, keep=("amount", "floor", "weighed", "total"))
    got = cut.mutate(got=plus(cut.floor, cut.part))
    # A ratio is the share of the pool; of an empty pool, what the weights say.
    is_empty = got.amount == zero
    rated = got.select(
        *_CARRIED,
        "got",
        weighed=ibis.ifelse(is_empty, got.weighed, got.got),
        total=ibis.ifelse(is_empty, got.total, got.amount),
    )
    rated = _cut(rated, money_units(money(1)), keep=("got",))
    signed = ibis.ifelse(rated.is_credit, minus(zero, rated.got), rated.got)
    return rated.select("app_id", "labels", share=money_of(signed), ratio=money_of(rated.part))


def _cut(rows: ir.Table, amount: ir.IntegerValue, *, keep: tuple[str, ...]) -> ir.Table:
    """Return each row's ``part`` of the amount, by ``weighed`` of ``total``."""
    product = times(within_reach(amount, rows.total), rows.weighed)
    cut = rows.select(
        *_CARRIED,
        *keep,
        amount_cut=amount,
        part=divided(product, rows.total),
        left_over=remainder(product, rows.total),
    )
    pool = ibis.window(group_by="pool_id")
    ranked = cut.select(
        *_CARRIED,
        *keep,
        "part",
        missing=minus(cut.amount_cut, sum_whole(cut.part).over(pool)),
        rank=ibis.row_number().over(group_by="pool_id", order_by=[cut.left_over.desc(), cut.app_id]),
    )
    extra = ibis.ifelse(whole(ranked["rank"]) < ranked.missing, whole(1), whole(0))
    return ranked.select(*_CARRIED, *keep, part=plus(ranked.part, extra))
