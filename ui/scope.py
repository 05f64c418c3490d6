"""The one place that decides which rows of a table a viewer may see."""

from __future__ import annotations

import ibis.expr.types as ir

from queries.owned_then import owned_then
from ui.viewer import Viewer
from warehouse.tables import table

# These name no team, app or resource.
OPEN = frozenset({"prices", "charge_generations", "detector_versions", "alert_budgets"})
# These name an app: its owner at that moment may see them.
OWNED_THEN = frozenset({"lifecycle", "alerts", "line_scores"})


def scoped(name: str, viewer: Viewer) -> ir.Table:
    """Return the rows of a table that the viewer may see. Without a team there are none.

    Raises:
        KeyError: no such table.
        PermissionError: the table cannot be split by team and the viewer does not see all of them.

    """
    whole = table(name)
    if viewer.sees_all_teams or name in OPEN:
        return whole
    teams = sorted(viewer.team_ids)
    if "team_id" in whole.columns:
        return whole.filter(whole.team_id.isin(teams))
    if name in OWNED_THEN:
        return owned_then(whole, table("apps"), teams)
    raise PermissionError(f"{name} holds rows of every team; {viewer.name} sees only {', '.join(teams) or 'nothing'}")


def is_of(viewer: Viewer, team_id: str) -> bool:
    """Return whether the viewer may see what is booked on a team: for rows that are no table, such as draft lines."""
    return viewer.sees_all_teams or team_id in viewer.team_ids
