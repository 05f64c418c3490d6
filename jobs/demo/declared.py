"""What new apps said at onboarding that they would spend in a month. Most kept to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jobs.demo.apps import App
from jobs.demo.story import Story

EVERY = 3  # one in so many new apps was asked to
ROOM = 1.25  # people declare a little more than they need


def declared_spend(apps: Sequence[App], story: Story) -> dict[str, Decimal]:
    """Return USD a month by app: of some apps that began on the way, and of the one that ran away at its launch."""
    ran_away = {incident.app_id for incident in story.incidents if incident.kind == "launch_runaway"}
    return {
        app.app_id: Decimal(max(round(app.usd_per_month * ROOM / 10) * 10, 10))
        for app in apps
        if app.born and app.identity != "none" and (app.number % EVERY == 0 or app.app_id in ran_away)
    }
