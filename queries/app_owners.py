"""Who owned which app, and where was it booked, over time?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

_NAMED = ("app_id", "team_id", "cost_center", "environment", "lifecycle", "valid_from", "valid_to")


def app_owners(apps: ir.Table, teams: ir.Table) -> ir.Table:
    """Return the team, cost center, environment and lifecycle of every app over time.

    An app's own cost center stands; without one it is booked where its team is booked at that time, and nowhere
    (an empty cost center) while the team has no row: a registered app is registered all the same.
    Grain: one row per (app_id, valid_from); half-open, UTC, not overlapping, without gaps that ``apps`` does not have.
    """
    held = apps.filter(apps.valid_from < apps.valid_to).select(*_NAMED)
    booked = teams.filter(teams.valid_from < teams.valid_to).select(
        booked_team="team_id", booked_at="cost_center", booked_from="valid_from", booked_to="valid_to"
    )
    # An app's row is cut wherever its team's bookings begin or end.
    edges = booked.select("booked_team", edge="booked_from").union(booked.select("booked_team", edge="booked_to"))
    inside = [held.team_id == edges.booked_team, held.valid_from < edges.edge, edges.edge < held.valid_to]
    starts = held.mutate(starts=held.valid_from).select(*_NAMED, "starts")
    cuts = held.join(edges, inside).select(*_NAMED, starts="edge")
    pieces = starts.union(cuts.cast(starts.schema()), distinct=True)
    following = ibis.window(group_by=["app_id", "valid_from"], order_by="starts")
    # Not a window with a default: the engine's lead() gives the epoch where nothing follows.
    pieces = pieces.mutate(next_start=pieces.starts.lead().over(following))
    pieces = pieces.mutate(ends=ibis.ifelse(pieces.next_start > pieces.starts, pieces.next_start, pieces.valid_to))
    placed = pieces.asof_join(
        booked, pieces.starts >= booked.booked_from, predicates=[pieces.team_id == booked.booked_team]
    )
    by_team = ibis.ifelse(placed.starts < placed.booked_to, placed.booked_at, "")
    cost_center = ibis.ifelse(placed.cost_center != "", placed.cost_center, by_team)
    return (
        placed.mutate(cost_center=cost_center)
        .drop("valid_from", "valid_to")
        .rename(valid_from="starts", valid_to="ends")
        .select(*_NAMED)
        .order_by("app_id", "valid_from")
    )
