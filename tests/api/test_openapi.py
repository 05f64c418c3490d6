"""The OpenAPI document says what the API does: requests made from it meet nothing that it does not say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Match, Mount

from config.settings import Settings
from metering.api.factory import PREFIX, create_api, mounted
from metering.api.intake import opened
from metering.arrivals import arrivals
from metering.credentials.caller import SCOPES, Caller
from metering.credentials.keys import create_key
from metering.credentials.vouching import vouched
from metering.json_texts import NotJson, events_of, events_of_lines
from tests.api.conftest import register
from warehouse.start import open_store

EXAMPLES = 40 if os.environ.get("CI") else 3
# Ours, where the document cannot say it all: any JSON is an event or has its reason, so nothing there is invalid.
LEFT_OUT = [schemathesis.checks.negative_data_rejection, schemathesis.checks.positive_data_acceptance]


@schemathesis.serializer("application/x-ndjson")
def ndjson(_: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode(errors="replace")


@schemathesis.serializer("application/cloudevents+json", "application/cloudevents-batch+json")
def cloudevents(_: schemathesis.SerializationContext, value: object) -> bytes:
    return json.dumps(value).encode(errors="replace")


@schemathesis.serializer("application/x-protobuf")
def protobuf(_: schemathesis.SerializationContext, value: object) -> bytes:
    return repr(value).encode(errors="replace")


API = create_api()
schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", Starlette(routes=[mounted(API)]))


@pytest.fixture(scope="module")
def secret() -> Iterator[str]:
    """A key that may do everything, while the API is open."""
    name = f"test_{os.getpid()}_document"
    with open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database={name}")) as store:
        made = create_key(register(store), source="exporter", scopes=SCOPES, by="test")[1]
        with opened(store) as API.state.intake:
            yield made
        store.command(f"DROP DATABASE {name} SYNC")


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None)
def test_requests_made_from_the_document(case: schemathesis.Case, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=LEFT_OUT)


def test_a_line_break_in_a_path_is_answered_by_the_api_too() -> None:
    asked = {"type": "http", "method": "GET", "root_path": "", "path": f"{PREFIX}/v1/events/gateway\n1"}
    assert mounted(API).matches(asked)[0] is Match.FULL
    assert Mount(PREFIX, API).matches(asked)[0] is Match.NONE, "by itself it would be somebody else's page"


def test_the_document_shows_what_to_send(standing) -> None:
    said = standing.get("/openapi.json").json()
    assert {"/v1/events", "/v1/meter", "/meter", "/otlp/v1/traces", "/v1/leases", "/v1/keys"} <= set(said["paths"])
    assert {"usage_event", "lifecycle_event", "ProblemDetails", "Told"} <= set(said["components"]["schemas"])
    assert said["servers"] == [{"url": PREFIX}]
    assert [standing.get(path).status_code for path in ("/docs", "/redoc")] == [404, 404], "they load from elsewhere"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nope", 404), ("PUT", "/v1/events", 405)])
def test_what_is_not_there_is_a_problem_too(standing, method: str, path: str, status: int) -> None:
    answer = standing.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FIELD = st.sampled_from(
    ["event_id", "time", "type", "meter", "quantity", "quantities", "llm_usage", "is_spot", "source", "app_id", "x"]
)


SOUND = {"event_id": "e", "time": "2026-01-05T12:00:00Z", "resource_id": "r", "meter": "requests", "quantity": 1}


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """Anything: bytes, JSON, events with odd fields, whole or cut off."""
    how = draw(st.sampled_from(["bytes", "json", "events", "events", "cut", "lines"]))
    if how == "bytes":
        return draw(st.binary(max_size=200))
    if how == "json":
        return json.dumps(draw(JSON)).encode()
    events = [SOUND | draw(st.dictionaries(FIELD, JSON, max_size=3)) for _ in range(draw(st.integers(0, 5)))]
    if how == "lines":
        return b"\n".join(json.dumps(one).encode() for one in events)
    text = json.dumps(events).encode()
    return text[: draw(st.integers(0, len(text)))] if how == "cut" else text


@given(body=bodies())
@settings(max_examples=100, deadline=None)
def test_any_body_is_events_or_no_json_and_no_event_vanishes(body: bytes) -> None:
    caller = Caller(source="s", scopes=frozenset({"ingest", "costs"}))
    for read in (events_of, events_of_lines):
        try:
            found = read(body)
        except NotJson:
            continue
        arrived = vouched(arrivals(found), caller, lambda _: None)
        places = {place for table in arrived.staged.values() for place in table["event"].to_pylist()}
        assert places | set(arrived.refused) == set(range(len(found)))
        for table in arrived.staged.values():
            assert set(table["source"].to_pylist()) <= {"s"} | {
                name for name in table["source"].to_pylist() if name.startswith("s/")
            }


@given(events=st.lists(JSON, max_size=6))
@settings(max_examples=100, deadline=None)
def test_an_array_is_cut_where_json_says(events: list[object]) -> None:
    text = json.dumps(events)
    reads = events_of(text.encode())
    assert len(reads) == len(events)
    for read, sent in zip(reads, events, strict=True):
        # NaN and a key said twice have a problem; what was written is there all the same.
        assert read.text == json.dumps(sent)
