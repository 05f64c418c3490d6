from __future__ import annotations

import json

import pytest

from metering.decode import decode_events, decode_lines

FACTS = {"source": "s", "event_id": "1", "time": "2026-01-05T12:00:00Z", "app_id": "a"}


def staged(*lines: str | bytes) -> list[dict[str, str]]:
    return [row for table in decode_lines(lines).values() for row in table.to_pylist()]


def event(**more: object) -> str:
    return json.dumps({"type": "usage", **FACTS, **more})


def test_one_call_becomes_one_row_per_bucket() -> None:
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


@pytest.mark.parametrize(
    "odd",
    [
        {"quantities": {"input_tokens": "1e3", "output_tokens": 5}},
        {"quantities": {"input_tokens": 1}, "unit": "Tokens"},
    ],
    ids=["no plain count", "another unit"],
)
def test_what_a_call_put_in_is_left_to_the_door_where_it_is_not_plain(odd: dict[str, object]) -> None:
    assert {row["call_input_tokens"] for row in staged(event(**odd))} == {""}


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
        "not UTF-8",
        "an event is a JSON object",
        "type 'bill' is none of usage, lifecycle, request, alert, platform_cost",
        "unknown field 'colour'; usage events have app_id, call_input_tokens, environment, event_id, instance_type, "
        "is_estimated, is_spot, lease_id, llm_usage, meter, model, provider, quantities, quantity, region, "
        "resource_id, source, time, type, unit",
    ]


def test_empty_lines_are_no_events() -> None:
    assert staged("", "\n", "  \n") == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (event(quantities={"requests": 1}, meter="input_tokens"), "quantities and meter contradict each other"),
        (event(quantities={"requests": 1}, quantity=5), "quantities and quantity contradict each other"),
        (event(quantities={"requests": 1}, llm_usage={"input_tokens": 1}), "quantities and llm_usage contradict"),
        (event(llm_usage={"input_tokens": 1}, meter="requests", quantity=1), "llm_usage and meter and quantity"),
        ('{"source":"s","event_id":"1","meter":"requests","quantity":1,"quantity":1000}', "'quantity' is said twice"),
        ('{"source":"s","event_id":"1","quantities":{"requests":1,"requests":2}}', "'requests' is said twice"),
        (
            '{"source":"s","event_id":"half \\ud800","meter":"requests","quantity":1}',
            "half \\ud800 has half a character",
        ),
        (b'{"source":"s","event_id":"bad\xff","meter":"requests","quantity":1}', "not UTF-8"),
        (event(quantities={"input_tokens": 0}, colour="red"), "unknown field 'colour'"),
    ],
)
def test_what_contradicts_itself_or_is_no_text_is_one_row_with_its_problem(line: str | bytes, problem: str) -> None:
    (row,) = staged(line, event(meter="requests", quantity=1))[:-1]
    assert row["problem"].startswith(problem)
    assert row["raw"].encode()


def test_lines_of_other_bad_bytes_stay_two() -> None:
    first, second = staged(b'{"event_id":"\xff\xfe"}', b'{"event_id":"\xfe\xfd"}')
    assert first["raw"] != second["raw"]


def test_only_exact_zeros_beside_a_count_are_left_out() -> None:
    counts = {
        "requests": 1,
        "input_tokens": 0,
        "output_tokens": "0.00",
        "cache_read_tokens": "0.0.0",
        "egress_bytes": ".",
    }
    assert [row["quantity"] for row in staged(event(quantities=counts))] == ["1", "0.0.0", "."]
    assert [row["quantity"] for row in staged(event(quantities={"input_tokens": 0, "bogus": "0"}))] == ["0", "0"]


def test_a_null_says_nothing() -> None:
    (row,) = staged(event(quantities=None, llm_usage=None, meter="requests", quantity=1))
    assert (row["meter"], row["problem"]) == ("requests", "")


def test_parsed_events_that_cannot_be_written_are_staged_and_the_rest_is_taken() -> None:
    good = {**FACTS, "meter": "requests", "quantity": 1}
    circle: list = []
    circle.append(circle)
    odd = [{**good, "quantity": 10**5000}, {**good, "event_id": "\ud800"}, {**good, "attributes": circle}]
    rows = decode_events([*odd, good])["usage"].to_pylist()
    assert [bool(row["problem"]) for row in rows] == [False, True, True, False]
    assert rows[0]["quantity"] == "1" + "0" * 5000
