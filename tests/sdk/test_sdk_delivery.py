"""What answers mean: only the store's own word lets go of an event."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from farthing import Meter
from farthing.backoff import Backoff, retry_after
from farthing.delivery import Later, Taken, TooMuch, judge
from farthing.transport import Answer

from tests.sdk.conftest import settled
from tests.sdk.workbench import Reply, Workbench

HTML = {"Content-Type": "text/html"}
NewMeter = Callable[..., Meter]


def said(status: int, body: object = None, **headers: str) -> Answer:
    return Answer(status, headers, json.dumps(body).encode())


PROBLEM = {"content-type": "application/problem+json; charset=utf-8"}
ONE_DUPLICATE = {
    "accepted": 2,
    "duplicates": 1,
    "quarantined": 0,
    "rejected": 0,
    "results": [{"index": 1, "status": "duplicate"}],
}


def test_an_acknowledgement_says_what_became_of_each_event() -> None:
    verdict = judge(said(202, ONE_DUPLICATE), 3)
    assert isinstance(verdict, Taken)
    assert verdict.results == ["accepted", "duplicate", "accepted"]


@pytest.mark.parametrize(
    "answer",
    [
        said(202, ONE_DUPLICATE | {"accepted": 3}),
        said(202, ONE_DUPLICATE | {"results": []}),
        said(202, ONE_DUPLICATE | {"results": [{"index": -2, "status": "duplicate"}]}),
        said(202, ONE_DUPLICATE | {"results": [{"index": 3, "status": "duplicate"}]}),
        said(202, ONE_DUPLICATE | {"results": [{"index": 1, "status": "eaten"}]}),
        said(202, []),
        said(202, {}),
        Answer(200, HTML, b"<html>Welcome to the airport's network</html>"),
        said(204),
        said(302, location="https://elsewhere.example"),
        said(401, **PROBLEM),
        said(403, **PROBLEM),
        said(404, **PROBLEM),
        said(400),  # not the store's: some proxy's
        said(422),
        said(415, **PROBLEM),
        said(429, **PROBLEM),
        said(500),
        said(503, **PROBLEM),
        Answer(0, {}, b"connection refused"),
    ],
)
def test_whatever_is_no_acknowledgement_keeps_the_events(answer: Answer) -> None:
    assert isinstance(judge(answer, 3), Later)


@pytest.mark.parametrize(("status", "headers"), [(400, PROBLEM), (422, PROBLEM), (413, PROBLEM), (413, {})])
def test_what_will_never_be_taken_is_told_from_what_may_be_later(status: int, headers: dict[str, str]) -> None:
    assert isinstance(judge(said(status, {"detail": "no"}, **headers), 3), TooMuch)


def test_the_pause_is_anything_up_to_a_ceiling_that_doubles() -> None:
    for failures in range(12):
        ceiling = min(30.0, 0.5 * 2**failures)
        pauses = []
        for _ in range(200):
            backoff = Backoff()
            for _ in range(failures):
                backoff.failed(None)
            pauses.append(backoff.failed(None))
        assert 0 <= min(pauses) < ceiling * 0.2
        assert ceiling * 0.8 < max(pauses) <= ceiling
    backoff.succeeded()
    assert backoff.failed(None) <= 0.5


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "Fri, 20 Nov 2026 10:00:30 GMT", "date": "Fri, 20 Nov 2026 10:00:00 GMT"}, 30.0),
        ({"retry-after": "Fri, 20 Nov 2026 09:00:00 GMT", "date": "Fri, 20 Nov 2026 10:00:00 GMT"}, 0.0),
        ({"retry-after": "Fri, 20 Nov 2026 10:00:30 GMT"}, None),  # our own clock may be wrong
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_the_store_is_never_asked_before_it_said() -> None:
    backoff = Backoff()
    assert all(9.0 <= backoff.failed(9.0) <= 10.0 for _ in range(20))
    assert backoff.failed(1e9) <= 3601


def test_a_retry_is_the_same_bytes(meter: Meter, workbench: Workbench) -> None:
    workbench.failures = [
        Reply(503, stores=True),  # stored, and the answer lost: the worst case
        Reply(500, headers=HTML),
        Reply(200, b"<html>sign in</html>", HTML),
    ]
    for number in range(3):
        meter.usage("egress_bytes", number + 1)
    assert meter.flush(20)
    sent = [request.lines for request in workbench.requests]
    assert len(sent) == 4
    assert sent[0] == sent[1] == sent[2] == sent[3]
    assert workbench.conflicts == []
    assert len(workbench.stored) == 3
    counts = settled(meter)
    assert (counts["duplicates"], counts.get("accepted", 0)) == (3, 0)


def test_a_large_batch_is_split_and_only_the_poison_is_set_aside(
    meter: Meter, workbench: Workbench, tmp_path: Path
) -> None:
    def judge(request: object) -> Reply | None:
        if len(request.lines) > 10:
            return Reply(413, headers=HTML)
        if any(b'"poison"' in line for line in request.lines):
            return Reply(400, b'{"detail":"not an event"}')
        return None

    workbench.judge = judge
    for number in range(50):
        meter.usage("poison" if number in (7, 31) else "egress_bytes", number + 1)
    assert meter.flush(20)
    assert len(workbench.stored) == 48
    counts = settled(meter)
    assert (counts["accepted"], counts["set_aside"], counts["pending"]) == (48, 2, 0)
    (aside,) = (tmp_path / "spool").rglob("set_aside.ndjson")
    kept = [json.loads(line) for line in aside.read_text().splitlines()]
    assert [line["event"]["quantity"] for line in kept] == ["8", "32"]
    assert all("not an event" in line["refused"] for line in kept)
    before = len(workbench.requests)
    meter.usage("egress_bytes", 1)
    assert meter.flush(20)
    assert len(workbench.requests) == before + 1, "poison is not tried again"


def test_quarantined_is_stored_and_rejected_is_set_aside(meter: Meter, workbench: Workbench) -> None:
    verdicts = {"1": "quarantined", "2": "rejected"}
    workbench.refuses = lambda event: verdicts.get(event["quantity"])
    for number in range(4):
        meter.usage("egress_bytes", number + 1)
    assert meter.flush(20)
    counts = settled(meter)
    assert [counts[name] for name in ("accepted", "quarantined", "set_aside", "pending")] == [2, 1, 1, 0]


def test_what_was_set_aside_is_sent_again_under_its_ids(meter: Meter, workbench: Workbench, tmp_path: Path) -> None:
    refused = {"2", "3"}
    workbench.refuses = lambda event: "rejected" if event["quantity"] in refused else None
    for number in range(4):
        meter.usage("egress_bytes", number + 1)
    assert meter.flush(20)
    assert settled(meter)["set_aside"] == 2
    ids = {json.loads(line)["event_id"] for request in workbench.requests for line in request.lines}
    (aside,) = (tmp_path / "spool").rglob("set_aside.ndjson")
    with aside.open("a") as cut:
        cut.write('{"refused":"cut off')  # a full disk cuts lines
    refused.remove("2")
    assert meter.send_set_aside() == 2
    assert meter.flush(20)
    assert settled(meter)["set_aside"] == 3, "what is refused again is kept again"
    assert sorted(event["quantity"] for event in workbench.events) == ["1", "2", "4"]

    # By its command, in a process of its own, after one that was killed while it sent.
    aside.rename(aside.with_suffix(".ndjson.sending"))
    refused.clear()
    told = run_again(workbench.url, tmp_path / "spool")
    assert told == {"sent_again": 1, "accepted": 1, "duplicates": 0, "quarantined": 0, "set_aside": 0, "pending": 0}
    assert sorted(event["quantity"] for event in workbench.events) == ["1", "2", "3", "4"]
    assert {event["event_id"] for event in workbench.events} == ids
    assert run_again(workbench.url, tmp_path / "spool")["sent_again"] == 0
    assert not list((tmp_path / "spool").rglob("set_aside*"))


def run_again(url: str, spool: Path) -> dict[str, int]:
    said = {"FARTHING_URL": url, "FARTHING_TOKEN": "key", "FARTHING_APP_ID": "shop", "FARTHING_SPOOL": str(spool)}
    environment = {**os.environ, **said, "PYTHONPATH": str(Path(__file__).parents[2] / "sdk")}
    done = subprocess.run([sys.executable, "-m", "farthing"], env=environment, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_a_store_that_asks_for_a_pause_gets_it(meter: Meter, workbench: Workbench) -> None:
    workbench.failures = [Reply(429, headers={"Retry-After": "3600"})]
    meter.usage("egress_bytes", 1)
    assert not meter.flush(1.5)
    assert len(workbench.requests) == 1
    assert meter.flush(0.2) is False, "not even for a flush"
    assert len(workbench.requests) == 1
    counts = settled(meter)
    assert (counts["retries.http_429"], counts["pending"]) == (1, 1)


def test_a_credential_that_is_not_taken_keeps_the_events(meter: Meter, workbench: Workbench) -> None:
    workbench.failures = [Reply(401), Reply(403), Reply(404)]
    meter.usage("egress_bytes", 1)
    assert meter.flush(20)
    assert settled(meter)["accepted"] == 1
    assert workbench.requests[0].headers["Authorization"] == "Bearer key"


def test_a_redirect_gets_neither_events_nor_the_credential(meter: Meter, workbench: Workbench) -> None:
    with Workbench() as elsewhere:
        workbench.failures = [Reply(307, headers={"Location": f"{elsewhere.url}/api/v1/events"})]
        meter.usage("egress_bytes", 1)
        assert meter.flush(20)
        assert elsewhere.requests == []
    assert settled(meter)["retries.http_307"] == 1


def test_a_store_that_is_away_gets_everything_when_it_is_back(new_meter: NewMeter, workbench: Workbench) -> None:
    meter = new_meter()
    meter.usage("egress_bytes", 1)
    assert meter.flush(20)
    workbench.stop()
    for number in range(1200):
        meter.usage("egress_bytes", number + 2)
    assert not meter.flush(0.3)
    assert settled(meter)["pending"] == 1200
    workbench.start()
    assert meter.flush(20)
    assert sorted(int(event["quantity"]) for event in workbench.events) == list(range(1, 1202))
    counts = settled(meter)
    assert counts["accepted"] == 1201
    assert 500 <= max(len(request.lines) for request in workbench.requests) <= 4000


def test_a_store_that_does_not_answer_holds_up_nobody(new_meter: NewMeter, workbench: Workbench) -> None:
    import threading
    import time

    hangs = threading.Event()
    workbench.failures = [Reply(503, waits=hangs), Reply(503, waits=hangs)]
    meter = new_meter(timeout=0.3)
    meter.usage("egress_bytes", 1)
    began = time.monotonic()
    for number in range(1000):
        meter.usage("egress_bytes", number + 2)
    assert time.monotonic() - began < 2
    assert meter.flush(20)
    hangs.set()
    assert len(workbench.stored) == 1001
    assert settled(meter)["retries.unreachable"] == 2


def test_a_process_that_ends_does_not_wait_for_a_store_that_is_away(new_meter: NewMeter, workbench: Workbench) -> None:
    import time

    workbench.stop()
    meter = new_meter()
    for number in range(10):
        meter.usage("egress_bytes", number + 1)
    began = time.monotonic()
    meter.close(timeout=10)
    assert time.monotonic() - began < 3
    workbench.start()
    heir = new_meter()
    heir.usage("egress_bytes", 11)
    assert heir.flush(20)
    assert len(workbench.stored) == 11
    counts = settled(heir)
    assert (counts["recovered"], counts["accepted"]) == (10, 11)
