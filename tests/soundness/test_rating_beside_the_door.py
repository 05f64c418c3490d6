"""Rating and the door work side by side: a sender never waits for a pass, and a pass charges what is acknowledged."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

import jobs.rate
import metering.door
from jobs.dirty import dirty_days
from jobs.rate import rate
from metering.arrivals import arrivals
from metering.credentials.caller import Caller
from metering.credentials.vouching import vouched
from metering.decode import decode_events
from metering.door import admit, history_terms
from metering.json_texts import Read
from metering.writer import Writer
from warehouse.connect import Store

SECONDS = 60  # until something that should happen is a failure
NOW = datetime.now(UTC).replace(microsecond=0)
CALLER = Caller(source="s", scopes=frozenset({"ingest"}))


class Pause:
    """Stops whoever calls, until told to go on."""

    def __init__(self) -> None:
        self.reached, self.may_go_on = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.reached.set()
        assert self.may_go_on.wait(SECONDS)


def event(name: str) -> dict[str, object]:
    named = {"source": "s", "event_id": name, "time": NOW.isoformat(), "resource_id": "r"}
    return {"type": "usage", **named, "meter": "cpu_core_seconds", "quantity": "1"}


def take(store: Store, *names: str) -> None:
    admit(store, "usage", decode_events([event(name) for name in names])["usage"], history_terms("t"))


def in_a_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def charged(store: Store) -> int:
    return store.scalar("SELECT sum(event_count) FROM charges")


def test_a_post_is_acknowledged_in_the_middle_of_a_pass(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, "before")
    pause, roll_up = Pause(), jobs.rate._roll_up
    monkeypatch.setattr(jobs.rate, "_roll_up", lambda *of: (pause(), roll_up(*of)))
    writer = Writer(store)
    writer.start()
    rating = in_a_thread(lambda: rate(store))
    try:
        assert pause.reached.wait(SECONDS)
        post = vouched(arrivals([Read(event("during"), "")]), CALLER, lambda _: None)
        outcome = writer.submit(post, is_authenticated=True).result(timeout=SECONDS)
        assert (outcome.duplicates, outcome.quarantined) == (frozenset(), {})
        assert charged(store) == 0, "the pass is still in the middle"
    finally:
        pause.may_go_on.set()
        rating.join(SECONDS)
        writer.stop()
    assert charged(store) == 1
    assert len(dirty_days(store)) == 1, "what arrived meanwhile leaves the day dirty"
    monkeypatch.undo()
    rate(store)
    assert charged(store) == 2
    assert dirty_days(store) == []


def test_a_batch_that_is_undone_after_a_pass_was_never_charged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take(store, "before")
    pause = Pause()

    def fail(*_: object) -> str:
        pause()
        raise OSError("the disk is full")

    monkeypatch.setattr(metering.door, "identities_sql", fail)
    failures: list[BaseException] = []

    def undone() -> None:
        try:
            take(store, "never")
        except OSError as error:
            failures.append(error)

    admitting = in_a_thread(undone)
    try:
        assert pause.reached.wait(SECONDS)
        assert store.scalar("SELECT count() FROM usage") == 2, "its rows are there, but not acknowledged"
        rate(store)
        assert charged(store) == 1
    finally:
        pause.may_go_on.set()
        admitting.join(SECONDS)
    assert len(failures) == 1
    assert store.scalar("SELECT count() FROM usage") == 1
    assert (charged(store), dirty_days(store)) == (1, [])
