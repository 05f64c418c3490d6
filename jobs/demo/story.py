"""What happened on the platform: incidents and their look-alikes, a price change, a reorganization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from jobs.demo.apps import App
from jobs.demo.models import GEMINI, GPT_4O_MINI, HOSTED, UNPRICED
from jobs.demo.plan import Plan

# kind, days ago, hour UTC, hours, factor, kinds of apps, rank of the app by size among them
_PLANNED = (
    ("retry_storm", 1, 14, 5, 14.0, ("assistant", "agent"), 4),
    ("runaway_loop", 4, 21, 34, 9.0, ("agent",), 2),
    ("launch", 6, 9, 60, 2.4, ("storefront",), 1),
    ("model_misroute", 8, 11, 52, 1.0, ("storefront", "assistant", "pipeline"), 0),
    ("leak", 11, 6, 96, 7.0, ("service",), 1),
    ("runaway_loop", 19, 1, 26, 7.0, ("agent", "assistant"), 6),
    ("retry_storm", 24, 15, 7, 20.0, ("storefront",), 2),
    ("model_misroute", 31, 8, 30, 1.0, ("pipeline", "assistant"), 2),
    ("leak", 38, 17, 120, 5.0, ("service", "storefront"), 3),
    ("launch", 43, 8, 80, 1.9, ("assistant",), 3),
    ("retry_storm", 49, 13, 4, 25.0, ("agent",), 5),
)

# The runaway at a launch: hours after the app began, hours, factor; and how long before the end it may have begun
_LAUNCH_RUNAWAY = (5, 16, 25.0)
_LAUNCHED_DAYS = (2, 10)

_CAUSES = {
    "retry_storm": "a client retries failed calls without back-off",
    "runaway_loop": "an agent calls itself until somebody stops it",
    "model_misroute": "a deploy sends calls to a dearer model",
    "leak": "memory grows until the next deploy",
    "launch": "a campaign: expected, no incident",
    "launch_runaway": "a new app calls far more than it declared",
}


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that made an app dearer in ``[start, end)`` (hours of the plan). ``launch`` is the expected kind."""

    incident_id: str
    kind: str
    app_id: str
    start: int
    end: int
    factor: float

    @property
    def cause(self) -> str:
        return _CAUSES[self.kind]

    @property
    def is_expected(self) -> bool:
        return self.kind == "launch"

    def during(self, hours: int) -> NDArray[np.bool_]:
        """Return which hours it holds."""
        clock = np.arange(hours)
        return (clock >= self.start) & (clock < self.end)

    def ramp(self, hours: int) -> NDArray[np.float64]:
        """Return how far it has come by each hour: 0 before, up to 1 within, 0 after."""
        clock = np.arange(hours)
        return np.where(self.during(hours), (clock - self.start + 1) / (self.end - self.start), 0.0)


@dataclass(frozen=True, slots=True)
class Story:
    """``hosted_prices`` are USD for a million tokens of the in-house model: input and output, before and after."""

    incidents: tuple[Incident, ...]
    repriced_at: datetime
    hosted_prices: tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]
    moved_at: datetime
    moved_apps: tuple[str, ...]
    moved_from: str
    moved_to: str


def tell(plan: Plan, apps: Sequence[App]) -> Story:
    """Return the story of a platform; what lies before its time is left out."""
    moved = [
        app.app_id
        for app in apps
        if app.team.team_id == "growth" and app.lifecycle == "persistent" and app.identity != "none"
    ]
    middle = plan.start + timedelta(days=int(plan.days * 0.55))
    later = plan.start + timedelta(days=int(plan.days * 0.72))
    return Story(
        incidents=tuple(_incidents(plan, apps)),
        repriced_at=_weekday(middle).replace(hour=10, minute=30),
        hosted_prices=((Decimal("0.60"), Decimal("0.90")), (Decimal("0.38"), Decimal("0.55"))),
        moved_at=_weekday(later).replace(hour=13, minute=15),
        moved_apps=tuple(moved[: max(1, len(moved) // 2)]),
        moved_from="growth",
        moved_to="personalization",
    )


def _weekday(day: datetime) -> datetime:
    """Return the day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _incidents(plan: Plan, apps: Sequence[App]) -> list[Incident]:
    lasting = [app for app in apps if (app.born, app.died) == (0, plan.hours) and app.environment == "production"]
    lasting.sort(key=lambda app: (-app.usd_per_month, app.number))
    chosen: list[Incident] = []
    for kind, days_ago, hour, length, factor, app_kinds, rank in _PLANNED:
        start = plan.hour_of(plan.until.replace(hour=hour) - timedelta(days=days_ago))
        taken = {incident.app_id for incident in chosen}
        fitting = [
            app for app in lasting if app.kind.name in app_kinds and app.app_id not in taken and _fits(app, kind)
        ]
        if start >= 48 and fitting:
            app = fitting[min(rank, len(fitting) - 1)]
            number = f"incident-{len(chosen) + 1:02d}"
            chosen.append(Incident(number, kind, app.app_id, start, min(start + length, plan.hours), factor))
    return [*chosen, *_launch_runaway(plan, apps, len(chosen) + 1)]


def _launch_runaway(plan: Plan, apps: Sequence[App], number: int) -> list[Incident]:
    """Return the runaway of the largest app of those launched lately that call a model and name themselves, if any."""
    after, length, factor = _LAUNCH_RUNAWAY
    latest, earliest = (plan.hours - 24 * days for days in _LAUNCHED_DAYS)
    lately = [
        app
        for app in apps
        if max(earliest, 1) <= app.born <= latest and app.died >= app.born + after + length
        if app.models and app.models[0][0] is not UNPRICED and app.identity == "tag"
    ]
    if not lately:
        return []
    app = max(lately, key=lambda one: (one.usd_per_month, -one.number))
    start = app.born + after
    return [Incident(f"incident-{number:02d}", "launch_runaway", app.app_id, start, start + length, factor)]


def _fits(app: App, kind: str) -> bool:
    if kind == "model_misroute":
        return bool(app.models) and app.models[0][0] in (GPT_4O_MINI, GEMINI, HOSTED)
    return kind == "leak" or bool(app.models)
