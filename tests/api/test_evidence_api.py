"""Evidence over HTTP: all of it or none, from administrators alone."""

from __future__ import annotations

import json

import pytest

LINE = {"kind": "deploy", "resource_id": "pod-1", "app_id": "search", "starts_at": "2026-01-05T11:00:00Z"}
NDJSON = {"Content-Type": "application/x-ndjson"}


def lines(*records: dict) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_evidence_is_kept_once(anybody, key, registered) -> None:
    admin = anybody.signed(key("ops", scopes=["admin"]))
    sent = lines(LINE, {**LINE, "reference": "4c1"})
    for news in (2, 0):
        answer = admin.post("/v1/evidence", content=sent, headers=NDJSON)
        assert (answer.status_code, answer.json()) == (200, {"records": 2, "news": news})
    assert registered.scalar("SELECT count() FROM evidence") == 2


@pytest.mark.parametrize(
    ("body", "status", "reason", "detail"),
    [
        (lines(LINE, {**LINE, "team_id": "red"}), 422, "no_evidence", "line:2 is no evidence: team_id"),
        (lines(LINE) + b"{", 422, "no_evidence", "line:2 is not JSON"),
        (lines({**LINE, "reference": "\ud800"}), 422, "no_evidence", "line:1 has half a character"),
        (lines(LINE).replace(b"}", b', "app_id": "x"}'), 422, "no_evidence", "app_id"),
        (lines({**LINE, "reference": "x" * 1025}), 422, "no_evidence", "reference: String should have at most 1024"),
        (lines({**LINE, "created_by": "x" * 257}), 422, "no_evidence", "created_by: String should have at most 256"),
        (lines({**LINE, "starts_at": "0001-01-01T00:00:00Z"}), 422, "no_evidence", "outside the years 2000 to 2199"),
        (lines({**LINE, "ends_at": "9999-12-31T00:00:00Z"}), 422, "no_evidence", "what has no end says none"),
        (b"\n" * 20_001, 413, "too_many_records", "20,000"),
    ],
)
def test_what_is_no_evidence_leaves_nothing(anybody, key, registered, body, status, reason, detail) -> None:
    admin = anybody.signed(key("ops", scopes=["admin"]))
    answer = admin.post("/v1/evidence", content=body, headers=NDJSON)
    assert (answer.status_code, answer.json()["reason"]) == (status, reason)
    assert detail in answer.json()["detail"]
    assert registered.scalar("SELECT count() FROM evidence") == 0


def test_only_administrators_say_whose_a_resource_was(anybody, key, registered) -> None:
    everything_else = key("exporter", scopes=["ingest", "costs", "leases", "read", "admit"])
    assert anybody.post("/v1/evidence", content=lines(LINE), headers=NDJSON).status_code == 401
    assert anybody.signed(everything_else).post("/v1/evidence", content=lines(LINE), headers=NDJSON).status_code == 403
    admin = anybody.signed(key("ops", scopes=["admin"]))
    assert admin.post("/v1/evidence", json=LINE).status_code == 415
    assert registered.scalar("SELECT count() FROM evidence") == 0
