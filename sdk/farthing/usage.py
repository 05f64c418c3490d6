"""Token counts of the providers' answers, split so that each token is in one bucket and none is lost.

Where a count has no bucket here, or the counts do not add up, the usage goes to the store as it came: the store says
what is wrong with it, and keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

_BESIDE = ("cache_read_input_tokens", "cache_creation_input_tokens")
_DETAILS = ("input_tokens_details", "output_tokens_details")


class Usage(NamedTuple):
    """What one call used: ``quantities`` by meter, or the provider's own ``raw`` counts where they cannot be split."""

    provider: str
    model: str
    quantities: dict[str, int]
    raw: Any = None
    is_estimated: bool = False


class _Unclear(ValueError):
    pass


def from_openai(response: Any, *, provider: str = "openai", model: str = "") -> Usage | None:
    """Return the usage of an answer in OpenAI's shape (chat, Responses, embeddings; object or mapping).

    None if it says nothing of usage, as all but the last chunk of a stream.
    """
    return _usage(response, provider, model, _openai)


def from_anthropic(response: Any, *, provider: str = "anthropic", model: str = "") -> Usage | None:
    """Return the usage of an answer in Anthropic's shape (a message, or a stream's final message)."""
    return _usage(response, provider, model, _anthropic)


def from_response(response: Any, *, provider: str = "", model: str = "") -> Usage | None:
    """Return the usage of an answer, its shape told by the names that only one provider uses."""
    said = get(response, "usage")
    if said is None:
        return None
    if get(said, "prompt_tokens") is not None or get(response, "object") == "response":
        return from_openai(response, provider=provider or "openai", model=model)
    # Both may say input_tokens_details or output_tokens_details; only Anthropic counts caches beside the input.
    is_message = get(response, "type") == "message" or any(get(said, name) is not None for name in _BESIDE)
    if not is_message and any(get(said, name) is not None for name in _DETAILS):
        return from_openai(response, provider=provider or "openai", model=model)
    if get(said, "input_tokens") is not None:
        return from_anthropic(response, provider=provider or "anthropic", model=model)
    return None


def get(said: Any, name: str) -> Any:
    """Return a member of a mapping or an attribute of an object; None if it has neither."""
    if isinstance(said, Mapping):
        return said.get(name)
    return getattr(said, name, None)


def plain(said: Any) -> Any:
    """Return a provider's object as JSON values."""
    if said is None or isinstance(said, (bool, int, float, str)):
        return said
    if isinstance(said, (list, tuple)):
        return [plain(member) for member in said]
    if not isinstance(said, Mapping):
        dump = getattr(said, "model_dump", None)
        said = dump() if callable(dump) else vars(said)
    return {str(name): plain(value) for name, value in said.items() if value is not None}


def buckets(tokens_in: int, read: int, written: int, tokens_out: int) -> dict[str, int]:
    """Return the disjoint meters of one call; ``tokens_in`` is what was neither read from nor written to a cache."""
    counts = (1, tokens_in, read, written, tokens_out)
    names = ("requests", "input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")
    return {name: count for name, count in zip(names, counts) if count}


def _usage(response: Any, provider: str, model: str, split: Any) -> Usage | None:
    said = get(response, "usage")
    if said is None:
        return None
    model = model or str(get(response, "model") or "")
    try:
        return Usage(provider, model, split(said))
    except _Unclear:
        return Usage(provider, model, {}, plain(said))


def _openai(said: Any) -> dict[str, int]:
    """OpenAI counts what was read from and written to the cache inside the input, and reasoning inside the output."""
    is_chat = get(said, "prompt_tokens") is not None
    names = ("prompt_tokens", "completion_tokens") if is_chat else ("input_tokens", "output_tokens")
    whole, out = _count(said, names[0]), _count(said, names[1])
    of_input, of_output = get(said, f"{names[0]}_details"), get(said, f"{names[1]}_details")
    if _count(of_input, "audio_tokens") or _count(of_output, "audio_tokens"):
        raise _Unclear("audio has a price of its own, and no meter")
    read, written = _count(of_input, "cached_tokens"), _count(of_input, "cache_write_tokens")
    beside = _count(said, "cache_creation_input_tokens")
    if beside and not written:
        # LiteLLM's form of Anthropic's counts. Its older versions count written tokens sometimes inside the prompt and
        # sometimes beside it; where they say it among the details, it is inside.
        written = _count(of_input, "cache_creation_tokens")
        if written != beside:
            raise _Unclear("whether the tokens written to the cache are part of the prompt is not said")
    total = get(said, "total_tokens")
    if read + written > whole or (total is not None and _count(said, "total_tokens") != whole + out):
        raise _Unclear("the counts do not add up")
    if get(said, names[0]) is None or _count(of_output, "reasoning_tokens") > out:
        raise _Unclear("the counts do not add up")
    return buckets(whole - read - written, read, written, out)


def _anthropic(said: Any) -> dict[str, int]:
    """Anthropic counts what was read from and written to the cache beside the input."""
    if get(said, "input_tokens") is None or get(said, "output_tokens") is None:
        raise _Unclear("input_tokens or output_tokens is missing")
    written, lifetimes = _count(said, "cache_creation_input_tokens"), get(said, "cache_creation")
    if lifetimes is not None:
        parts = sum(_count(lifetimes, f"ephemeral_{life}_input_tokens") for life in ("5m", "1h"))
        if get(said, "cache_creation_input_tokens") is not None and parts != written:
            raise _Unclear("the counts do not add up")
        written = parts
    return buckets(
        _count(said, "input_tokens"), _count(said, "cache_read_input_tokens"), written, _count(said, "output_tokens")
    )


def _count(said: Any, name: str) -> int:
    value = get(said, name)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Unclear(f"{name} {value!r} is not a count")
    return value
