"""Which events of apps are of some teams, by who had the app at the time?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir


def owned_then(events: ir.Table, apps: ir.Table, teams: Sequence[str]) -> ir.Table:
    """Return events (``app_id``, ``time``) of the apps that ``teams`` had when they happened. Grain: as given."""
    own = apps.filter(apps.team_id.isin(list(teams)))
    own = own.select(owned_app="app_id", owned_from="valid_from", owned_to="valid_to")
    held = [events.app_id == own.owned_app, events.time >= own.owned_from, events.time < own.owned_to]
    return events.join(own, held).select(events)
