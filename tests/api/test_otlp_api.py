"""OpenTelemetry traces in: the tokens of LLM calls, each once, in disjoint buckets."""

from __future__ import annotations

import gzip
import time

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from tests.api.conftest import event

TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
CALL = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-4o",
    "gen_ai.response.model": "gpt-4o-2024-08-06",
    "gen_ai.usage.input_tokens": 100,
    "gen_ai.usage.cache_read.input_tokens": 40,
    "gen_ai.usage.output_tokens": 20,
    "gen_ai.usage.reasoning.output_tokens": 5,
}
RESOURCE = {"service.name": "search", "service.instance.id": "pod-1", "deployment.environment.name": "staging"}


def attributes(said: dict) -> list[dict]:
    kinds = {bool: "boolValue", int: "intValue", float: "doubleValue", str: "stringValue"}
    return [
        {"key": key, "value": {kinds[type(value)]: str(value) if type(value) is int else value}}
        for key, value in said.items()
    ]


def request(*spans: dict, resource: dict = RESOURCE) -> dict:
    return {
        "resourceSpans": [
            {
                "resource": {"attributes": attributes(resource)},
                "scopeSpans": [{"scope": {"name": "test"}, "spans": list(spans)}],
            }
        ]
    }


def span(said: dict = CALL, span_id: str = SPAN, **more) -> dict:
    now = str(time.time_ns())
    return {
        "traceId": TRACE, "spanId": span_id, "name": "chat", "kind": 3, "startTimeUnixNano": now,
        "endTimeUnixNano": now, "attributes": attributes(said), **more,
    }  # fmt: skip


def protobuf(said: dict) -> bytes:
    made = ExportTraceServiceRequest()
    for part in said["resourceSpans"]:
        into = made.resource_spans.add()
        _fill(into.resource.attributes, part["resource"]["attributes"])
        scope = into.scope_spans.add()
        for one in part["scopeSpans"][0]["spans"]:
            added = scope.spans.add(
                trace_id=bytes.fromhex(one["traceId"]),
                span_id=bytes.fromhex(one["spanId"]),
                end_time_unix_nano=int(one["endTimeUnixNano"]),
            )
            _fill(added.attributes, one["attributes"])
    return made.SerializeToString()


def _fill(into, said: list[dict]) -> None:
    for attribute in said:
        added = into.add(key=attribute["key"])
        for kind, value in attribute["value"].items():
            name = {"intValue": "int_value", "stringValue": "string_value", "doubleValue": "double_value"}[kind]
            setattr(added.value, name, int(value) if kind == "intValue" else value)


@pytest.fixture(params=["json", "protobuf"])
def post(client, request):
    """Return a function that posts a request in one of the two forms and returns (status, rejected spans, message)."""

    def post_(said: dict) -> tuple[int, int, str]:
        if request.param == "json":
            answer = client.post("/otlp/v1/traces", json=said)
            part = answer.json().get("partialSuccess", {})
            return answer.status_code, int(part.get("rejectedSpans", 0)), part.get("errorMessage", "")
        headers = {"Content-Type": "application/x-protobuf", "Content-Encoding": "gzip"}
        answer = client.post("/otlp/v1/traces", content=gzip.compress(protobuf(said)), headers=headers)
        assert answer.headers["content-type"] == "application/x-protobuf"
        part = ExportTraceServiceResponse.FromString(answer.content).partial_success
        return answer.status_code, part.rejected_spans, part.error_message

    return post_


def stored(store) -> dict[str, float]:
    return {row["meter"]: float(row["quantity"]) for row in store.rows("SELECT meter, quantity FROM usage")}


def test_a_call_becomes_disjoint_tokens(post, store) -> None:
    assert post(request(span())) == (200, 0, "")
    assert stored(store) == {"requests": 1, "input_tokens": 60, "cache_read_tokens": 40, "output_tokens": 20}
    (row,) = store.rows("SELECT * FROM usage WHERE meter = 'requests'")
    assert (row["event_id"], row["source"]) == (f"{TRACE}/{SPAN}", "exporter")
    assert (row["resource_id"], row["environment"]) == ("pod-1", "staging")
    assert (row["provider"], row["model"]) == ("openai", "gpt-4o-2024-08-06")


def test_a_span_sent_again_counts_once(post, store) -> None:
    one = span()
    for _ in range(2):
        assert post(request(one)) == (200, 0, "")
    assert stored(store)["input_tokens"] == 60


def test_spans_around_a_call_do_not_count_its_tokens_again(post, store) -> None:
    around = [
        span(CALL | {"gen_ai.operation.name": name}, f"{number:016x}")
        for number, name in enumerate(("invoke_agent", "execute_tool", "create_agent"), 1)
    ]
    assert post(request(*around, span(), span({"http.method": "GET"}, "0" * 15 + "9"))) == (200, 0, "")
    assert stored(store)["requests"] == 1


def test_names_of_before_are_understood(post, store) -> None:
    old = {"gen_ai.system": "openai", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.prompt_tokens": 7,
           "gen_ai.usage.completion_tokens": 3}  # fmt: skip
    assert post(request(span(old))) == (200, 0, "")
    assert stored(store) == {"requests": 1, "input_tokens": 7, "output_tokens": 3}


def test_what_does_not_add_up_is_a_partial_success(post, store) -> None:
    odd = span(CALL | {"gen_ai.usage.cache_read.input_tokens": 101}, "0" * 15 + "1")
    nameless = span(CALL, "0" * 16)
    status, rejected, message = post(request(span(), odd, nameless))
    assert (status, rejected) == (200, 2)
    assert "cache_read" in message
    assert stored(store)["requests"] == 1
    assert store.scalar("SELECT uniqExact(detail) FROM quarantine") == 2


def test_a_lease_names_the_resource(anybody, key, store) -> None:
    giver = anybody.signed(key("platform", scopes=["leases"]))
    lease = giver.post("/v1/leases", json={"resource_id": "r-1", "app_id": "search"}).json()
    answer = anybody.signed(lease["token"]).post("/otlp/v1/traces", json=request(span()))
    assert (answer.status_code, answer.json()) == (200, {})
    assert {row["resource_id"] for row in store.rows("SELECT resource_id FROM usage")} == {"r-1"}


def test_an_app_that_is_not_the_keys_is_refused(anybody, key) -> None:
    own = anybody.signed(key("search", app_ids=["search"]))
    foreign = request(span(), resource=RESOURCE | {"farthing.app_id": "summarizer"})
    answer = own.post("/otlp/v1/traces", json=foreign)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/json")
    assert "summarizer" in answer.json()["message"]


@pytest.mark.parametrize("body", [b"[]", b"{", b'{"resourceSpans": 1}', b'{"resourceSpans": [1]}', b"\xff", b"1"])
def test_what_is_no_request_is_not_to_be_sent_again(client, body) -> None:
    answer = client.post("/otlp/v1/traces", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    answer = client.post("/otlp/v1/traces", content=b"\xff" + body, headers={"Content-Type": "application/x-protobuf"})
    assert answer.status_code == 400
    assert client.post("/otlp/v1/traces", json={}).json() == {}


def test_traces_need_a_type_and_a_credential(client, anybody) -> None:
    assert client.post("/otlp/v1/traces", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert anybody.post("/otlp/v1/traces", json={}).status_code == 401
    assert client.take(event()).status_code == 202


def test_a_request_with_a_key_gets_the_same_answer_in_protobuf(client, store) -> None:
    """An answer that counts 128 or more is no text."""
    sent = protobuf(request(*(span(span_id=f"{number:016x}", traceId="0" * 32) for number in range(1, 201))))
    headers = {"Content-Type": "application/x-protobuf", "Idempotency-Key": "k-1"}
    first, again = (client.post("/otlp/v1/traces", content=sent, headers=headers) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert first.headers["content-type"] == again.headers["content-type"] == "application/x-protobuf"
    assert first.content == again.content
    with pytest.raises(UnicodeDecodeError):
        first.content.decode()
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    assert store.scalar("SELECT count() FROM batches") == 1
