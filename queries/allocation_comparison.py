"""Who would bear how much of the platform's costs under other methods than today's?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, or_zero, sum_money
from metrics.methods import BASES, parse_method
from queries.activity import activity
from queries.pool_periods import pool_periods
from queries.pools import pools
from queries.pools_under import pools_under
from queries.split_pools import split_pools

UNALLOCATED = "(unallocated)"  # no id or name of ours may hold a parenthesis


def allocation_comparison(
    charges: ir.Table,
    lifecycle: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    allocation_rules: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    cost_types: Sequence[str] | None = None,
    methods: Sequence[str] = ("even", "proportional:effective_cost"),
    by: str = "team_id",
    bases: Sequence[str] = BASES,
) -> ir.Table:
    """Return what each method gives each team or app of the pools that begin in ``[start, end)``, beside today's rules.

    ``methods`` are written as ``parse_method`` reads them; ``by`` is team_id, app_id, cost_center or another column of
    the owner. What nobody bears is ``(unallocated)``. Every method's ``effective_cost`` sums to the pools, and so does
    ``todays_cost``; ``change`` is the difference and sums to 0.

    Grain: one row per method (in the order given, from 1) and value of ``by``, the largest of today first.
    """
    chosen: dict[str, Any] = {"start": start, "end": end, "cost_types": cost_types}
    ruled = pools(charges, allocation_rules, **chosen)
    variants = [ruled.mutate(variant=ibis.literal(0, "!int16"))]
    variants += [pools_under(ruled, parse_method(text), number) for number, text in enumerate(methods, 1)]
    asked = ibis.union(*[variant.cast(variants[0].schema()) for variant in variants])
    active = activity(charges, lifecycle, apps, teams, **chosen, bases=bases)
    split = split_pools(asked, active, pool_periods(charges, **chosen), bases=bases)
    split = split.mutate(bearer=ibis.ifelse(split.app_id == "", UNALLOCATED, split[by]))
    costs = {
        f"cost_{number}": or_zero(sum_money(split.share, where=split.variant == number))
        for number in range(len(variants))
    }
    wide = split.group_by("bearer").agg(**costs)
    long = wide.mutate(method_number=ibis.range(1, len(variants)).unnest())
    numbers = range(1, len(variants))
    cost = ibis.cases(*[(long.method_number == number, long[f"cost_{number}"]) for number in numbers])
    name = ibis.cases(*[(long.method_number == number, methods[number - 1]) for number in numbers])
    answer = long.select(
        "method_number",
        method=name,
        **{by: long.bearer},
        todays_cost=long.cost_0,
        effective_cost=cost,
        change=minus_money(cost, long.cost_0),
    )
    return answer.order_by("method_number", answer.todays_cost.desc(), by)
