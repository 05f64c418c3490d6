"""Who owned which app, and where was it booked, over time?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def app_owners(apps: ir.Table, teams: ir.Table) -> ir.Table:
    """Return the team, cost center, environment and lifecycle of every app over time.

    An app's own cost center stands; without one it is booked where its team is booked at that time.
    Grain: one row per (app_id, valid_from); half-open, UTC, not overlapping.
    """
    held = apps.filter(apps.valid_from < apps.valid_to)
    named = ["app_id", "team_id", "cost_center", "environment", "lifecycle", "valid_from", "valid_to"]
    own = held.filter(held.cost_center != "").select(named)

    booked = teams.filter(teams.valid_from < teams.valid_to).select(
        booked_team="team_id", booked_at="cost_center", booked_from="valid_from", booked_to="valid_to"
    )
    without = held.filter(held.cost_center == "").drop("cost_center")
    both = without.join(
        booked,
        [
            without.team_id == booked.booked_team,
            without.valid_from < booked.booked_to,
            booked.booked_from < without.valid_to,
        ],
    )
    by_team = both.mutate(
        cost_center=both.booked_at,
        valid_from=ibis.greatest(both.valid_from, both.booked_from),
        valid_to=ibis.least(both.valid_to, both.booked_to),
    ).select(named)
    return own.union(by_team.cast(own.schema())).order_by("app_id", "valid_from")
