"""Plain calls: nothing that was used is lost, and nothing is counted twice."""

from __future__ import annotations

from typing import Any

import pytest

from metering.json_texts import events_of
from metering.plain import from_plain, named
from metering.shape import ShapeError


def quantities(**said: Any) -> dict[str, Any]:
    return from_plain({"event_id": "e", **said}, "2026-11-20T12:00:00Z")["quantities"]


def test_the_calls_of_an_array_have_an_id_each() -> None:
    several = named(events_of(b'[{"tokens": 1}, {"tokens": 2}, {"tokens": 2, "request_id": "own"}]'), "k")
    assert [from_plain(read.value, "now")["event_id"] for read in several] == ["k#0", "k#1", "own"]
    for one in (b'{"tokens": 1}', b'[{"tokens": 1}]'):
        assert [from_plain(read.value, "now")["event_id"] for read in named(events_of(one), "k")] == ["k"]
    with pytest.raises(ShapeError, match="event_id"):
        from_plain({"tokens": 1}, "now")


def test_a_total_beside_its_parts_is_their_sum() -> None:
    parts = {"requests": "1", "input_tokens": "100", "output_tokens": "10"}
    assert quantities(input_tokens="100", output_tokens="10", tokens="110") == parts
    assert quantities(tokens={"input": "100", "output": "10"}) == parts
    assert quantities(tokens="500") == {"requests": "1", "input_tokens": "500"}
    assert quantities(input_tokens="100", tokens_in="100", output="10") == parts


@pytest.mark.parametrize(
    "said",
    [
        {"input_tokens": "100", "output_tokens": "10", "tokens": "500"},
        {"input_tokens": "100", "tokens": "many"},
        {"input_tokens": "100", "tokens_in": "7"},
        {"input_tokens": "100", "tokens": {"output": "10"}},
        {"meter": "requests", "quantity": "1", "tokens": "500"},
        {"meter": "requests", "quantity": "1", "input_tokens": "5"},
        {"meter": "requests", "quantity": "1", "value": "2"},
        {"instance": "g4dn.xlarge", "duration_ms": "1500", "duration_s": "2"},
    ],
)
def test_what_contradicts_itself_is_refused_with_its_reason(said: dict[str, Any]) -> None:
    with pytest.raises(ShapeError, match=r"say|beside"):
        from_plain({"event_id": "e", **said}, "now")


def test_a_duration_said_twice_is_one() -> None:
    said = quantities(instance="g4dn.xlarge", duration_ms="1500", duration_s="1.5")
    assert [float(said["instance_seconds"]), len(said)] == [1.5, 2]
