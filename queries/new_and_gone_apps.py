"""Which apps appeared, and which disappeared?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import latest, or_zero, sum_money
from queries.chosen import Where, between, chosen


def new_and_gone_apps(
    charges: ir.Table,
    *,
    start: datetime,
    end: datetime,
    previous_start: datetime,
    previous_end: datetime,
    where: Where | None = None,
) -> ir.Table:
    """Return apps with charges in only one of the periods: ``new`` in ``[start, end)``, ``gone`` since the previous.

    Grain: one row per app_id; new ones first, the costliest first. Effective cost of that period, store's currency.
    """
    held = chosen(charges, where=where)
    sides = [_apps(between(held, start, end)), _apps(between(held, previous_start, previous_end))]
    only = [
        side.anti_join(other, "app_id").mutate(state=ibis.literal(state))
        for side, other, state in ((sides[0], sides[1], "new"), (sides[1], sides[0], "gone"))
    ]
    both = ibis.union(*only)
    return both.order_by(both.state.desc(), both.effective_cost.desc(), "app_id")


def _apps(charges: ir.Table) -> ir.Table:
    named = charges.filter(charges.app_id != "")
    return named.group_by("app_id").agg(
        team_id=latest(named.team_id, named.charge_period_start),
        lifecycle=latest(named.lifecycle, named.charge_period_start),
        effective_cost=or_zero(sum_money(named.effective_cost)),
        first_seen=named.charge_period_start.min(),
        last_seen=named.charge_period_start.max(),
    )
