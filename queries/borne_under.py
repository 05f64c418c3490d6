"""What would an app bear of shared costs under another rule than each has?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, or_zero, sum_money
from metrics.methods import parse_method
from queries.activity import activity
from queries.pool_periods import pool_periods
from queries.pools import pools
from queries.pools_under import pools_under
from queries.split_pools import split_pools


def borne_under(
    charges: ir.Table,
    lifecycle: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    allocation_rules: ir.Table,
    *,
    start: datetime,
    end: datetime,
    app_id: str,
    method: str,
    bases: Sequence[str],
    line: Mapping[str, Any] | None = None,
    team_ids: Sequence[str] | None = None,
) -> ir.Table:
    """Return what an app bears of the pools that begin in ``[start, end)``, beside what it would under ``method``.

    ``method`` is written as ``parse_method`` reads it. Of an invoice ``line`` of kind ``allocated`` only the pools that
    it shares; with ``team_ids`` only what is booked on these teams. Nothing stored is touched.

    Grain: one row per sku_id (``platform_cost/<cost type>``), the largest change first. Changes sum to ``all_change``.
    """
    inside: dict[str, Any] = {"start": start, "end": end}
    if line is not None:
        inside["cost_types"] = [line["sku_id"].partition("/")[2]]
    ruled = pools(charges, allocation_rules, **inside)
    today = ruled.mutate(variant=ibis.literal(0, "!int16"))
    asked = ibis.union(today, pools_under(ruled, parse_method(method), 1).cast(today.schema()))
    active = activity(charges, lifecycle, apps, teams, **inside, bases=bases)
    split = split_pools(asked, active, pool_periods(charges, **inside), bases=bases)
    own = split.filter(split.app_id == app_id)
    if team_ids is not None:
        own = own.filter(own.team_id.isin(list(team_ids)))
    if line is not None:
        own = own.filter(own.team_id == line["team_id"], own.cost_center == line["cost_center"])
        own = own.filter(own.allocated_method_id == line["allocation_rule_id"])
    found = own.group_by(sku_id=ibis.literal("platform_cost/") + own.cost_type).agg(
        pools=own.count(where=own.variant == 0),
        cost_now=or_zero(sum_money(own.share, where=own.variant == 0)),
        cost_then=or_zero(sum_money(own.share, where=own.variant == 1)),
    )
    found = found.mutate(change=minus_money(found.cost_then, found.cost_now))
    totals = {f"all_{name}": sum_money(found[name]).over(ibis.window()) for name in ("cost_now", "cost_then", "change")}
    answer = found.mutate(**totals)
    return answer.order_by([ibis.desc(answer.change.abs()), "sku_id"])
