"""What waits for an owner, whose may it be, and where would its cost go?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.app_owners import app_owners
from queries.as_of import as_of as in_force
from queries.owner_suggestions import owner_suggestions
from queries.pending_usage import PENDING, pending_usage
from queries.still_waiting import still_waiting


def waiting_usage(
    charges: ir.Table,
    evidence: ir.Table,
    leases: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    reconciliation_words: ir.Table,
    *,
    as_of: datetime,
    hours: int,
    state: str = PENDING,
) -> ir.Table:
    """Return usage on the default cost center with the surest registered owner that evidence names ('' if none is).

    ``team_id`` and ``cost_center`` are that app's when the usage began; ``hours_left`` is until the deadline. What
    finance left where it is waits no more.
    Grain: one row per resource in this state (``pending`` or ``unresolved``), the most expensive first.
    """
    waiting = pending_usage(still_waiting(charges, reconciliation_words), as_of=as_of, hours=hours)
    waiting = waiting.filter(waiting.state == state)
    named = owner_suggestions(charges, evidence, leases, as_of=as_of, hours=hours)
    named = named.filter(named.state == state).drop("state")
    # Nothing can be given to an app that nobody registered; it counts as named all the same.
    named = named.semi_join(apps, "app_id")
    first = ibis.window(group_by="resource_id", order_by=[named.confidence.desc(), "app_id"])
    surest = named.mutate(nth=ibis.row_number().over(first))
    surest = surest.filter(surest.nth == 0).drop("nth").rename(named_resource="resource_id")
    found = waiting.left_join(surest, waiting.resource_id == surest.named_resource).drop("named_resource")
    found = found.mutate(
        time=found.begins.cast("!timestamp('UTC', 3)"),
        app_id=found.app_id.fill_null(""),
        owned_from=ibis.ifelse(found.owned_from < found.begins, found.begins, found.owned_from),
        hours_left=ibis.greatest((found.deadline.epoch_seconds() - ibis.literal(as_of).epoch_seconds()) // 3600, 0),
    )
    owned = in_force(found, app_owners(apps, teams), "app", on={"app_id": "app_id"}, says=("team_id", "cost_center"))
    told = owned.rename(team_id="app_team_id", cost_center="app_cost_center").drop("time", "app_found")
    return told.order_by(told.effective_cost.desc(), "resource_id")
