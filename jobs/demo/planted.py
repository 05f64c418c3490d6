"""What the demo of a store planted, for whoever judges a detector by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from jobs.demo.apps import make_apps
from jobs.demo.plan import Plan
from jobs.demo.story import tell
from warehouse.connect import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """An incident in ``[start, end)``; ``is_expected`` is a launch: dearer, and no incident."""

    incident_id: str
    kind: str
    app_id: str
    start: datetime
    end: datetime
    is_expected: bool
    cause: str


def plan_of(store: Store) -> Plan | None:
    """Return the plan of the demo that a store holds, if it holds one."""
    origins = store.rows("SELECT DISTINCT origin FROM batches WHERE startsWith(origin, 'demo/') ORDER BY origin")
    plans = (Plan.named(row["origin"].rpartition("/")[0]) for row in origins)
    return next((plan for plan in plans if plan is not None), None)


def planted(store: Store) -> list[Planted]:
    """Return what the demo of a store planted, the first first; nothing if it holds no demo.

    It is made again from the demo's name: same name, same story.
    """
    plan = plan_of(store)
    if plan is None:
        return []
    found = [
        Planted(
            incident_id=incident.incident_id,
            kind=incident.kind,
            app_id=incident.app_id,
            start=plan.instant(incident.start),
            end=plan.instant(incident.end),
            is_expected=incident.is_expected,
            cause=incident.cause,
        )
        for incident in tell(plan, make_apps(plan)).incidents
    ]
    return sorted(found, key=lambda one: (one.start, one.app_id))
