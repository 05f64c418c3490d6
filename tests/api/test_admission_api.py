"""Admission over HTTP: judged for those who may ask, kept as evidence once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.admission.test_manifests import SERVERLESS
from tests.admission.test_review import asked, pod
from warehouse.histories import record

LABELS = {"app_id": "search", "team_id": "blue", "lifecycle": "ephemeral"}


def evidence(store) -> list[tuple[str, str, bool]]:
    rows = store.rows("SELECT resource_id, app_id, reconcile_by IS NOT NULL AS due FROM evidence ORDER BY resource_id")
    return [(row["resource_id"], row["app_id"], bool(row["due"])) for row in rows]


def test_a_review_is_judged_and_what_gets_in_is_evidence(anybody, key, registered) -> None:
    cluster = anybody.signed(key("cluster-1", scopes=["admit"]))
    for _ in range(2):  # a cluster may ask twice
        answer = cluster.post("/v1/admission", json=asked(pod(LABELS)))
        assert (answer.status_code, answer.json()["response"]["allowed"]) == (200, True)
    assert evidence(registered) == [("pod/apps/chat-1", "search", False)]
    refused = cluster.post("/v1/admission", json=asked(pod(), uid="2"))
    assert (refused.status_code, refused.json()["response"]["allowed"]) == (200, False)
    defaulted = cluster.post("/v1/admission?profile=warn-and-default", json=asked(pod(name="chat-2"), uid="3"))
    assert defaulted.json()["response"]["patchType"] == "JSONPatch"
    tried = cluster.post("/v1/admission", json=asked(pod(LABELS, name="chat-3"), uid="4", dryRun=True))
    assert tried.json()["response"]["allowed"]
    assert evidence(registered) == [("pod/apps/chat-1", "search", False), ("pod/apps/chat-2", "", True)]


def test_only_who_may_ask_is_answered(anybody, key, registered) -> None:
    assert anybody.post("/v1/admission", json=asked(pod())).status_code == 401
    exporter = anybody.signed(key("exporter", scopes=["ingest"]))
    assert exporter.post("/v1/admission", json=asked(pod())).status_code == 403
    assert exporter.post("/v1/manifests/validate", json={"manifest": "a: 1"}).status_code == 403
    assert evidence(registered) == []


def test_an_app_that_is_gone_gets_nothing_made(anybody, key, registered) -> None:
    """Registered is what the registry says now, not what it ever said."""
    cluster = anybody.signed(key("cluster-1", scopes=["admit"]))
    ended = {"app_id": "search", "app_name": "search", "team_id": "blue", "valid_to": datetime.now(UTC)}
    record(registered, "apps", [ended], by="test")
    answer = cluster.post("/v1/admission", json=asked(pod(LABELS))).json()["response"]
    assert not answer["allowed"]
    assert "app_id=search is not registered" in answer["status"]["message"]
    said = cluster.post("/v1/manifests/validate", json={"manifest": json.dumps(pod(LABELS))}).json()
    assert "is not registered" in {fault["problem"] for thing in said["things"] for fault in thing["faults"]}


def test_what_is_no_review_is_a_problem(anybody, key, registered) -> None:
    cluster = anybody.signed(key("cluster-1", scopes=["admit"]))
    for body in ("{}", "[]", "not json", '{"kind": "AdmissionReview"}'):
        answer = cluster.post("/v1/admission", content=body, headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_a_manifest_is_checked_before_it_is_deployed(anybody, key, registered) -> None:
    pipeline = anybody.signed(key("ci", scopes=["admit"]))
    text = SERVERLESS.replace("search", "blue").replace("app_id: chat", "app_id: search")
    answer = pipeline.post("/v1/manifests/validate", json={"manifest": text}).json()
    assert not answer["valid"]
    assert [(thing["name"], len(thing["faults"])) for thing in answer["things"]] == [
        ("function answer", 0),
        ("function other", 1),
    ]
    assert pipeline.post("/v1/manifests/validate", json={"manifest": "a: ["}).status_code == 422
    assert pipeline.post("/v1/manifests/validate", json={"text": "a"}).status_code == 422


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("admission", asked(pod(LABELS, name="\ud800"))),
        ("admission", asked(pod({**LABELS, "tier": "\ud800"}))),
        ("admission", asked(pod(LABELS), uid="\ud800")),
        ("manifests/validate", {"manifest": "app_id: \ud800"}),
        ("leases", {"resource_id": "\ud800", "app_id": "search"}),
        ("keys", {"source": "a", "app_ids": ["\ud800"]}),
        ("keys", {"source": "a", "scopes": ["\ud800"]}),
    ],
)
def test_half_a_character_is_refused_wherever_it_is(standing, path, said) -> None:
    answer = standing.post(f"/v1/{path}", content=json.dumps(said), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert "half a character" in answer.json()["detail"]


def test_a_key_is_said_once_wherever_it_is(standing) -> None:
    once = json.dumps(asked(pod(LABELS)))
    for path, text in (("admission", once), ("keys", '{"source": "a"}'), ("leases", '{"app_id": "a"}')):
        twice = text[:-1] + ", " + text[1:]
        answer = standing.post(f"/v1/{path}", content=twice, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400, answer.text


def test_a_manifest_with_half_a_character_leaves_the_ledger_writable(anybody, key, registered) -> None:
    pipeline = anybody.signed(key("ci", scopes=["admit"]))
    answer = pipeline.post("/v1/manifests/validate", json={"manifest": 'apiVersion: v1\nkind: "\\ud800"\n'})
    assert (answer.status_code, answer.json()["reason"]) == (422, "no_manifest")
    anybody.app.state.intake.writer.refusals.write(registered)
    assert registered.rows("SELECT source, reason FROM refusal_records") == [{"source": "ci", "reason": "no_manifest"}]
