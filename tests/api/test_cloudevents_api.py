"""CloudEvents as OpenMeter's clients send them, and our own types."""

from __future__ import annotations

import pytest

from tests.api.conftest import ago
from tests.api.test_events_api import told

ONE, MANY = "application/cloudevents+json", "application/cloudevents-batch+json"


def openmeter(number: int = 1, **more) -> dict:
    """An event as OpenMeter's quick start has it."""
    return {
        "specversion": "1.0", "type": "tokens", "id": f"{number:05d}", "source": "openmeter-python",
        "subject": "user-id", "datacontenttype": "application/json",
        "data": {"prompt_tokens": 5, "completion_tokens": 10, "total_tokens": 15, "model": "gpt-4o"},
        **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (openmeter(), ONE),
        ([openmeter(), openmeter(2)], MANY),
        (openmeter(), "application/json"),
        ([openmeter(), openmeter(2)], "application/json"),
    ],
    ids=["structured", "batch", "one as JSON", "many as JSON"],
)
def test_openmeters_clients_get_their_204(client, store, content, kind) -> None:
    for _ in range(2):
        answer = client.post("/v1/events", json=content, headers={"Content-Type": kind})
        assert (answer.status_code, answer.content) == (204, b""), answer.text
    number = len(content) if isinstance(content, list) else 1
    assert store.scalar("SELECT count() FROM usage WHERE meter = 'output_tokens' AND quantity = 10") == number
    (row,) = store.rows("SELECT DISTINCT source, resource_id, model FROM usage")
    assert row == {"source": "exporter/openmeter-python", "resource_id": "user-id", "model": "gpt-4o"}


def test_who_prefers_it_is_told_everything(client) -> None:
    headers = {"Content-Type": ONE, "Prefer": "return=representation"}
    told(client.post("/v1/events", json=openmeter(), headers=headers), 1, 0, 0, 0)


def test_a_cloudevent_that_was_not_taken_is_not_a_204(client) -> None:
    headers = {"Content-Type": MANY}
    odd = [
        openmeter(1, specversion="0.3"), openmeter(2, source=""), openmeter(3, data=None), openmeter(4, data={"x": 1}),
        openmeter(5, datacontenttype="text/xml"), {"specversion": "1.0"}, "no event",
        openmeter(6, data={"event_id": "another", "prompt_tokens": 1}),
    ]  # fmt: skip
    results = told(client.post("/v1/events", json=[openmeter(), *odd], headers=headers), 1, 0, len(odd), 0)
    assert {result["reason"] for result in results} == {"malformed"}


def test_our_types_say_what_canonical_events_say(client, store) -> None:
    now = ago(minutes=1)
    envelope = {"specversion": "1.0", "source": "/exporter/a", "time": now, "subject": "r-1", "leaseid": ""}
    sent = [
        {**envelope, "id": "1", "type": "com.farthing.resource.usage.v1",
         "data": {"meter": "cpu_core_seconds", "quantity": "0.25"}},
        {**envelope, "id": "2", "type": "com.farthing.llm.usage.v1",
         "data": {"llm_usage": {"input_tokens": 3, "output_tokens": 4}, "model": "m"}},
        {**envelope, "id": "3", "type": "com.farthing.resource.lifecycle.v1", "data": {"action": "start"}},
        {**envelope, "id": "4", "type": "com.farthing.request.trace.v1", "data": {"request_id": "q", "status": 200}},
        {**envelope, "id": "5", "type": "com.farthing.alert.v1", "data": {"name": "HighCpu", "severity": "page"}},
    ]  # fmt: skip
    headers = {"Content-Type": MANY, "Prefer": "return=representation"}
    told(client.post("/v1/events", json=sent, headers=headers), 5, 0, 0, 0)
    tables = ("usage", "lifecycle", "request_traces", "alerts")
    assert [store.scalar(f"SELECT count() FROM {name}") for name in tables] == [4, 1, 1, 1]
    assert store.scalar("SELECT any(resource_id) FROM lifecycle") == "r-1"


def test_the_meter_of_a_foreign_type(client, store) -> None:
    sent = openmeter(type="gpu", data={"meter": "gpu_seconds", "quantity": "12.5", "instance_type": "p5", "plan": "x"})
    assert client.post("/v1/events", json=sent, headers={"Content-Type": ONE}).status_code == 204
    assert store.scalar("SELECT toString(quantity) FROM usage") == "12.5"


def test_binary_mode_is_refused_by_its_name(standing) -> None:
    """Its id, source and type are in headers: kept without them, the event could never be mended."""
    headers = {"ce-specversion": "1.0", "ce-id": "1", "ce-source": "a", "ce-type": "tokens"}
    answer = standing.post("/v1/events", json={"prompt_tokens": 5, "model": "gpt-4o"}, headers=headers)
    assert (answer.status_code, answer.json()["reason"]) == (415, "binary_cloudevent")
    assert "send the event whole" in answer.json()["detail"]
