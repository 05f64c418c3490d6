"""Usage objects as the providers' own libraries return them: every token in one bucket, none lost."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from farthing import Meter, from_anthropic, from_openai
from farthing.litellm import callback
from farthing.usage import from_response
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from metering.llm_usage import LlmUsageError, disjoint_quantities
from tests.sdk.workbench import Workbench

COUNTS = st.integers(0, 10**9)


class Details(BaseModel):
    """As the providers' models: fields they do not know are kept, fields that are not there are None."""

    model_config = ConfigDict(extra="allow")


def chat(uncached: int, read: int, written: int, out: int, reasoning: int = 0) -> dict[str, Any]:
    whole = uncached + read + written
    return {
        "prompt_tokens": whole,
        "completion_tokens": out,
        "total_tokens": whole + out,
        "prompt_tokens_details": {"cached_tokens": read, "cache_write_tokens": written, "audio_tokens": 0},
        "completion_tokens_details": {
            "reasoning_tokens": reasoning, "audio_tokens": 0, "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }  # fmt: skip


def responses(uncached: int, read: int, written: int, out: int, reasoning: int = 0) -> dict[str, Any]:
    whole = uncached + read + written
    return {
        "input_tokens": whole,
        "input_tokens_details": {"cached_tokens": read, "cache_write_tokens": written},
        "output_tokens": out,
        "output_tokens_details": {"reasoning_tokens": reasoning},
        "total_tokens": whole + out,
    }


def anthropic(uncached: int, read: int, written: int, out: int, _: int = 0) -> dict[str, Any]:
    return {
        "input_tokens": uncached,
        "cache_read_input_tokens": read,
        "cache_creation_input_tokens": written,
        "cache_creation": {"ephemeral_5m_input_tokens": written, "ephemeral_1h_input_tokens": 0},
        "output_tokens": out,
        "server_tool_use": None,
        "service_tier": "standard",
    }


def as_object(said: Any) -> Any:
    if isinstance(said, dict):
        return Details(**{name: as_object(value) for name, value in said.items()})
    return said


SHAPES = {"chat": (chat, from_openai), "responses": (responses, from_openai), "anthropic": (anthropic, from_anthropic)}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("wrap", [dict, as_object])
@given(counts=st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), data=st.data())
def test_every_token_is_in_one_bucket(shape: str, wrap: Callable, counts: tuple, data: st.DataObject) -> None:
    make, adapt = SHAPES[shape]
    usage = make(*counts, data.draw(st.integers(0, counts[3])))
    response = wrap({"id": "x", "model": "served-model", "usage": usage})
    for found in (adapt(response), from_response(response)):
        assert found
        assert (found.model, found.raw) == ("served-model", None)
        names = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
        assert [found.quantities.get(name, 0) for name in names] == list(counts)
        assert found.quantities["requests"] == 1
        assert 0 not in found.quantities.values()
        # Whoever sends the provider's own object instead gets the same.
        assert {name: count for name, count in disjoint_quantities(usage).items() if count} == {
            name: count for name, count in found.quantities.items() if name != "requests"
        }


WRONG = [
    (from_openai, chat(5, 0, 0, 3) | {"total_tokens": 9}),
    (from_openai, chat(5, 0, 0, 3) | {"prompt_tokens_details": {"cached_tokens": 6}}),
    (from_openai, chat(5, 0, 0, 3) | {"prompt_tokens_details": {"audio_tokens": 2}}),
    (from_openai, chat(5, 0, 0, 3) | {"completion_tokens_details": {"reasoning_tokens": 4}}),
    (from_openai, chat(5, 0, 0, 3) | {"prompt_tokens": -5}),
    (from_openai, chat(5, 0, 0, 3) | {"prompt_tokens": True}),
    (from_anthropic, anthropic(5, 0, 7, 3) | {"cache_creation": {"ephemeral_5m_input_tokens": 6}}),
    (from_anthropic, {"output_tokens": 3}),
]


@pytest.mark.parametrize(("adapt", "usage"), WRONG)
def test_what_cannot_be_split_goes_to_the_store_as_it_came(adapt: Callable, usage: dict) -> None:
    found = adapt(as_object({"model": "m", "usage": usage}))
    assert found.quantities == {}
    assert found.raw == {name: value for name, value in usage.items() if value is not None}
    with pytest.raises(LlmUsageError):
        disjoint_quantities(found.raw)


def test_an_answer_with_thinking_is_still_anthropics() -> None:
    usage = anthropic(10, 500, 20, 7) | {"output_tokens_details": {"thinking_tokens": 5}}
    found = from_response(as_object({"type": "message", "model": "claude-sonnet-4-5", "usage": usage}))
    assert found
    assert (found.provider, found.quantities["input_tokens"]) == ("anthropic", 10)
    assert found.quantities["cache_read_tokens"] == 500


def test_litellms_form_of_anthropics_counts_is_read_or_left_to_the_store() -> None:
    new = from_response({"model": "m", "usage": litellm_usage(7, 50, 9, 3, era="new")})
    assert new
    assert new.quantities == {
        "requests": 1, "input_tokens": 7, "cache_read_tokens": 50, "cache_write_tokens": 9, "output_tokens": 3,
    }  # fmt: skip
    old = from_response({"model": "m", "usage": litellm_usage(7, 50, 9, 3, era="old")})
    assert old
    assert (old.quantities, old.raw["cache_creation_input_tokens"]) == ({}, 9)


def test_embeddings_have_no_output() -> None:
    found = from_openai({"model": "text-embedding-3-small", "usage": {"prompt_tokens": 8, "total_tokens": 8}})
    assert found
    assert found.quantities == {"requests": 1, "input_tokens": 8}


@pytest.mark.parametrize("response", [{"choices": []}, {"usage": None}, None, "text", 3, object(), [1]])
def test_an_answer_that_says_nothing_of_usage_has_none(response: Any) -> None:
    assert from_response(response) is None
    assert from_openai(response) is None


@pytest.fixture
def litellm(monkeypatch: pytest.MonkeyPatch) -> type:
    """The host's LiteLLM, as far as a callback sees it: it must be a ``CustomLogger``, and is called by keyword."""
    logger = types.ModuleType("litellm.integrations.custom_logger")

    class CustomLogger:
        def __init__(self, **_: Any) -> None:
            self.is_ready = True

    logger.CustomLogger = CustomLogger  # type: ignore[attr-defined]
    for name in ("litellm", "litellm.integrations"):
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    monkeypatch.setitem(sys.modules, "litellm.integrations.custom_logger", logger)
    return CustomLogger


def called(usage: Any, *, provider: str = "openai", cache_hit: bool | None = None) -> dict[str, Any]:
    response = Details(id="chatcmpl-1", model="gpt-4o-2024-08-06", usage=as_object(usage))
    return {
        "kwargs": {
            "model": "gpt-4o",
            "litellm_params": {"custom_llm_provider": provider},
            "cache_hit": cache_hit,
            "standard_logging_object": {
                "id": "chatcmpl-1",
                "custom_llm_provider": provider,
                "model": "gpt-4o",
                "cache_hit": cache_hit,
            },
        },
        "response_obj": response,
        "start_time": None,
        "end_time": None,
    }


def litellm_usage(uncached: int, read: int, written: int, out: int, *, era: str) -> dict[str, Any]:
    """What LiteLLM makes of Anthropic's counts: what is inside ``prompt_tokens`` has changed over its versions."""
    whole = uncached + read + (written if era == "new" else 0)
    details = {"cached_tokens": read, "audio_tokens": None}
    return {
        "prompt_tokens": whole,
        "completion_tokens": out,
        "total_tokens": whole + out,
        "prompt_tokens_details": details | ({"cache_creation_tokens": written} if era == "new" else {}),
        "completion_tokens_details": None,
        "cache_read_input_tokens": read,
        "cache_creation_input_tokens": written,
    }


def test_litellm_reports_each_call_by_its_provider(meter: Meter, workbench: Workbench, litellm: type) -> None:
    import asyncio

    logger = callback(meter)
    assert isinstance(logger, litellm)
    assert logger.is_ready
    logger.log_success_event(**called(chat(100, 20, 0, 30, 10)))
    asyncio.run(logger.async_log_success_event(**called(litellm_usage(7, 50, 9, 3, era="new"), provider="anthropic")))
    logger.log_failure_event(**called(None))
    asyncio.run(logger.async_log_failure_event(**called(None)))
    logger.log_success_event(**called(chat(100, 0, 0, 30), cache_hit=True))
    logger.log_success_event(**called(litellm_usage(7, 50, 9, 3, era="old"), provider="anthropic"))
    logger.log_success_event(kwargs={}, response_obj=None, start_time=None, end_time=None)
    assert meter.flush(20)
    events = workbench.events
    assert [(event["provider"], event["model"]) for event in events[:2]] == [
        ("openai", "gpt-4o"),
        ("anthropic", "gpt-4o"),
    ]
    assert events[0]["quantities"] == {
        "requests": 1,
        "input_tokens": 100,
        "cache_read_tokens": 20,
        "output_tokens": 30,
    }
    assert events[1]["quantities"] == {
        "requests": 1,
        "input_tokens": 7,
        "cache_read_tokens": 50,
        "cache_write_tokens": 9,
        "output_tokens": 3,
    }
    # From LiteLLM's own cache: a request, and no token that anybody bills.
    assert events[2]["quantities"] == {"requests": 1}
    # Whether the old form counts the written tokens inside the input cannot be told: the store keeps it aside.
    with pytest.raises(LlmUsageError, match="mixes"):
        disjoint_quantities(events[3]["llm_usage"])
    assert len(events) == 4
    assert meter.counters()["calls_without_usage"] == 1


def test_without_litellm_the_host_is_told(meter: Meter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "litellm", None)
    with pytest.raises(ImportError):
        callback(meter)


def test_a_mapping_and_an_object_read_alike() -> None:
    usage = SimpleNamespace(prompt_tokens=4, completion_tokens=1, total_tokens=5, prompt_tokens_details=None)
    found = from_openai(SimpleNamespace(model="m", usage=usage))
    assert found == from_openai({"model": "m", "usage": vars(usage)})
    assert found.quantities == {"requests": 1, "input_tokens": 4, "output_tokens": 1}
