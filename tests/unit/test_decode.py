from __future__ import annotations

import json

from metering.decode import decode_lines

FACTS = {"source": "s", "event_id": "1", "time": "2026-01-05T12:00:00Z", "app_id": "a"}


def staged(*lines: str | bytes) -> list[dict[str, str]]:
    return [row for table in decode_lines(lines).values() for row in table.to_pylist()]


def event(**more: object) -> str:
    return json.dumps({"type": "usage", **FACTS, **more})


def test_one_call_becomes_one_row_per_bucket_with_its_whole_input() -> None:
    usage = {"prompt_tokens": 100, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 40}}
    rows = staged(event(llm_usage=usage))
    assert {row["meter"]: row["quantity"] for row in rows} == {
        "requests": "1",
        "input_tokens": "60",
        "cache_read_tokens": "40",
        "output_tokens": "5",
    }
    assert {row["call_input_tokens"] for row in rows} == {"100"}
    assert {row["event_id"] for row in rows} == {"1"}


def test_usage_that_does_not_add_up_is_staged_with_its_problem() -> None:
    (row,) = staged(event(llm_usage={"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 3}))
    assert row["problem"] == "total_tokens 3 is not prompt_tokens 1 + completion_tokens 1"
    assert json.loads(row["raw"])["event_id"] == "1"


def test_numbers_stay_the_text_they_were_written_as() -> None:
    (row,) = staged('{"source":"s","event_id":"1","meter":"cpu_core_seconds","quantity":0.10000000000000000001}')
    assert row["quantity"] == "0.10000000000000000001"


def test_what_is_no_event_keeps_its_text() -> None:
    lines = ["not json", b"\xff\xfe{}", "[1]", '{"type":"bill"}', event(colour="red")]
    assert [row["problem"].split(":")[0] for row in staged(*lines)] == [
        "not JSON",
        "not JSON",
        "an event is a JSON object",
        "type 'bill' is none of usage, lifecycle, request, alert, platform_cost",
        "unknown field 'colour'; usage events have app_id, call_input_tokens, environment, event_id, instance_type, "
        "is_estimated, is_spot, lease_id, llm_usage, meter, model, provider, quantities, quantity, region, "
        "resource_id, source, time, type, unit",
    ]


def test_empty_lines_are_no_events() -> None:
    assert staged("", "\n", "  \n") == []
