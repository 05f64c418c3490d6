"""The buffered writer: many requests in one batch, each told about its own events, once they are stored."""

from __future__ import annotations

import threading
from concurrent.futures import wait
from datetime import UTC, datetime

import pytest

from metering import writer as writers
from metering.arrivals import Arrivals, arrivals
from metering.credentials.caller import Caller
from metering.credentials.vouching import vouched
from metering.json_texts import Read
from metering.writer import Full, NotStored, Writer

CALLER = Caller(source="s", scopes=frozenset({"ingest"}))


def request(*ids: str, **more: object) -> Arrivals:
    now = datetime.now(UTC).isoformat()
    events = [
        {"event_id": name, "time": now, "resource_id": "r", "meter": "egress_bytes", "quantity": "1", **more}
        for name in ids
    ]
    return vouched(arrivals([Read(event, "") for event in events]), CALLER, lambda _: None)


@pytest.fixture
def writer(store):
    made = Writer(store)
    made.start()
    yield made
    made.stop()


def test_requests_that_wait_together_are_one_batch_and_each_has_its_own_answer(writer, store) -> None:
    with store.admitting:  # whoever is at the door now, the requests wait for it
        first = writer.submit(request("first"), is_authenticated=True)
        waiting = [
            writer.submit(request("a", "b"), is_authenticated=True),
            writer.submit(request("b", "c"), is_authenticated=True),
            writer.submit(request("d", meter="nope"), is_authenticated=True),
            writer.submit(request("e"), is_authenticated=False),
        ]
    wait([first, *waiting], timeout=60)
    one, two, three, four = (future.result() for future in waiting)
    assert (one.duplicates, one.quarantined) == (frozenset(), {})
    assert (two.duplicates, two.quarantined) == (frozenset({0}), {})
    assert three.quarantined[0][0] == "unknown_meter"
    assert (four.duplicates, four.quarantined) == (frozenset(), {})
    # The first may have been on its way alone; the anonymous one is a batch of its own.
    batches = store.rows("SELECT received, accepted FROM batches WHERE state = 'stored'")
    assert 2 <= len(batches) <= 3
    assert (sum(row["received"] for row in batches), sum(row["accepted"] for row in batches)) == (7, 5)
    trusted = store.rows("SELECT event_id, is_authenticated FROM usage WHERE event_id IN ('d', 'e', 'a') ORDER BY 1")
    assert [(row["event_id"], row["is_authenticated"]) for row in trusted] == [("a", True), ("e", False)]


def test_a_store_that_is_away_is_waited_for(writer, store) -> None:
    store.command("RENAME TABLE usage_events TO usage_events_away")
    futures = [writer.submit(request(f"e{n}", "twice"), is_authenticated=True) for n in range(3)]
    assert not wait(futures, timeout=0.5).done, "nothing is acknowledged that is not stored"
    store.command("RENAME TABLE usage_events_away TO usage_events")
    assert len(wait(futures, timeout=60).done) == 3
    assert sorted(len(future.result().duplicates) for future in futures) == [0, 1, 1]
    assert store.scalar("SELECT count() FROM usage_events") == 4
    assert store.scalar("SELECT sum(accepted) FROM batches WHERE state = 'stored'") == 4
    assert store.scalar("SELECT count() FROM batches WHERE state NOT IN ('stored', 'undone')") == 0


def test_who_waited_too_long_was_told_nothing_and_may_send_again(writer, store, monkeypatch) -> None:
    monkeypatch.setattr(writers, "PATIENCE_SECONDS", 0.3)
    store.command("RENAME TABLE usage_events TO usage_events_away")
    with pytest.raises(NotStored):
        writer.submit(request("late"), is_authenticated=True).result(timeout=60)
    store.command("RENAME TABLE usage_events_away TO usage_events")
    monkeypatch.setattr(writers, "PATIENCE_SECONDS", 30)
    outcome = writer.submit(request("late"), is_authenticated=True).result(timeout=60)
    assert (outcome.duplicates, outcome.quarantined) == (frozenset(), {})
    assert store.scalar("SELECT count() FROM usage_events") == 1


def test_a_full_queue_turns_requests_away_and_takes_them_again(store) -> None:
    writer = Writer(store, most_rows_waiting=3)
    writer.start()
    with store.admitting:
        taken = [writer.submit(request(f"a{n}", f"b{n}"), is_authenticated=True) for n in range(1)]
        with pytest.raises(Full):
            writer.submit(request("c", "d"), is_authenticated=True)
    assert len(wait(taken, timeout=60).done) == 1
    _until(lambda: writer.rows_waiting == 0)
    writer.submit(request("c", "d"), is_authenticated=True).result(timeout=60)
    writer.stop()
    with pytest.raises(Full):
        writer.submit(request("e"), is_authenticated=True)


def test_what_waits_at_the_end_is_stored(store) -> None:
    writer = Writer(store)
    writer.start()
    with store.admitting:
        futures = [writer.submit(request(f"e{n}"), is_authenticated=True) for n in range(3)]
        ending = threading.Thread(target=writer.stop)
        ending.start()
    ending.join(60)
    assert all(future.done() for future in futures)
    assert store.scalar("SELECT count() FROM usage_events") == 3


def test_a_caller_that_went_away_stops_nobody(writer, store) -> None:
    with store.admitting:
        gone = writer.submit(request("gone"), is_authenticated=True)
        here = writer.submit(request("here"), is_authenticated=True)
        assert not gone.cancel()
    here.result(timeout=60)
    assert store.scalar("SELECT count() FROM usage_events") == 2


def _until(is_so) -> None:
    for _ in range(600):
        if is_so():
            return
        threading.Event().wait(0.05)
    raise AssertionError("never")
