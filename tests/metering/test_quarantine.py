"""Quarantine: nothing is lost, nothing is taken twice, every decision is written down."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from jobs.commands.quarantine import quarantine
from metering.decode import decode_lines
from metering.door import admit, history_terms
from metering.quarantine import dismiss, listed, replay
from warehouse.connect import Store
from warehouse.histories import record

FACTS = {"type": "usage", "source": "test", "time": "2026-01-05T12:00:00Z", "provider": "p", "model": "m"}


def send(store: Store, *said: dict[str, object], is_authenticated: bool = True) -> None:
    terms = replace(history_terms("test"), is_authenticated=is_authenticated)
    for event_type, staged in decode_lines(json.dumps({**FACTS, **event}) for event in said).items():
        receipt = admit(store, event_type, staged, terms)
        assert len(receipt.rejected) == receipt.quarantined


def test_a_fixed_event_is_taken_once(store: Store) -> None:
    send(store, {"event_id": "1", "meter": "gpu_time", "quantity": 5}, {"event_id": "2", "meter": "x", "quantity": 1})
    (wrong,) = [row for row in listed(store) if row["meter"] == "gpu_time"]
    result = replay(store, quarantine_ids=[wrong["quarantine_id"]], fix={"meter": "gpu_seconds"}, by="ann")
    assert (result.replayed, result.decided, result.accepted, result.quarantined) == (1, 1, 1, 0)
    assert store.rows("SELECT meter, quantity FROM usage") == [{"meter": "gpu_seconds", "quantity": 5}]
    assert [row["meter"] for row in listed(store)] == ["x"]
    assert replay(store, quarantine_ids=[wrong["quarantine_id"]], by="ann").replayed == 0
    assert store.rows("SELECT decision, decided_by, detail FROM quarantine_decisions") == [
        {"decision": "replayed", "decided_by": "ann", "detail": "taken; meter set to gpu_seconds"}
    ]


def test_a_replay_that_changes_nothing_leaves_events_open(store: Store) -> None:
    send(store, {"event_id": "1", "meter": "requests", "quantity": -5})
    before = listed(store)
    for _ in range(2):
        result = replay(store, reason="bad_quantity", by="ann")
        assert (result.replayed, result.decided, result.quarantined) == (1, 0, 1)
    assert [row["quarantine_id"] for row in listed(store)] == [before[0]["quarantine_id"]]


def test_an_event_refused_for_another_reason_is_open_anew_and_once(store: Store) -> None:
    send(store, {"event_id": "1", "meter": "gpu_time", "quantity": -5})
    result = replay(store, fix={"meter": "gpu_seconds"}, by="ann")
    assert (result.decided, result.quarantined) == (1, 1)
    assert [row["reason"] for row in listed(store)] == ["bad_quantity"]
    assert {row["reason"] for row in listed(store, is_open=False)} == {"unknown_meter", "bad_quantity"}
    assert replay(store, fix={"quantity": "5"}, by="ann").accepted == 1
    assert listed(store) == []


def test_a_call_is_mended_without_touching_what_was_taken(store: Store) -> None:
    """Two buckets of one call are refused, one is taken; the fix must not raise a conflict with the one taken."""
    send(store, {"event_id": "1", "quantities": {"requests": 1, "input_tokens": -5, "output_tokens": -7}})
    assert {row["meter"] for row in listed(store)} == {"input_tokens", "output_tokens"}
    result = replay(store, fix={"quantities": '{"requests": 1, "input_tokens": 5, "output_tokens": 7}'}, by="ann")
    assert (result.decided, result.accepted, result.duplicates, result.quarantined) == (2, 2, 0, 0)
    found = {row["meter"]: row["quantity"] for row in store.rows("SELECT meter, quantity FROM usage")}
    assert found == {"requests": 1, "input_tokens": 5, "output_tokens": 7}
    assert listed(store) == []


def test_columns_that_were_quarantined_without_a_text_can_be_replayed(store: Store) -> None:
    staged = next(iter(decode_lines([json.dumps({**FACTS, "event_id": "1", "meter": "x", "quantity": 2})]).values()))
    admit(store, "usage", staged.drop_columns(["raw", "problem"]), history_terms("test"))
    assert replay(store, fix={"meter": "requests"}, by="ann").accepted == 1


@pytest.mark.parametrize(
    ("event", "fix", "view"),
    [
        ({"type": "lifecycle", "event_id": "1", "action": "boom"}, {"action": "start"}, "lifecycle"),
        ({"type": "request", "event_id": "1", "status": "9999"}, {"status": "200"}, "request_traces"),
        (
            {"type": "alert", "event_id": "1", "starts_at": "yesterday", "name": "n"},
            {"starts_at": FACTS["time"]}, "alerts",
        ),
        (
            {"type": "platform_cost", "event_id": "1", "period_start": FACTS["time"], "period_end": FACTS["time"],
             "cost_type": "t", "amount": "1", "currency": "USD"},
            {"period_end": "2026-01-06T00:00:00Z"}, "platform_costs",
        ),
    ],
)  # fmt: skip
def test_every_type_of_event_can_be_mended(store: Store, event: dict, fix: dict[str, str], view: str) -> None:
    facts = {
        key: value for key, value in FACTS.items() if key == "source" or (key == "time" and "starts_at" not in event)
    }
    if "period_start" in event:
        facts.pop("time")
    staged = decode_lines([json.dumps({**facts, **event})])
    for event_type, rows in staged.items():
        assert admit(store, event_type, rows, history_terms("test")).quarantined == 1
    assert replay(store, fix=fix, by="ann").accepted == 1
    assert store.scalar(f"SELECT count() FROM {view}") == 1


def test_a_replay_trusts_nobody_more_than_before(store: Store) -> None:
    record(store, "apps", [{"app_id": "shop", "team_id": "t", "cost_center": "cc-shop"}], by="test")
    for number, is_authenticated in enumerate((True, False)):
        event = {"event_id": f"e{number}", "meter": "x", "quantity": 1, "app_id": "shop"}
        send(store, event, is_authenticated=is_authenticated)
    assert replay(store, fix={"meter": "requests"}, by="ann").accepted == 2
    trusted = {row["event_id"]: row["t"] for row in store.rows("SELECT event_id, is_authenticated AS t FROM usage")}
    assert trusted == {"e0": True, "e1": False}


def test_what_is_no_json_stays_open_until_it_is_dismissed(store: Store) -> None:
    for event_type, staged in decode_lines(["not json"]).items():
        admit(store, event_type, staged, history_terms("test"))
    assert replay(store, fix={"meter": "requests"}, by="ann").decided == 0
    (row,) = listed(store)
    assert row["raw"] == "not json"
    assert dismiss(store, quarantine_ids=[row["quarantine_id"]], by="ann", detail="noise") == 1
    assert dismiss(store, reason="malformed", by="ann") == 0
    assert listed(store) == []
    assert listed(store, is_open=False)[0]["decision"] == "dismissed"


def test_mistakes_are_said(store: Store) -> None:
    with pytest.raises(ValueError, match="no event has the field colour"):
        replay(store, fix={"colour": "red"}, by="ann")
    with pytest.raises(KeyError, match="not in quarantine: 00ff"):
        replay(store, quarantine_ids=["00ff"], by="ann")
    with pytest.raises(ValueError, match="say which events"):
        dismiss(store, by="ann")
    with pytest.raises(ValueError, match=r"^--fix quantities=\{bad is not JSON for the field quantities"):
        replay(store, fix={"quantities": "{bad"}, by="ann")
    with pytest.raises(ValueError, match=r"^--fix llm_usage=5: llm_usage is a JSON object"):
        replay(store, fix={"llm_usage": "5"}, by="ann")


@pytest.mark.parametrize(
    ("event", "fix", "accepted"),
    [
        ({"quantities": {"gpu_time": 5}}, {"quantities": '{"gpu_seconds": 5}'}, 1),
        ({"quantities": {"in": 5, "out": 7}}, {"quantities": '{"input_tokens": 5, "output_tokens": 7}'}, 2),
        ({"quantities": {"in": 5}}, {"llm_usage": '{"input_tokens": 5, "output_tokens": 7}'}, 3),
        ({"meter": "calls", "quantity": 1}, {"quantities": '{"requests": 1}'}, 1),
        ({"quantities": {"requests": 1}, "meter": "x"}, {"quantities": '{"requests": 1}'}, 1),
        ({"quantities": {"requests": 1}, "meter": "requests", "quantity": 1}, {"quantities": ""}, 1),
        ({"type": "usages", "meter": "requests", "quantity": 1}, {"type": "usage"}, 1),
    ],
)
def test_a_fix_may_change_what_an_event_counts(store: Store, event: dict, fix: dict[str, str], accepted: int) -> None:
    send(store, {"event_id": "1", **event})
    opened = len(listed(store))
    result = replay(store, fix=fix, by="ann")
    assert (result.replayed, result.decided, result.accepted, result.quarantined) == (opened, opened, accepted, 0)
    assert store.scalar("SELECT count() FROM usage") == accepted
    assert listed(store) == []


def test_nothing_taken_is_not_taken(store: Store) -> None:
    """The fix leaves out the meter that was refused, and the rest was taken before: nobody decided about the row."""
    send(store, {"event_id": "1", "quantities": {"requests": 1, "bogus": 5}})
    result = replay(store, fix={"quantities": '{"requests": 1}'}, by="ann")
    assert (result.replayed, result.decided, result.accepted, result.duplicates) == (1, 0, 0, 0)
    assert [row["meter"] for row in listed(store)] == ["bogus"]


def test_a_mended_bucket_knows_what_its_whole_call_put_in(store: Store) -> None:
    send(store, {"event_id": "1", "quantities": {"input_tokens": 300_000, "output_tokens": "1,000"}})
    replay(store, fix={"quantities": '{"input_tokens": 300000, "output_tokens": 1000}'}, by="ann")
    rows = store.rows("SELECT meter, call_input_tokens AS put_in FROM usage ORDER BY meter")
    assert rows == [{"meter": "input_tokens", "put_in": 300_000}, {"meter": "output_tokens", "put_in": 300_000}]


def test_replaying_nothing_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    done = CliRunner().invoke(quarantine, ["replay", "--reason", "no_such_reason", "--by", "ann"])
    assert done.exit_code == 0
    assert "Nothing to replay: no open event matches" in done.stderr


def test_a_row_of_columns_keeps_what_its_call_put_in(store: Store) -> None:
    quantities = {"input_tokens": 300_000, "output_tokens": "1,000"}
    staged = decode_lines([json.dumps({**FACTS, "event_id": "1", "quantities": quantities})])["usage"]
    admit(store, "usage", staged.drop_columns(["raw", "problem"]), history_terms("test"))
    assert replay(store, fix={"quantity": "1000"}, by="ann").accepted == 1
    assert store.rows("SELECT DISTINCT call_input_tokens AS put_in FROM usage") == [{"put_in": 300_000}]
