"""How is an amount split by weights, without a remainder?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from metrics.whole import divided, minus, plus, remainder, sum_whole, times, whole, within_reach


def split(rows: ir.Table, amount: str, *, by: str, within: Sequence[str], ties: Sequence[str], into: str) -> ir.Table:
    """Return the rows with their part of ``amount``, in proportion to ``by``, as the column ``into``.

    All three are whole units (``metrics.whole``), at least 0; ``amount`` is the same on every row of a group
    ``within``, whose weights do not all vanish. Parts sum to the amount: what truncation leaves goes unit by unit to
    the largest remainders, then in the order of ``ties``, which tell the rows of a group apart.

    Grain: as given. Source of the method: largest remainder (Hamilton).
    """
    group = ibis.window(group_by=list(within))
    total = sum_whole(rows[by]).over(group)
    sized = rows.mutate(split_total=total)
    product = times(within_reach(sized[amount], sized.split_total), sized[by])
    cut = sized.mutate(split_part=divided(product, sized.split_total), split_left=remainder(product, sized.split_total))
    ranked = cut.mutate(
        split_missing=minus(cut[amount], sum_whole(cut.split_part).over(group)),
        split_rank=ibis.row_number().over(group_by=list(within), order_by=[cut.split_left.desc(), *ties]),
    )
    extra = ibis.ifelse(whole(ranked.split_rank) < ranked.split_missing, whole(1), whole(0))
    parts = ranked.mutate(**{into: plus(ranked.split_part, extra)})
    return parts.drop("split_total", "split_part", "split_left", "split_missing", "split_rank")
