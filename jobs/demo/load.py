"""All of it through the ordinary door: registry, usage in the order it arrived, the rest, and what must be refused."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from billing.amortization import SOURCE as AMORTIZATION
from jobs.demo.apps import App, make_apps
from jobs.demo.arrival import arrive
from jobs.demo.bad_events import make_bad_events
from jobs.demo.lifecycle import make_alerts, make_lifecycle
from jobs.demo.pile import stage
from jobs.demo.plan import Plan, full_hour
from jobs.demo.platform_costs import make_platform_costs
from jobs.demo.registry import record_registry
from jobs.demo.story import Story, tell
from jobs.demo.usage import make_usage
from metering.decode import decode_events, decode_lines
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.errors import StoreError

BATCH_ROWS = 100_000
LAST = "last"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of the demo's events, over all batches."""

    apps: int
    received: int
    accepted: int
    duplicates: int
    quarantined: int
    incidents: int


def plan_demo(
    store: Store,
    *,
    apps: int | None = None,
    days: int | None = None,
    seed: int | None = None,
    until: datetime | None = None,
) -> Plan:
    """Return the plan of the demo that the store has, whole or cut short, if it is the one that is asked for.

    Otherwise a new one; by default 300 apps over 60 days until the last full hour.
    """
    asked = {"apps": apps, "days": days, "seed": seed, "until": full_hour(until) if until else None}
    for origin in sorted(_origins(store)):
        plan = Plan.named(origin.rpartition("/")[0])
        if plan and all(value is None or getattr(plan, name) == value for name, value in asked.items()):
            return plan
    end = full_hour(until or datetime.now(UTC))
    return Plan(300 if apps is None else apps, 60 if days is None else days, 7 if seed is None else seed, end)


def refuse_other_data(store: Store, plan: Plan, *, append: bool) -> None:
    """Raise if the store holds anything but this demo.

    Raises:
        StoreError: it does, and ``append`` was not said; or it holds another demo, whose apps have the same names.

    """
    others = {origin for origin in _origins(store) if not origin.startswith(plan.name + "/")}
    for origin in sorted(others):
        if other := Plan.named(origin.rpartition("/")[0]):
            raise StoreError(
                f"{store.location} already has a demo ({other.apps} apps, {other.days} days, seed {other.seed}, "
                f"until {other.until:%Y-%m-%d %H:%M} UTC), and two would share their apps' names. "
                "Set FARTHING_STORE to another store for this one"
            )
    if others and not append:
        raise StoreError(
            f"{store.location} already has data. A demo goes into an empty store: set FARTHING_STORE to another one, "
            "or say --append to add the demo to what is there"
        )


def load_demo(store: Store, plan: Plan, *, append: bool = False, progress: Progress = lambda *_: None) -> Loaded:
    """Make the platform of a plan and load it. What a demo that was cut short has loaded is not loaded again.

    Raises:
        StoreError: see ``refuse_other_data``.

    """
    refuse_other_data(store, plan, append=append)
    apps = make_apps(plan)
    story = tell(plan, apps)
    stored = _origins(store)
    if f"{plan.name}/{LAST}" not in stored:
        met: Counter[str] = Counter()
        for name, event_type, staged, done, total in make_batches(plan, apps, story):
            origin = f"{plan.name}/{name}"
            met[origin] += 1
            if met[origin] > stored[origin]:
                admit(store, event_type, staged, history_terms(origin))
            if met.total() == 1:  # its origin tells which demo it is, should this one be cut short
                record_registry(store, plan, apps, story)
            progress("loading", done, total)
    return _loaded(store, plan, apps, story)


def write_manifest(path: Path, plan: Plan, apps: Iterable[App], story: Story) -> None:
    """Write what was planted, for whoever judges a detector: a list of incidents, and the story's two instants."""
    teams = {app.app_id: app.team.team_id for app in apps}
    manifest = {
        "name": plan.name,
        "start": _iso(plan.start),
        "end": _iso(plan.until),
        "price_change": {"provider": "in-house", "at": _iso(story.repriced_at)},
        "reorganization": {
            "at": _iso(story.moved_at),
            "from": story.moved_from,
            "to": story.moved_to,
            "apps": list(story.moved_apps),
        },
        "incidents": [
            {
                "incident_id": incident.incident_id,
                "kind": incident.kind,
                "app_id": incident.app_id,
                "team_id": teams[incident.app_id],
                "start": _iso(plan.instant(incident.start)),
                "end": _iso(plan.instant(incident.end)),
                "is_expected": incident.is_expected,
                "cause": incident.cause,
            }
            for incident in story.incidents
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def make_batches(plan: Plan, apps: list[App], story: Story) -> Iterator[tuple[str, str, pa.Table, int, int]]:
    """Yield (name, event type, staged events, rows so far, rows in all), always the same batches in the same order.

    Batches of one name are told apart by their order.
    """
    usage, words = make_usage(plan, apps, story)
    rows, _ = arrive(plan, usage)
    total = len(rows)
    others: dict[str, Iterable[dict[str, Any]]] = {
        "lifecycle": make_lifecycle(plan, apps, story),
        "alert": make_alerts(plan, apps, story),
        "platform_cost": make_platform_costs(plan),
    }
    for event_type, events in others.items():
        for name, staged in decode_events(events).items():
            yield event_type, name, staged, 0, total
    for start in range(0, total, BATCH_ROWS):
        part = rows.take(slice(start, start + BATCH_ROWS))
        yield "usage", "usage", stage(part, words), min(start + BATCH_ROWS, total), total
    refused = decode_lines(line for _, line in make_bad_events(plan))
    last = refused.pop("usage")
    for event_type, staged in refused.items():
        yield event_type, event_type, staged, total, total
    yield LAST, "usage", last, total, total


def _origins(store: Store) -> Counter[str]:
    """How many batches of each origin are acknowledged; what was booked of purchases came from no one."""
    rows = store.rows(
        "SELECT origin, count() AS batches FROM batches WHERE state = 'stored' AND origin != {booked:String} "
        "GROUP BY origin",
        {"booked": AMORTIZATION},
    )
    return Counter({row["origin"]: int(row["batches"]) for row in rows})


def _loaded(store: Store, plan: Plan, apps: list[App], story: Story) -> Loaded:
    counts = store.rows(
        "SELECT sum(received) AS received, sum(accepted) AS accepted, sum(duplicates) AS duplicates, "
        "sum(quarantined) AS quarantined FROM batches WHERE state = 'stored' AND startsWith(origin, {name:String})",
        {"name": plan.name + "/"},
    )[0]
    return Loaded(apps=len(apps), incidents=len(story.incidents), **counts)


def _iso(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
