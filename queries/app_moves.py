"""Which apps changed their team, when, from whom to whom?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir


def app_moves(apps: ir.Table, *, start: datetime, end: datetime, team_id: str) -> ir.Table:
    """Return the moves in ``[start, end)`` of apps to the team and away from it.

    Grain: one row per (app_id, moved_at), the earliest first. A first owner is no move.
    """
    held = apps.filter(apps.valid_from < apps.valid_to)
    turns = ibis.window(group_by="app_id", order_by="valid_from")
    steps = held.select("app_id", moved_at="valid_from", to_team="team_id", from_team=held.team_id.lag().over(turns))
    # The engine's lag() gives an empty text where nothing precedes.
    moved = steps.filter(
        steps.from_team.notnull(),
        steps.from_team != "",
        steps.from_team != steps.to_team,
        (steps.from_team == team_id) | (steps.to_team == team_id),
        steps.moved_at >= ibis.literal(start),
        steps.moved_at < ibis.literal(end),
    )
    return moved.order_by("moved_at", "app_id")
