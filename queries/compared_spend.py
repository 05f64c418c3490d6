"""How much, split by what, and how much was it in another period?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.catalog import measure
from metrics.exact import minus_money, money, per_cost
from queries.chosen import Where
from queries.spend import spend

_NUMBER = "decimal(76, 21)"


def compared_spend(
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    previous_start: datetime,
    previous_end: datetime,
    measures: Sequence[str] = ("effective_cost",),
    by: Sequence[str] = (),
    where: Where | None = None,
    limit: int | None = None,
) -> ir.Table:
    """Return measures of ``[start, end)``, of the previous period, and for each its change and growth.

    For a measure m: ``m``, ``previous_m``, ``m_change`` and ``m_growth`` = change / previous (a fraction, truncated at
    the 21st decimal; empty where the previous is 0 or empty). A group without charges in a period has 0 of an additive
    measure there, and no value of any other. A cost that is empty because nothing was priced stays empty.
    Counts are integers.

    Grain: one row per combination of ``by``, the largest of the first measure first, at most ``limit``.
    """
    sides = [
        _side(charges, start, end, measures, by, where, is_current=True),
        _side(charges, previous_start, previous_end, measures, by, where, is_current=False),
    ]
    both = ibis.union(*sides)
    values = {f"before_{name}": both[name].max(where=~both.is_current) for name in measures}
    values |= {f"now_{name}": both[name].max(where=both.is_current) for name in measures}
    seen = {"seen_now": both.is_current.any(), "seen_before": (~both.is_current).any()}
    groups = both.group_by(list(by)).agg(**values, **seen) if by else both.agg(**values, **seen)
    columns: dict[str, ir.Value] = {}
    for name in measures:
        now, before = groups[f"now_{name}"], groups[f"before_{name}"]
        if measure(name).additive:
            now = ibis.ifelse(groups.seen_now, now, money())
            before = ibis.ifelse(groups.seen_before, before, money())
        change = minus_money(now, before)
        told = {name: now, f"previous_{name}": before, f"{name}_change": change}
        is_count = measure(name).expr(charges).type().is_integer()
        columns |= {key: value.cast("int64") for key, value in told.items()} if is_count else told
        columns |= {f"{name}_growth": per_cost(change, before.nullif(money()))}
    answer = groups.select(*by, **columns)
    answer = answer.order_by([ibis.desc(measures[0], nulls_first=False), *by])
    return answer.limit(limit) if limit is not None else answer


def _side(
    charges: ir.Table,
    start: datetime,
    end: datetime,
    measures: Sequence[str],
    by: Sequence[str],
    where: Where | None,
    *,
    is_current: bool,
) -> ir.Table:
    totals = spend(charges, start=start, end=end, measures=measures, by=by, where=where)
    # One type for all: counts and quantities can be subtracted like money, and empty stays empty.
    numbers = {name: totals[name].cast(_NUMBER) for name in measures}
    return totals.select(*by, **numbers, is_current=ibis.literal(is_current))
