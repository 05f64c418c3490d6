"""The generator: the same to the byte from the same seed, believable, and self-sufficient."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from jobs.demo.apps import make_apps
from jobs.demo.arrival import arrive
from jobs.demo.lifecycle import make_lifecycle
from jobs.demo.load import make_batches
from jobs.demo.pile import TEXTS, event_ids, mix, salt
from jobs.demo.plan import Plan
from jobs.demo.story import tell
from jobs.demo.usage import make_usage
from metering.event_types import EVENT_TYPES

UNTIL = datetime(2026, 5, 20, 16, tzinfo=UTC)
PLAN = Plan(apps=40, days=14, seed=7, until=UNTIL)


def digest(plan: Plan) -> str:
    """Everything that a plan sends to the door, in order, as one hash."""
    apps = make_apps(plan)
    hashed = hashlib.sha256()
    for name, event_type, staged, *_ in make_batches(plan, apps, tell(plan, apps)):
        hashed.update(f"{name}/{event_type}".encode())
        with pa.ipc.new_stream(pa.BufferOutputStream(), staged.schema):
            for batch in staged.combine_chunks().to_batches():
                for column in batch.columns:
                    hashed.update("\x1f".join(column.to_pylist()).encode())
    return hashed.hexdigest()


def test_the_same_seed_and_end_make_the_same_events_to_the_byte() -> None:
    code = "from tests.jobs.test_demo_generator import PLAN, digest; print(digest(PLAN))"
    root = Path(__file__).parents[2]
    elsewhere = subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, cwd=root, env={**os.environ, "PYTHONHASHSEED": "12345"},
    )  # fmt: skip
    assert elsewhere.stdout.strip() == digest(PLAN)


def test_another_seed_or_end_makes_other_events() -> None:
    plans = (PLAN, Plan(40, 14, 8, UNTIL), Plan(40, 14, 7, UNTIL + timedelta(hours=1)))
    assert len({digest(plan) for plan in plans}) == 3


def test_making_a_platform_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the generator reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert digest(PLAN)


def test_different_events_never_share_an_id() -> None:
    apps = make_apps(PLAN)
    rows, words = make_usage(PLAN, apps, tell(PLAN, apps))
    meters = rows.codes[TEXTS.index("meter")].astype(np.uint64)
    sources = rows.codes[TEXTS.index("source")].astype(np.uint64)
    resources = rows.codes[TEXTS.index("resource_id")].astype(np.uint64)
    identities = np.stack([rows.key, sources, meters])
    assert np.unique(identities, axis=1).shape[1] == len(rows)
    # One event is of one moment; only what shares a moment shares an id.
    assert np.unique(np.stack([rows.key, rows.time.astype(np.uint64), sources, resources]), axis=1).shape[1] == len(
        np.unique(rows.key)
    )
    assert "" in words


def test_event_ids_are_the_keys_in_hexadecimal() -> None:
    keys = mix(np.arange(1000, dtype=np.uint64), salt("some plan"))
    assert event_ids(keys).to_pylist() == [f"{int(key):016x}" for key in keys]
    assert len(np.unique(keys)) == 1000


def test_events_arrive_late_twice_and_with_other_times_but_nothing_is_lost() -> None:
    apps = make_apps(PLAN)
    rows, _ = make_usage(PLAN, apps, tell(PLAN, apps))
    arrived, repeated = arrive(PLAN, rows)
    assert len(arrived) == len(rows) + repeated
    assert 0.004 < repeated / len(rows) < 0.015
    assert set(zip(arrived.key.tolist(), arrived.codes[TEXTS.index("meter")].tolist(), strict=True)) == set(
        zip(rows.key.tolist(), rows.codes[TEXTS.index("meter")].tolist(), strict=True)
    )
    assert (np.diff(arrived.arrival) >= 0).all()
    late = arrived.arrival - arrived.time > 3_600_000
    assert 0.004 < late.mean() < 0.02
    assert (arrived.arrival - arrived.time).max() > 40 * 3_600_000
    first = {}
    for key, time in zip(arrived.key.tolist(), arrived.time.tolist(), strict=True):
        first.setdefault(key, time)
    assert first == dict(zip(rows.key.tolist(), rows.time.tolist(), strict=True))


def test_nothing_happens_before_the_start_or_after_the_end() -> None:
    apps = make_apps(PLAN)
    rows, _ = arrive(PLAN, make_usage(PLAN, apps, tell(PLAN, apps))[0])
    assert rows.time.min() >= PLAN.start.timestamp() * 1000
    assert rows.time.max() < UNTIL.timestamp() * 1000


def test_an_app_starts_before_it_is_deployed_anew() -> None:
    plan = Plan(apps=120, days=30, seed=5, until=UNTIL)
    apps = make_apps(plan)
    told: dict[str, list[str]] = {}
    for event in make_lifecycle(plan, apps, tell(plan, apps)):
        told.setdefault(event["resource_id"], []).append(event["action"])
    started = [actions for actions in told.values() if "start" in actions]
    assert len(started) > 50
    assert all(actions[0] == "start" for actions in started)
    assert sum("deploy" in actions for actions in started) > 20


def test_usage_is_staged_as_the_door_takes_it() -> None:
    apps = make_apps(PLAN)
    for _, event_type, staged, *_ in make_batches(PLAN, apps, tell(PLAN, apps)):
        assert set(staged.column_names) == {*EVENT_TYPES[event_type].staged, "raw", "problem"}
        assert all(field.type == pa.string() for field in staged.schema)


@pytest.mark.parametrize("apps", [10, 40, 300, 900])
def test_apps_have_names_of_their_own_and_the_story_finds_its_actors(apps: int) -> None:
    plan = Plan(apps, 60, 11, UNTIL)
    made = make_apps(plan)
    assert len({app.app_id for app in made}) == apps
    assert {app.lifecycle for app in made} == {"ephemeral", "persistent"}
    story = tell(plan, made)
    by_id = {app.app_id: app for app in made}
    assert story.moved_apps
    assert all(by_id[app_id].team.team_id == story.moved_from for app_id in story.moved_apps)
    assert len({incident.app_id for incident in story.incidents}) == len(story.incidents)
    if apps >= 40:
        assert {incident.kind for incident in story.incidents} >= {
            "retry_storm", "runaway_loop", "model_misroute", "leak", "launch",
        }  # fmt: skip
    assert all(0 <= incident.start < incident.end <= plan.hours for incident in story.incidents)


@pytest.mark.parametrize(
    ("apps", "days", "until"),
    [
        (0, 14, UNTIL),
        (40, 0, UNTIL),
        (40, 14, UNTIL.replace(minute=5)),
        (40, 14, UNTIL.replace(tzinfo=None)),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(apps: int, days: int, until: datetime) -> None:
    with pytest.raises(ValueError, match="a demo"):
        Plan(apps, days, 7, until)


def test_a_plan_is_found_by_its_name() -> None:
    assert Plan.named(PLAN.name) == PLAN
    assert Plan.named("events/jsonl") is None
