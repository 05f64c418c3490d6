"""Events in: each has an answer of its own, and what is acknowledged is stored."""

from __future__ import annotations

import gzip
import json

import pytest
import zstandard

from tests.api.conftest import ago, event


def told(answer, *counts: int) -> list[dict]:
    """Check the counts of accepted, duplicates, quarantined and rejected, and return what is said of single events."""
    assert answer.status_code == 202, answer.text
    said = answer.json()
    assert tuple(said[name] for name in ("accepted", "duplicates", "quarantined", "rejected")) == counts
    return said["results"]


def stored(store) -> dict[str, dict]:
    return {row["event_id"]: row for row in store.rows("SELECT * FROM usage")}


def test_an_accepted_event_is_in_the_store_under_the_credentials_name(client, store) -> None:
    sent = event(app_id="search", quantity="1.5", meter="cpu_core_seconds")
    assert told(client.take(sent), 1, 0, 0, 0) == []
    row = stored(store)[sent["event_id"]]
    assert (row["source"], row["app_id"], str(row["quantity"])) == ("exporter", "search", "1.500000000")
    assert row["is_authenticated"]


def test_every_event_has_its_own_answer_by_its_place(client, store) -> None:
    once, bad = event(), event(meter="nope")
    results = told(client.take(once, bad, "no event", once, event(quantity=2)), 2, 1, 2, 0)
    assert [(r["index"], r["status"], r["reason"]) for r in results] == [
        (1, "quarantined", "unknown_meter"),
        (2, "quarantined", "malformed"),
        (3, "duplicate", ""),
    ]
    assert len(stored(store)) == 2
    assert store.scalar("SELECT count() FROM quarantine") == 2


def test_one_call_is_one_event_whatever_it_counts(client, store) -> None:
    call = event(provider="openai", model="gpt-4o", quantities={"requests": 1, "input_tokens": 7, "output_tokens": 0})
    del call["meter"], call["quantity"]
    told(client.take(call, event()), 2, 0, 0, 0)
    told(client.take(call), 0, 1, 0, 0)
    rows = store.rows(
        "SELECT meter, call_input_tokens FROM usage WHERE event_id = {id:String}", {"id": call["event_id"]}
    )
    assert {row["meter"]: row["call_input_tokens"] for row in rows} == {"requests": 7, "input_tokens": 7}


def test_a_retry_is_a_duplicate_whatever_time_it_says(client) -> None:
    sent = event()
    told(client.take(sent), 1, 0, 0, 0)
    told(client.take(sent), 0, 1, 0, 0)
    told(client.take({**sent, "time": ago(hours=1)}), 0, 1, 0, 0)


def test_the_same_identity_with_another_payload_is_a_conflict_and_the_first_stands(client, store) -> None:
    sent = event(quantity=1)
    told(client.take(sent), 1, 0, 0, 0)
    (result,) = told(client.take({**sent, "quantity": 2}), 0, 0, 1, 0)
    assert result["reason"] == "conflict"
    assert str(stored(store)[sent["event_id"]]["quantity"]) == "1.000000000"


def test_what_became_of_each_meter_of_a_call_is_said(client, store) -> None:
    """A meter is known by itself: a conflict in one says which of the others is stored all the same, and billed."""
    first = event(quantities={"input_tokens": 1000, "output_tokens": 100}, provider="openai", model="gpt-4o")
    del first["meter"], first["quantity"]
    told(client.take(first), 1, 0, 0, 0)
    more = first["quantities"] | {"requests": 1}
    answer = client.take({**first, "quantities": more}, event()).json()
    assert (answer["accepted"], answer["duplicates"], answer["quarantined"]) == (2, 0, 0)
    (partly,) = answer["results"]
    assert (partly["index"], partly["status"]) == (0, "accepted")
    assert partly["meters"] == {"input_tokens": "duplicate", "output_tokens": "duplicate", "requests": "accepted"}
    other = {**first, "resource_id": "other", "quantities": more | {"cache_write_tokens": 5_000_000}}
    (result,) = told(client.take(other), 0, 0, 1, 0)
    refused = dict.fromkeys(more, "quarantined")
    assert (result["reason"], result["meters"]) == ("conflict", refused | {"cache_write_tokens": "accepted"})
    assert "cache_write_tokens: accepted" in result["detail"]
    kept = store.rows(
        "SELECT meter, resource_id FROM usage_events WHERE event_id = {id:String}", {"id": first["event_id"]}
    )
    assert {row["meter"]: row["resource_id"] for row in kept} == {
        **dict.fromkeys(more, first["resource_id"]), "cache_write_tokens": "other",
    }  # fmt: skip
    strange = {**first, "event_id": f"{first['event_id']}-s", "quantities": {"input_tokens": 1000, "nonsense": 3}}
    (result,) = told(client.take(strange), 0, 0, 1, 0)
    assert (result["reason"], result["meters"]) == (
        "unknown_meter", {"input_tokens": "accepted", "nonsense": "quarantined"},
    )  # fmt: skip


def test_two_sources_may_use_one_id(anybody, key, store) -> None:
    sent = event()
    for name in ("one", "two"):
        told(anybody.signed(key(name)).take(sent), 1, 0, 0, 0)
    told(anybody.signed(key("three")).take({**sent, "source": "a"}, {**sent, "source": "b"}), 2, 0, 0, 0)
    assert {row["source"] for row in store.rows("SELECT source FROM usage")} == {"one", "two", "three/a", "three/b"}


def test_a_source_cannot_be_forged(anybody, key, store) -> None:
    told(anybody.signed(key("mallory")).take(event(source="exporter")), 1, 0, 0, 0)
    assert store.scalar("SELECT any(source) FROM usage") == "mallory/exporter"


@pytest.mark.parametrize(("age", "reason"), [({"days": 36}, "too_old"), ({"minutes": -6}, "too_far_ahead")])
def test_times_outside_the_window_wait_in_quarantine(client, age, reason) -> None:
    (result,) = told(client.take(event(time=ago(**age))), 0, 0, 1, 0)
    assert result["reason"] == reason


def test_what_waits_in_quarantine_can_be_replayed_under_its_senders_name(client, store) -> None:
    from metering.quarantine import replay

    late = event(time=ago(days=36), app_id="search")
    odd = event(color="red")
    told(client.take(late, odd), 0, 0, 2, 0)
    replay(store, by="test", reason="too_old")
    row = stored(store)[late["event_id"]]
    assert (row["source"], row["app_id"], row["is_authenticated"]) == ("exporter", "search", True)
    raw = store.scalar("SELECT raw FROM quarantine WHERE reason = 'malformed'")
    assert json.loads(raw)["source"] == "exporter"


def test_ndjson_is_judged_line_by_line(client) -> None:
    body = "\n".join([json.dumps(event()), "not json", "", json.dumps(event())])
    answer = client.post("/v1/events", content=body, headers={"Content-Type": "application/x-ndjson"})
    (result,) = told(answer, 2, 0, 1, 0)
    assert (result["index"], result["reason"]) == (1, "malformed")


@pytest.mark.parametrize("encoding", ["gzip", "zstd", "identity"])
def test_bodies_may_be_compressed(client, encoding) -> None:
    plain = json.dumps([event(), event()]).encode()
    made = {"gzip": gzip.compress, "zstd": zstandard.ZstdCompressor().compress, "identity": bytes}[encoding](plain)
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    told(client.post("/v1/events", content=made, headers=headers), 2, 0, 0, 0)


def test_one_event_and_wrapped_events(client) -> None:
    told(client.post("/v1/events", json=event()), 1, 0, 0, 0)
    told(client.post("/v1/events", json={"events": [event(), event()]}), 2, 0, 0, 0)
    told(client.take(), 0, 0, 0, 0)


def test_the_plain_body_of_one_call(client, store) -> None:
    body = {
        "request_id": "r-77", "app_id": "search", "model": "gpt-4o", "provider": "openai", "tokens_in": 100,
        "tokens_out": 20, "duration_ms": 1500, "instance": "g4dn.xlarge", "region": "us-east-1",
        "team_id": "mine", "cost_center": "yours", "cost": 0,
    }  # fmt: skip
    for path in ("/meter", "/v1/meter"):
        answer = client.post(path, json=body)
        assert answer.status_code == 202, answer.text
    rows = store.rows("SELECT meter, quantity, sku_id FROM usage WHERE event_id = 'r-77' ORDER BY meter")
    assert [(row["sku_id"], float(row["quantity"])) for row in rows] == [
        ("input_tokens/openai/gpt-4o", 100.0),
        ("instance_seconds/g4dn.xlarge/us-east-1", 1.5),
        ("output_tokens/openai/gpt-4o", 20.0),
        ("requests/openai/gpt-4o", 1.0),
    ]


def test_an_event_whose_id_has_a_slash_can_be_looked_up(client) -> None:
    """As those of OpenTelemetry have: trace/span."""
    sent = event(event_id="0af7651916cd43dd8448eb211c80319c/b7ad6b7169203331")
    client.take(sent)
    for said in (sent["event_id"], sent["event_id"].replace("/", "%2F")):
        assert client.get(f"/v1/events/{said}").json()["stored"][0]["event_id"] == sent["event_id"]


def test_an_event_can_be_looked_up_by_its_sender(client, anybody, key) -> None:
    sent = event()
    client.take(sent)
    found = client.get(f"/v1/events/{sent['event_id']}").json()
    assert found["stored"][0]["source"] == "exporter"
    assert anybody.signed(key("other")).get(f"/v1/events/{sent['event_id']}").status_code == 404
    assert anybody.signed(key("auditor", scopes=["read"])).get(f"/v1/events/{sent['event_id']}").status_code == 200
