"""Provider-shaped token counts to disjoint meters: never count a token twice, never lose one.

Providers disagree about what "input" is. OpenAI and OpenTelemetry count cached tokens inside the input, Anthropic
beside it. Every shape is split into the same four buckets, and whatever the provider lets us check must add up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

BUCKETS = ("input_tokens", "cache_read_tokens", "cache_write_tokens", "output_tokens")

_OTEL = "gen_ai.usage."
_RESPONSES_DETAILS = ("input_tokens_details", "output_tokens_details")
_ANTHROPIC_CACHE = ("cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation")
# Parts of a total that are priced like the rest of it, so the split ignores them.
_SAME_PRICE = ("text_tokens", "image_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens")
_COUNT = re.compile(r"\d{1,18}")


class LlmUsageError(ValueError):
    """A usage object that cannot be split into disjoint buckets; the message names the counts that disagree."""


def disjoint_quantities(usage: Any) -> dict[str, int]:
    """Return ``input_tokens`` (uncached), ``cache_read_tokens``, ``cache_write_tokens`` and ``output_tokens``.

    Tokens of one call, each in exactly one bucket; reasoning is part of the output. Takes OpenAI's chat and Responses
    usage, OpenTelemetry's ``gen_ai.usage.*`` attributes, Anthropic's usage and these four buckets themselves. Cache
    writes of any lifetime are one meter.

    Raises:
        LlmUsageError: the object has no shape we know, mixes two, counts what no meter counts, or does not add up.

    """
    if not isinstance(usage, Mapping):
        raise LlmUsageError("llm_usage is an object as the provider returned it")
    return _shape(usage)(usage)


def _shape(usage: Mapping[str, Any]) -> Callable[[Mapping[str, Any]], dict[str, int]]:
    """Tell the shape by the keys that only it has; two shapes at once could mean either."""
    told = {
        "OpenTelemetry": (_opentelemetry, any(key.startswith(_OTEL) for key in usage)),
        "OpenAI chat": (_chat, "prompt_tokens" in usage or "completion_tokens" in usage),
        "OpenAI Responses": (_responses, any(key in usage for key in _RESPONSES_DETAILS)),
        "Anthropic": (_anthropic, any(key in usage for key in _ANTHROPIC_CACHE)),
        "Farthing": (_buckets, "cache_read_tokens" in usage or "cache_write_tokens" in usage),
    }
    found = {name: adapter for name, (adapter, is_told) in told.items() if is_told}
    if len(found) > 1:
        raise LlmUsageError(f"llm_usage mixes the shapes of {' and '.join(found)}: {', '.join(sorted(usage))}")
    if found:
        return next(iter(found.values()))
    if "input_tokens" in usage or "output_tokens" in usage:
        # Without a word about caches all shapes say the same.
        return _responses
    raise LlmUsageError(f"llm_usage has no shape we know: {', '.join(sorted(usage)) or 'it is empty'}")


def _chat(usage: Mapping[str, Any]) -> dict[str, int]:
    return _inclusive(usage, "prompt_tokens", "completion_tokens")


def _responses(usage: Mapping[str, Any]) -> dict[str, int]:
    return _inclusive(usage, "input_tokens", "output_tokens")


def _inclusive(usage: Mapping[str, Any], whole_input: str, whole_output: str) -> dict[str, int]:
    """OpenAI's two shapes: the input includes what was read from and written to the cache."""
    details = (f"{whole_input}_details", f"{whole_output}_details")
    _know(usage, {whole_input, whole_output, "total_tokens", *details})
    of_input = _part(usage, details[0], {"cached_tokens", "cache_write_tokens", "audio_tokens", *_SAME_PRICE})
    of_output = _part(usage, details[1], {"reasoning_tokens", "audio_tokens", *_SAME_PRICE})
    _refuse_audio(of_input, details[0])
    _refuse_audio(of_output, details[1])
    tokens_in, tokens_out = _required(usage, whole_input), _required(usage, whole_output)
    read, written = _count(of_input, "cached_tokens"), _count(of_input, "cache_write_tokens")
    reasoning = _count(of_output, "reasoning_tokens")
    _within(reasoning, "reasoning_tokens", tokens_out, whole_output)
    _check_total(usage, tokens_in + tokens_out, f"{whole_input} {tokens_in} + {whole_output} {tokens_out}")
    return _split(tokens_in, whole_input, {"cached_tokens": read, "cache_write_tokens": written}, tokens_out)


def _opentelemetry(usage: Mapping[str, Any]) -> dict[str, int]:
    """OpenTelemetry: cached tokens are part of ``gen_ai.usage.input_tokens``, reasoning of ``output_tokens``."""
    said = {key.removeprefix(_OTEL): value for key, value in usage.items() if key.startswith(_OTEL)}
    old_and_new = {
        "input_tokens": ("input_tokens", "prompt_tokens"),
        "output_tokens": ("output_tokens", "completion_tokens"),
        "cache_read": ("cache_read.input_tokens",),
        "cache_write": ("cache_write.input_tokens", "cache_creation.input_tokens"),
        "reasoning": ("reasoning.output_tokens",),
    }
    _know(said, {name for names in old_and_new.values() for name in names})
    counts = {meaning: _same(said, names) for meaning, names in old_and_new.items()}
    if counts["input_tokens"] is None and counts["output_tokens"] is None:
        raise LlmUsageError(f"{_OTEL}input_tokens and {_OTEL}output_tokens are both missing")
    tokens_in, tokens_out = counts["input_tokens"] or 0, counts["output_tokens"] or 0
    _within(counts["reasoning"] or 0, "reasoning.output_tokens", tokens_out, "output_tokens")
    cached = {
        "cache_read.input_tokens": counts["cache_read"] or 0,
        "cache_write.input_tokens": counts["cache_write"] or 0,
    }
    return _split(tokens_in, "input_tokens", cached, tokens_out)


def _anthropic(usage: Mapping[str, Any]) -> dict[str, int]:
    """Anthropic: the input is what was neither read from nor written to the cache."""
    _know(usage, {"input_tokens", "output_tokens", "total_tokens", *_ANTHROPIC_CACHE})
    lifetimes = _part(usage, "cache_creation", {"ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"})
    written = _count(usage, "cache_creation_input_tokens")
    if lifetimes:
        parts = sum(_count(lifetimes, name) for name in lifetimes)
        if "cache_creation_input_tokens" in usage and parts != written:
            raise LlmUsageError(f"cache_creation_input_tokens {written} is not the sum of cache_creation, {parts}")
        written = parts
    buckets = {
        "input_tokens": _required(usage, "input_tokens"),
        "cache_read_tokens": _count(usage, "cache_read_input_tokens"),
        "cache_write_tokens": written,
        "output_tokens": _required(usage, "output_tokens"),
    }
    _check_total(usage, sum(buckets.values()), " + ".join(f"{name} {count}" for name, count in buckets.items()))
    return buckets


def _buckets(usage: Mapping[str, Any]) -> dict[str, int]:
    _know(usage, {*BUCKETS, "total_tokens"})
    buckets = {name: _count(usage, name) for name in BUCKETS}
    _check_total(usage, sum(buckets.values()), " + ".join(f"{name} {count}" for name, count in buckets.items()))
    return buckets


def _split(tokens_in: int, name: str, cached: Mapping[str, int], tokens_out: int) -> dict[str, int]:
    read, written = cached.values()
    if read + written > tokens_in:
        parts = " + ".join(f"{part} {count}" for part, count in cached.items())
        raise LlmUsageError(f"{parts} is more than {name} {tokens_in}, of which they are part")
    return dict(zip(BUCKETS, (tokens_in - read - written, read, written, tokens_out), strict=True))


def _within(part: int, part_name: str, whole: int, whole_name: str) -> None:
    if part > whole:
        raise LlmUsageError(f"{part_name} {part} is more than {whole_name} {whole}, of which it is part")


def _check_total(usage: Mapping[str, Any], total: int, sum_text: str) -> None:
    if usage.get("total_tokens") is not None and (said := _count(usage, "total_tokens")) != total:
        raise LlmUsageError(f"total_tokens {said} is not {sum_text}")


def _know(usage: Mapping[str, Any], known: set[str]) -> None:
    """Refuse token counts we do not know: they may be tokens that nobody else counts."""
    for key in sorted(set(usage) - known):
        if key.endswith(("_tokens", "_tokens_details")) and usage[key] not in (None, "0", 0):
            raise LlmUsageError(f"{key} {usage[key]} is a count we do not know; known are {', '.join(sorted(known))}")


def _refuse_audio(details: Mapping[str, Any], name: str) -> None:
    if audio := _count(details, "audio_tokens"):
        raise LlmUsageError(f"{name}.audio_tokens {audio}: audio is priced apart and has no meter")


def _part(usage: Mapping[str, Any], name: str, known: set[str]) -> Mapping[str, Any]:
    details = usage.get(name)
    if details is None:
        return {}
    if not isinstance(details, Mapping):
        raise LlmUsageError(f"{name} is an object of counts, not {details!r}")
    _know(details, known)
    return details


def _same(said: Mapping[str, Any], names: tuple[str, ...]) -> int | None:
    counts = {name: _count(said, name) for name in names if said.get(name) is not None}
    if len(set(counts.values())) > 1:
        raise LlmUsageError(" and ".join(f"{_OTEL}{name} {count}" for name, count in counts.items()) + " disagree")
    return next(iter(counts.values()), None)


def _required(usage: Mapping[str, Any], name: str) -> int:
    if usage.get(name) is None:
        raise LlmUsageError(f"{name} is missing")
    return _count(usage, name)


def _count(usage: Mapping[str, Any], name: str) -> int:
    value = usage.get(name)
    if value is None:
        return 0
    if isinstance(value, bool) or not _COUNT.fullmatch(str(value)) or not str(value).isascii():
        raise LlmUsageError(f"{name} {value!r} is not a count")
    return int(str(value))
