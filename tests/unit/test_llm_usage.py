from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metering.llm_usage import LlmUsageError, disjoint_quantities

COUNTS = st.integers(min_value=0, max_value=10**12)


@dataclass(frozen=True)
class Call:
    uncached: int
    read: int
    written: int
    out: int
    reasoning: int

    @property
    def whole_input(self) -> int:
        return self.uncached + self.read + self.written

    @property
    def buckets(self) -> dict[str, int]:
        return {
            "input_tokens": self.uncached,
            "cache_read_tokens": self.read,
            "cache_write_tokens": self.written,
            "output_tokens": self.out,
        }


@st.composite
def calls(draw: st.DrawFn) -> Call:
    out = draw(COUNTS)
    return Call(draw(COUNTS), draw(COUNTS), draw(COUNTS), out, draw(st.integers(0, out)))


def chat(call: Call) -> dict:
    return {
        "prompt_tokens": call.whole_input,
        "completion_tokens": call.out,
        "total_tokens": call.whole_input + call.out,
        "prompt_tokens_details": {"cached_tokens": call.read, "cache_write_tokens": call.written, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": call.reasoning, "accepted_prediction_tokens": 0},
    }


def responses(call: Call) -> dict:
    return {
        "input_tokens": call.whole_input,
        "output_tokens": call.out,
        "total_tokens": call.whole_input + call.out,
        "input_tokens_details": {"cached_tokens": call.read, "cache_write_tokens": call.written},
        "output_tokens_details": {"reasoning_tokens": call.reasoning},
    }


def opentelemetry(call: Call) -> dict:
    return {
        "gen_ai.operation.name": "chat",
        "gen_ai.usage.input_tokens": call.whole_input,
        "gen_ai.usage.output_tokens": call.out,
        "gen_ai.usage.cache_read.input_tokens": call.read,
        "gen_ai.usage.cache_creation.input_tokens": call.written,
        "gen_ai.usage.reasoning.output_tokens": call.reasoning,
    }


def old_opentelemetry(call: Call) -> dict:
    return {
        "gen_ai.usage.prompt_tokens": call.whole_input,
        "gen_ai.usage.completion_tokens": call.out,
        "gen_ai.usage.cache_read.input_tokens": call.read,
        "gen_ai.usage.cache_write.input_tokens": call.written,
    }


def anthropic(call: Call) -> dict:
    return {
        "input_tokens": call.uncached,
        "cache_read_input_tokens": call.read,
        "cache_creation_input_tokens": call.written,
        "cache_creation": {
            "ephemeral_5m_input_tokens": call.written // 3,
            "ephemeral_1h_input_tokens": call.written - call.written // 3,
        },
        "output_tokens": call.out,
        "service_tier": "standard",
    }


def buckets(call: Call) -> dict:
    return call.buckets


SHAPES = (chat, responses, opentelemetry, old_opentelemetry, anthropic, buckets)


def as_text(usage: dict) -> dict:
    """The decoder keeps numbers as the text they were written as."""
    return {
        key: as_text(value) if isinstance(value, dict) else str(value) if isinstance(value, int) else value
        for key, value in usage.items()
    }


@given(calls())
def test_one_call_told_in_any_shape_gives_the_same_buckets(call: Call) -> None:
    told = [disjoint_quantities(told) for shape in SHAPES for told in (shape(call), as_text(shape(call)))]
    assert told == [call.buckets] * (2 * len(SHAPES))


@given(calls())
def test_no_token_is_lost_or_counted_twice(call: Call) -> None:
    for shape in SHAPES:
        assert sum(disjoint_quantities(shape(call)).values()) == call.whole_input + call.out


@given(calls(), st.integers(1, 1000))
def test_a_total_that_does_not_add_up_is_refused_by_name(call: Call, too_many: int) -> None:
    for shape in (chat, responses):
        wrong = shape(call) | {"total_tokens": call.whole_input + call.out + too_many}
        with pytest.raises(LlmUsageError, match=f"total_tokens {call.whole_input + call.out + too_many} is not"):
            disjoint_quantities(wrong)


@given(COUNTS, st.integers(1, 1000))
def test_a_part_beyond_its_whole_is_refused_by_name(whole: int, more: int) -> None:
    part = whole + more
    told = [
        {"prompt_tokens": whole, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": part}},
        {"input_tokens": whole, "output_tokens": 1, "input_tokens_details": {"cached_tokens": part}},
        {"input_tokens": 1, "output_tokens": whole, "output_tokens_details": {"reasoning_tokens": part}},
        {"gen_ai.usage.input_tokens": whole, "gen_ai.usage.cache_read.input_tokens": part},
        {"gen_ai.usage.output_tokens": whole, "gen_ai.usage.reasoning.output_tokens": part},
    ]
    for usage in told:
        with pytest.raises(LlmUsageError, match=rf"{part}.* is more than .*{whole}, of which"):
            disjoint_quantities(usage)


def test_a_plain_pair_of_counts_needs_no_shape() -> None:
    told = disjoint_quantities({"input_tokens": 7, "output_tokens": 3})
    assert told == {"input_tokens": 7, "cache_read_tokens": 0, "cache_write_tokens": 0, "output_tokens": 3}


def test_an_embedding_has_no_output_of_its_own() -> None:
    assert disjoint_quantities({"prompt_tokens": 8, "completion_tokens": 0, "total_tokens": 8})["input_tokens"] == 8


def test_null_details_are_no_details() -> None:
    usage = {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7, "prompt_tokens_details": None}
    assert disjoint_quantities(usage)["input_tokens"] == 5


@pytest.mark.parametrize(
    ("usage", "message"),
    [
        ("12", "is an object"),
        ({}, "it is empty"),
        ({"tokens": 3}, "no shape we know: tokens"),
        ({"prompt_tokens": 3}, "completion_tokens is missing"),
        ({"input_tokens": 3}, "output_tokens is missing"),
        ({"gen_ai.usage.cache_read.input_tokens": 3}, "both missing"),
        ({"prompt_tokens": -3, "completion_tokens": 1}, "prompt_tokens -3 is not a count"),
        ({"prompt_tokens": "1.5", "completion_tokens": 1}, "'1.5' is not a count"),
        ({"prompt_tokens": "٣", "completion_tokens": 1}, "is not a count"),
        ({"prompt_tokens": True, "completion_tokens": 1}, "True is not a count"),
        ({"prompt_tokens": 3, "completion_tokens": 1, "prompt_tokens_details": 3}, "an object of counts"),
        (
            {"prompt_tokens": 3, "completion_tokens": 1, "prompt_cache_hit_tokens": 2},
            "prompt_cache_hit_tokens 2 is a count we do not know",
        ),
        (
            {"prompt_tokens": 3, "completion_tokens": 1, "prompt_tokens_details": {"audio_tokens": 2}},
            "prompt_tokens_details.audio_tokens 2",
        ),
        (
            {"input_tokens": 9, "output_tokens": 1, "cache_read_input_tokens": 4, "input_tokens_details": {}},
            "mixes the shapes of OpenAI Responses and Anthropic",
        ),
        (
            {
                "input_tokens": 9,
                "output_tokens": 1,
                "cache_creation_input_tokens": 5,
                "cache_creation": {"ephemeral_5m_input_tokens": 3, "ephemeral_1h_input_tokens": 1},
            },
            "cache_creation_input_tokens 5 is not the sum of cache_creation, 4",
        ),
        (
            {"gen_ai.usage.input_tokens": 3, "gen_ai.usage.prompt_tokens": 4},
            "input_tokens 3 and gen_ai.usage.prompt_tokens 4 disagree",
        ),
    ],
)
def test_what_cannot_be_split_is_refused_with_its_reason(usage: object, message: str) -> None:
    with pytest.raises(LlmUsageError, match=message):
        disjoint_quantities(usage)
