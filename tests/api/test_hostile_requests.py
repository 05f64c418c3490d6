"""What is too large, malformed or meant to hurt has an answer, is counted, and hurts nobody."""

from __future__ import annotations

import gzip
import json
import time
import tracemalloc

import anyio
import pytest
import zstandard
from starlette.types import Message

from metering.api import body as bodies
from metering.api.idempotency import HEADER
from metering.api.problems import Problem
from metering.decode import RepeatedKeyError, parse_line
from tests.api.conftest import event
from tests.api.test_credentials_api import refused
from tests.api.test_events_api import told

JSON = {"Content-Type": "application/json"}


def bomb(encoding: str) -> bytes:
    nothing = bytes(64 * 1024 * 1024)
    return gzip.compress(nothing) if encoding == "gzip" else zstandard.ZstdCompressor().compress(nothing)


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_bomb_is_not_unpacked(standing, encoding) -> None:
    small = bomb(encoding)
    tracemalloc.start()
    answer = standing.post("/v1/events", content=small, headers={**JSON, "Content-Encoding": encoding})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    refused(answer, 413, "body_too_large")
    assert most < 3 * bodies.MOST_BYTES


def test_a_zstd_frame_may_not_ask_for_gigabytes(standing) -> None:
    window = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    maker = zstandard.ZstdCompressor(compression_params=window).compressobj()
    greedy = maker.compress(b"[]") + maker.flush()
    answer = standing.post("/v1/events", content=greedy, headers={**JSON, "Content-Encoding": "zstd"})
    refused(answer, 400, "bad_encoding")


LINES = b"\n".join(json.dumps({"event_id": f"cut-{n}", "meter": "requests"}).encode() for n in range(1000))
WHOLE = zstandard.ZstdCompressor().compress(LINES)


def unended() -> bytes:
    """A zstd frame that was flushed and goes on."""
    maker = zstandard.ZstdCompressor().compressobj()
    return maker.compress(LINES) + maker.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


@pytest.mark.parametrize(
    ("sent", "encoding"),
    [
        (b"not gzip", "gzip"), (gzip.compress(b"[]")[:-5], "gzip"), (b"not zstd", "zstd"),
        (WHOLE[: len(WHOLE) // 2], "zstd"), (WHOLE[:-1], "zstd"), (unended(), "zstd"), (WHOLE + WHOLE[:3], "zstd"),
        (WHOLE + b"more", "zstd"), (gzip.compress(b"") * 1001, "gzip"),
        (zstandard.ZstdCompressor().compress(b"") * 1001, "zstd"),
    ],
    ids=[
        "no gzip", "cut gzip", "no zstd", "half a zstd", "zstd but its last byte", "zstd not ended",
        "a second zstd cut off", "more behind zstd", "a crowd of gzip", "a crowd of zstd",
    ],
)  # fmt: skip
def test_a_body_that_does_not_unpack_is_refused(standing, sent, encoding) -> None:
    answer = standing.post("/v1/events", content=sent, headers={**JSON, "Content-Encoding": encoding})
    refused(answer, 400, "bad_encoding")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress], ids=["gzip", "zstd"])
def test_a_body_of_several_frames_is_their_text(pack) -> None:
    name = "gzip" if pack is gzip.compress else "zstd"
    assert bodies.decompressed(pack(LINES[:1000]) + pack(b"") + pack(LINES[1000:]), name) == LINES
    with pytest.raises(Problem, match="16,777,216 bytes decompressed"):
        bodies.decompressed(pack(bytes(bodies.MOST_BYTES)) + pack(b"x"), name)


def test_an_encoding_that_nobody_knows(standing) -> None:
    answer = standing.post("/v1/events", content=b"[]", headers={**JSON, "Content-Encoding": "br"})
    refused(answer, 415, "unsupported_encoding")
    assert answer.headers["accept-encoding"] == "gzip, zstd"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_what_a_browser_sends_for_any_page_is_refused(standing, kind) -> None:
    answer = standing.post("/v1/events", content=json.dumps([event()]), headers={"Content-Type": kind})
    refused(answer, 415, "unsupported_media_type")


def test_a_body_may_be_too_large_as_it_is(standing) -> None:
    answer = standing.post("/v1/events", content=bytes(bodies.MOST_SENT_BYTES + 1), headers=JSON)
    refused(answer, 413, "body_too_large")

    def parts():
        for _ in range(9):
            yield bytes(1024 * 1024)

    refused(standing.post("/v1/events", content=parts(), headers=JSON), 413, "body_too_large")


def test_too_many_events_are_refused_whole(client, store) -> None:
    refused(
        client.post("/v1/events", content="[" + ",".join(["1"] * 20_001) + "]", headers=JSON), 413, "too_many_events"
    )
    assert store.scalar("SELECT count() FROM batches") == 0


@pytest.mark.parametrize(
    ("kind", "one", "between"),
    [("application/json", b"0", b","), ("application/json", b"{}", b","), ("application/x-ndjson", b"{}", b"\n")],
)
def test_what_is_too_many_is_not_read_to_its_end(standing, kind, one, between) -> None:
    body = between.join([one] * 500_000)
    body = b"[" + body + b"]" if between == b"," else body
    tracemalloc.start()
    answer = standing.post("/v1/events", content=body, headers={"Content-Type": kind})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    refused(answer, 413, "too_many_events")
    assert most < 20 * 1024 * 1024 + 3 * len(body)


@pytest.mark.parametrize("unit", [b"[],", b'{"a":1},', b"1,", b"[[[[[]]]]],"])
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("v1/events", "application/json"),
        ("v1/events", "application/x-ndjson"),
        ("v1/meter", "application/json"),
        ("v1/admission", "application/json"),
        ("v1/evidence", "application/x-ndjson"),
        ("otlp/v1/traces", "application/json"),
    ],
)
def test_what_would_fill_the_memory_is_not_decoded(standing, path: str, kind: str, unit: bytes) -> None:
    """A few megabytes of brackets are some hundred of Python's objects; of a million of them none is begun."""
    sent = gzip.compress(b'{"a":[' + unit * 1_000_001 + b"0]}", 1)
    answer = standing.post(f"/{path}", content=sent, headers={"Content-Type": kind, "Content-Encoding": "gzip"})
    assert answer.status_code == 413
    assert "braces, brackets and commas; at most 1,000,000" in answer.text


def test_traces_of_empty_messages_are_not_decoded_and_many_spans_not_looked_at(standing) -> None:
    def sent(body: bytes) -> str:
        headers = {"Content-Type": "application/x-protobuf", "Content-Encoding": "gzip"}
        answer = standing.post("/otlp/v1/traces", content=gzip.compress(body, 1), headers=headers)
        assert answer.status_code == 413
        return answer.text

    assert "at most 3,000,000" in sent(b"\x0a\x00" * 3_000_001)
    assert "more than 100,000 spans" in sent(b"\x0a\x00" * 100_001)


@pytest.mark.parametrize("path", ["keys", "leases", "leases/ls_000000000000000000000000/renew"])
def test_a_small_body_is_small_before_anybody_knows_who_sends_it(anybody, path: str) -> None:
    answer = anybody.post(f"/v1/{path}", content=b'{"seconds": 1' + b" " * 70_000 + b"}",
                          headers={"Content-Type": "application/json"})  # fmt: skip
    assert (answer.status_code, answer.json()["reason"]) == (413, "body_too_large")


def test_an_object_of_many_keys_costs_no_more_than_its_length() -> None:
    keys = [f"k{number}" for number in range(20_000)]
    text = "{" + ",".join(f'"{key}": 1' for key in [*keys, "k7"]) + "}"
    before = time.process_time()
    with pytest.raises(RepeatedKeyError, match=r"^'k7' is said twice$"):
        parse_line(text)
    assert time.process_time() - before < 1


def test_an_event_too_large_is_rejected_and_the_others_are_taken(standing) -> None:
    huge = event(resource_id="x" * 70_000)
    (result,) = told(standing.take(event(), huge), 1, 0, 0, 1)
    assert (result["index"], result["reason"]) == (1, "event_too_large")
    refused(standing.take(huge), 413, "event_too_large")


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[", "[1", '["a"', "[1,]", "nul", "1", '"text"', "null", "[] []", "{} {}", '{"a": 1}}', "\ufeff[]",
        "[" * 100_000, '{"events": [1]', "[NaN", "\x00",
    ],
)  # fmt: skip
def test_what_is_not_json_is_refused(standing, text) -> None:
    refused(standing.post("/v1/events", content=text, headers=JSON), 400, "not_json")


def test_what_is_not_text_is_refused(standing) -> None:
    refused(standing.post("/v1/events", content=b"[\xff\xfe]", headers=JSON), 400, "not_json")


@pytest.mark.parametrize(
    "odd",
    [
        "1", "null", '"x"', "[]", "{}", "[" * 50 + "]" * 50, '{"event_id": "a", "event_id": "b"}', '{"quantity": NaN}',
        '{"event_id": "\\ud800"}', '{"event_id": "e", "meter": {"$gt": ""}}', '{"type": "__proto__"}',
        '{"event_id": "e", "quantity": 1e999}', '{"event_id": "e", "quantities": []}',
        '{"event_id": "e\\u0000", "time": "2026-13-01T00:00:00Z"}',
        '{"event_id": "\'); DROP TABLE usage_events; --", "time": "now()"}',
    ],
)  # fmt: skip
def test_an_odd_event_waits_in_quarantine_and_the_others_are_taken(standing, odd) -> None:
    answer = standing.post("/v1/events", content=f"[{json.dumps(event())}, {odd}]", headers=JSON)
    (result,) = told(answer, 1, 0, 1, 0)
    assert (result["index"], result["status"]) == (1, "quarantined")
    assert result["reason"]


def test_the_same_key_and_body_get_the_same_answer(client, store) -> None:
    sent, headers = [event(), event(meter="nope")], {HEADER: "k-1"}
    first = client.post("/v1/events", json=sent, headers=headers)
    again = client.post("/v1/events", json=sent, headers=headers)
    assert (again.status_code, again.json()) == (202, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert store.scalar("SELECT sum(received) FROM batches") == 2


def test_the_same_key_with_another_body_is_refused(client, anybody, key) -> None:
    told(client.post("/v1/events", json=[event()], headers={HEADER: "k-1"}), 1, 0, 0, 0)
    refused(client.post("/v1/events", json=[event()], headers={HEADER: "k-1"}), 422, "idempotency_key_reused")
    told(anybody.signed(key("other")).post("/v1/events", json=[event()], headers={HEADER: "k-1"}), 1, 0, 0, 0)
    refused(client.post("/v1/events", json=[event()], headers={HEADER: "x" * 256}), 400, "bad_idempotency_key")


def test_a_key_whose_first_request_is_at_work_has_to_wait(client, anybody) -> None:
    answers = anybody.app.state.intake.answers
    answers._in_flight.add(("exporter", "k-1"))
    answer = client.post("/v1/events", json=[event()], headers={HEADER: "k-1"})
    refused(answer, 409, "in_flight")
    assert answer.headers["retry-after"] == "1"


def test_who_sends_too_much_is_told_when_to_come_back(client, anybody) -> None:
    from metering.api.limits import EventLimit

    anybody.app.state.intake.limit = EventLimit(3)
    answer = client.take(event(), event())
    assert answer.headers["ratelimit-policy"] == '"events";q=3;w=60'
    assert answer.headers["ratelimit"].startswith('"events";r=1;t=')
    answer = client.take(event(), event())
    if answer.status_code == 202:  # a minute began between the two
        answer = client.take(event(), event())
    said = refused(answer, 429, "rate_limited")
    assert said["type"].endswith("#quota-exceeded")
    assert said["violated-policies"] == ["events"]
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    told(client.take(event()), 1, 0, 0, 0)


def test_everything_sent_is_accounted_for(client, anybody, key, store) -> None:
    from queries.data_quality import data_quality
    from warehouse.tables import table

    own = anybody.signed(key("own", app_ids=["search"]))
    once = event()
    client.take(once, once, event(meter="nope"), event(resource_id="x" * 70_000))
    own.take(event(), event(app_id="summarizer"))
    own.take(event(app_id="summarizer"), event(app_id="summarizer"))
    anybody.take(event())
    client.post("/v1/events", content="{", headers=JSON)
    anybody.app.state.intake.writer.refusals.write(store)
    rows = {row["event_type"]: row for row in store.rows(data_quality(table("batches"), table("refusals")))}
    usage, refused_ = rows["usage"], rows["refused"]
    assert (usage["accepted"], usage["duplicates"], usage["quarantined"]) == (2, 1, 1)
    assert refused_["rejected"] == 4
    assert usage["received"] + refused_["received"] == 8
    reasons = {
        row["reason"]: (row["requests"], row["events"])
        for row in store.rows(
            "SELECT reason, sum(requests) AS requests, sum(events) AS events FROM refusals GROUP BY reason"
        )
    }
    assert reasons == {
        "event_too_large": (0, 1), "foreign_app": (1, 3), "no_credential": (1, 0), "not_json": (1, 0),
    }  # fmt: skip


def test_whoever_goes_away_in_the_middle_is_counted_and_no_error(client, store) -> None:
    """Raises nothing: a server would write a traceback for every sender that was killed."""
    sent = iter([{"type": "http.request", "body": b"[{", "more_body": True}, {"type": "http.disconnect"}])
    answers: list[Message] = []

    async def receive() -> Message:
        return next(sent)

    async def send(message: Message) -> None:
        answers.append(message)

    headers = {"content-type": "application/json", "authorization": client.headers["Authorization"]}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/v1/events",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    anyio.run(client.app, scope, receive, send)
    assert answers[0]["status"] == 400
    client.app.state.intake.writer.refusals.write(store)
    assert store.rows("SELECT source, reason, requests, events FROM refusal_records") == [
        {"source": "exporter", "reason": "cut_off", "requests": 1, "events": 0}
    ]
