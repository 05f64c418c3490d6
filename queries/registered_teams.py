"""Which teams are there?"""

from __future__ import annotations

import ibis.expr.types as ir


def registered_teams(teams: ir.Table) -> ir.Table:
    """Return every team that ever was, with its latest name. Grain: one row per team_id."""
    held = teams.filter(teams.valid_from < teams.valid_to)
    return held.group_by("team_id").agg(team_name=held.team_name.argmax(held.valid_from)).order_by("team_id")
