"""How much, split by one dimension: the largest values by name and everything else as one?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.catalog import dimension, measure, unknown
from metrics.core import Dimension, aggregate
from queries.chosen import Where, chosen
from queries.spend import GRAINS

OTHER = "(other)"  # no id or name of ours may hold a parenthesis


def top_spend(
    charges: ir.Table,
    *,
    by: str,
    start: datetime | None = None,
    end: datetime | None = None,
    measures: Sequence[str] = ("effective_cost",),
    rank_by: str = "effective_cost",
    grain: str | None = None,
    where: Where | None = None,
    top: int = 8,
) -> ir.Table:
    """Return measures by the ``top`` values of a dimension, ranked by one measure over the whole period.

    All other values together are ``(other)``: measured as one group, so that a sum loses nothing and a ratio or a
    count of different things stays right. Values are text.
    Grain: one row per time (if a grain is given) and value; by rank without a grain, ``(other)`` last.

    Raises:
        KeyError: an unknown measure, dimension or grain.

    """
    if grain is not None and grain not in GRAINS:
        raise unknown("grain", grain, GRAINS)
    split, ranking = dimension(by), measure(rank_by)
    held = chosen(charges, start=start, end=end, where=where, by=[by])
    order = [ibis.desc(ranking.name, nulls_first=False), split.name]
    largest = aggregate(held, [ranking], by=[split]).order_by(order).limit(top)

    def named(rows: ir.Table) -> ir.Column:
        value = split.expr(rows)
        return ibis.ifelse(value.isin(largest[split.name]), value.cast("!string"), OTHER)

    group = Dimension(name=by, label=split.label, description=split.description, expr=named)
    asked = [measure(name) for name in dict.fromkeys([*measures, rank_by])]
    totals = aggregate(held, asked, by=[*([GRAINS[grain]] if grain else []), group])
    if grain:
        return totals.order_by([GRAINS[grain].name, by])
    return totals.order_by([totals[by] == OTHER, ibis.desc(ranking.name, nulls_first=False), by])
