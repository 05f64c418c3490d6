"""What a viewer may read from outside of the screens: the same rows, as views."""

from __future__ import annotations

from metering.credentials.caller import QUERY, Caller
from ui.scope import scoped
from ui.viewer import Viewer
from warehouse.readers import Reader
from warehouse.tables import SCHEMAS, to_sql

# Not for reading: credentials, even as digests.
HIDDEN = frozenset({"api_keys"})


def reader(viewer: Viewer) -> Reader:
    """Return the viewer as a reader: the tables they may see, each with the rows that pages would show them."""
    views = {}
    for name in SCHEMAS:
        if name in HIDDEN:
            continue
        try:
            views[name] = to_sql(scoped(name, viewer))
        except PermissionError:
            continue  # rows of every team: not for this viewer
    return Reader(name=viewer.name, scope=viewer.scope, sees_all=viewer.sees_all_teams, views=views)


def reader_of(caller: Caller) -> Reader | None:
    """Return who reads with a credential: everything with the scope ``query``, one team's rows with ``query:TEAM``."""
    if QUERY in caller.scopes:
        return reader(Viewer(name=caller.source, roles=frozenset({"analyst"})))
    teams = frozenset(scope.removeprefix(f"{QUERY}:") for scope in caller.scopes if scope.startswith(f"{QUERY}:"))
    return reader(Viewer(name=caller.source, roles=frozenset({"lead"}), team_ids=teams)) if teams else None
