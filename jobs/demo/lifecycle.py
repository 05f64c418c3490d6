"""Starts, stops, scalings and deploys of every app, and the alerts that monitoring raised beside incidents."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from jobs.demo.apps import App
from jobs.demo.plan import Plan
from jobs.demo.story import Incident, Story

DEPLOYS_A_WEEK = 1.6

_ALERTS = {
    "retry_storm": ("HighErrorRate", "critical"),
    "runaway_loop": ("TokenRateAboveBaseline", "warning"),
    "model_misroute": ("CostPerRequestIncreased", "warning"),
    "launch_runaway": ("TokenRateAboveBaseline", "warning"),
    "leak": ("ContainerMemoryNearLimit", "warning"),
}
_ORDINARY_ALERTS = (("PodRestarted", "info"), ("LatencyP95High", "warning"), ("CertificateExpiresSoon", "info"))


def make_lifecycle(plan: Plan, apps: Sequence[App], story: Story) -> Iterator[dict[str, Any]]:
    """Yield the lifecycle events of all apps."""
    of_app = {incident.app_id: incident for incident in story.incidents}
    for app in apps:
        for number, (hour, action, attributes) in enumerate(_moments(plan, app, of_app.get(app.app_id))):
            yield {
                "type": "lifecycle",
                "source": "deploy-controller",
                "event_id": f"{plan.name}/{app.app_id}/{number}",
                "time": plan.instant(hour).isoformat(timespec="milliseconds"),
                "resource_id": app.resource("fn"),
                "app_id": app.app_id if app.identity != "none" else "",
                "environment": app.environment,
                "lease_id": app.lease_id,
                "action": action,
                "attributes": attributes,
            }


def make_alerts(plan: Plan, apps: Sequence[App], story: Story) -> Iterator[dict[str, Any]]:
    """Yield alerts: one soon after each incident began, and ordinary ones that mean nothing for cost."""
    chance = plan.random(7)
    by_id = {app.app_id: app for app in apps}
    alerts = [
        (
            incident.start + 0.4,
            max(incident.end - 0.2, incident.start + 1.0),
            by_id[incident.app_id],
            *_ALERTS[incident.kind],
        )
        for incident in story.incidents
        if not incident.is_expected
    ]
    for _ in range(max(3, plan.days // 2)):
        app = apps[int(chance.integers(len(apps)))]
        if app.died - app.born > 2:
            hour = float(chance.uniform(app.born, app.died - 1))
            alerts.append((hour, hour + 0.6, app, *_ORDINARY_ALERTS[chance.integers(len(_ORDINARY_ALERTS))]))
    for number, (start, end, app, name, severity) in enumerate(alerts):
        yield {
            "type": "alert",
            "source": "alertmanager",
            "event_id": f"{plan.name}/alert/{number}",
            "starts_at": plan.instant(start).isoformat(timespec="milliseconds"),
            "ends_at": plan.instant(end).isoformat(timespec="milliseconds"),
            "resource_id": app.resource("fn"),
            "app_id": app.app_id,
            "environment": app.environment,
            "name": name,
            "severity": severity,
            "labels": {"team": app.team.team_id, "service": app.app_id},
        }


def _moments(plan: Plan, app: App, incident: Incident | None) -> list[tuple[float, str, dict[str, str]]]:
    """Return (hour, action, attributes) of an app's life, in order."""
    chance = plan.random(6, app.number)
    weeks = (app.died - app.born) / 168
    moments: list[tuple[float, str, dict[str, str]]] = []
    if app.born > 0 or app.lifecycle == "ephemeral":
        moments.append((app.born, "start", {"version": "v1", "by": app.created_by}))
    for hour in chance.uniform(app.born, app.died, chance.poisson(DEPLOYS_A_WEEK * weeks)):
        moved = _at_work(plan, app, float(hour))
        if moved > app.born:  # what it began with is no deploy
            moments.append((moved, "deploy", {}))
    for hour in chance.uniform(app.born, app.died, chance.poisson(0.5 * weeks)):
        moments.append((float(hour), "scale", {"replicas": str(chance.integers(2, 12))}))
    if incident and incident.kind in ("model_misroute", "runaway_loop", "leak"):
        # What starts it is a deploy; what ends it is another.
        moments.append((incident.start, "deploy", {}))
        moments.append((incident.end, "deploy", {"reason": "rollback"}))
    if app.died < plan.hours:
        moments.append((app.died - 0.01, "stop", {"by": "ttl" if app.lifecycle == "ephemeral" else app.created_by}))
    ordered = sorted((moment for moment in moments if moment[0] < plan.hours), key=lambda moment: moment[:2])
    versions = itertools.count(2)
    return [
        (hour, action, {**_deploy(app, next(versions)), **said} if action == "deploy" else said)
        for hour, action, said in ordered
    ]


def _at_work(plan: Plan, app: App, hour: float) -> float:
    """Move a moment to between 10 and 17 of a working day of the team, where the app lives that long."""
    local_day, local_hour = divmod(plan.start.hour + hour + app.team.utc_offset, 24)
    weekday = (plan.start.weekday() + int(local_day)) % 7
    moved = hour - local_hour + 10 + local_hour / 24 * 7 - 24 * max(0, weekday - 4)
    return float(np.clip(moved, app.born, app.died - 0.02))


def _deploy(app: App, number: int) -> dict[str, str]:
    commit = hashlib.sha256(f"{app.app_id}/{number}".encode()).hexdigest()[:7]
    return {"version": f"v{number}", "commit": commit, "by": app.created_by}
