"""Which apps cost the most this week, and which jumped?"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from metrics.exact import latest, minus_money, money, or_zero, per_cost, sum_money, times_count, truth
from queries.chosen import Where, chosen

WEEK = timedelta(days=7)


def top_movers(
    charges: ir.Table,
    *,
    as_of: datetime,
    minimum_spend: Decimal = Decimal(50),
    factor: int = 3,
    limit: int = 20,
    where: Where | None = None,
) -> ir.Table:
    """Return the apps that cost the most in the week before ``as_of``, against the week before that.

    ``is_spike``: at least ``factor`` times the previous week and at least ``minimum_spend``. An app whose first charge
    is younger than two weeks has no week to compare with: it ``is_new`` and never a spike. ``growth`` is current /
    previous, truncated at the 21st decimal; empty where the previous week cost nothing.

    Grain: one row per app_id that cost anything in either week, at most ``limit``, the costliest first. Effective
    cost, in the store's currency.
    """
    held = chosen(charges, end=as_of, where=where)
    held = held.filter(held.app_id != "")
    # One pass: an app has few owners, so the sums of its weeks and its first moment meet in a small table.
    at, week, two_weeks = held.charge_period_start, ibis.literal(as_of - WEEK), ibis.literal(as_of - 2 * WEEK)
    by_team = held.group_by("app_id", "team_id").agg(
        current_part=sum_money(held.effective_cost, where=at >= week),
        previous_part=sum_money(held.effective_cost, where=(at >= two_weeks) & (at < week)),
        first_moment=at.min(),
        last_moment=at.max(),
    )
    apps = by_team.group_by("app_id").agg(
        latest_team=latest(by_team.team_id, by_team.last_moment),
        current_cost=or_zero(sum_money(by_team.current_part)),
        previous_cost=or_zero(sum_money(by_team.previous_part)),
        first_seen=by_team.first_moment.min(),
        last_seen=by_team.last_moment.max(),
    )
    known = apps.filter(apps.last_seen >= two_weeks, (apps.current_cost != money()) | (apps.previous_cost != money()))
    is_new = known.first_seen > two_weeks
    jumped = known.current_cost >= times_count(known.previous_cost, factor)
    moved = known.select(
        "app_id",
        known.latest_team.name("team_id"),
        "current_cost",
        "previous_cost",
        change=minus_money(known.current_cost, known.previous_cost),
        growth=per_cost(known.current_cost, known.previous_cost.nullif(money())),
        is_new=truth(is_new),
        is_spike=truth(~is_new & jumped & (known.current_cost >= ibis.literal(minimum_spend, "decimal(76, 21)"))),
        first_seen=known.first_seen,
    )
    return moved.order_by(moved.current_cost.desc(), "app_id").limit(limit)
