"""What is there to know about each app?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.catalog import measure
from metrics.exact import latest, or_zero
from queries.chosen import Where, chosen

MEASURES = (
    "effective_cost",
    "list_cost",
    "requests",
    "tokens",
    "cost_per_1k_requests",
    "cost_per_1m_tokens",
    "unpriced_events",
    "event_count",
)
_LATEST = ("team_id", "cost_center", "lifecycle", "environment")


def app_list(
    charges: ir.Table,
    apps: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    where: Where | None = None,
    limit: int | None = None,
) -> ir.Table:
    """Return every app with charges in ``[start, end)``: its name, owner, cost, use, unit costs, first and last seen.

    Owner, lifecycle and environment are those of its latest charge, the name is the registry's latest.
    Grain: one row per app_id, the costliest first, at most ``limit``. Money in the store's currency.
    """
    held = chosen(charges, start=start, end=end, where=where)
    held = held.filter(held.app_id != "")
    measured = held.group_by("app_id").agg(**{name: measure(name).expr(held) for name in MEASURES})
    # An app has few owners: the latest is cheap to find among them, and dear among charges.
    owners = held.group_by(["app_id", *_LATEST]).agg(
        first_moment=held.charge_period_start.min(), last_moment=held.charge_period_start.max()
    )
    moments = owners.group_by("app_id").agg(
        **{name: latest(owners[name], owners.last_moment) for name in _LATEST},
        first_seen=owners.first_moment.min(),
        last_seen=owners.last_moment.max(),
    )
    registered = apps.filter(apps.valid_from < apps.valid_to)
    names = registered.group_by("app_id").agg(app_name=registered.app_name.argmax(registered.valid_from))
    known = measured.join(moments, "app_id").left_join(names, "app_id")
    name = known.app_name.fill_null("")
    answer = known.select(
        known.app_id,
        app_name=ibis.ifelse(name != "", name, known.app_id),
        **{column: known[column] for column in (*_LATEST, *MEASURES, "first_seen", "last_seen")},
    )
    answer = answer.order_by(or_zero(answer.effective_cost).desc(), "app_id")
    return answer.limit(limit) if limit is not None else answer
