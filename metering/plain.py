"""The plain ``POST /meter`` body: one call with its app, model, tokens, duration and instance, to a canonical event."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from metering.json_texts import Read
from metering.shape import ShapeError, only

# Names that people use for the same thing; the first that is said counts.
_NAMES = {
    "event_id": ("event_id", "request_id", "id"),
    "time": ("time", "timestamp", "ts"),
    "resource_id": ("resource_id", "instance_id"),
    "instance_type": ("instance_type", "instance"),
}
# These are what was used: nobody knows which is meant if they differ.
_AMOUNTS = {"meter": ("meter", "metric"), "quantity": ("quantity", "value")}
_TOKENS = {
    "input_tokens": ("input_tokens", "tokens_in", "input"),
    "cache_read_tokens": ("cache_read_tokens", "cache_read"),
    "cache_write_tokens": ("cache_write_tokens", "cache_write"),
    "output_tokens": ("output_tokens", "tokens_out", "output"),
}
_COUNT = re.compile(r"[0-9]{1,15}")
_DURATION = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
_DURATIONS = {"duration_ms": Decimal("0.001"), "duration": Decimal(1), "duration_s": Decimal(1)}


def named(reads: Sequence[Read], event_id: str) -> list[Read]:
    """Give calls that say no id the request's; where there are several, each with its place behind it."""
    if not event_id:
        return list(reads)
    several = len(reads) > 1
    return [_named(read, f"{event_id}#{place}" if several else event_id) for place, read in enumerate(reads)]


def from_plain(event: Any, now: str) -> dict[str, Any]:
    """Return the canonical event of one call; ``now`` stands for a time that it does not say.

    Token counts are disjoint here: ``input_tokens`` are those neither read from nor written to a cache. A bare
    ``tokens`` cannot be split: it counts as input and is marked estimated.

    Raises:
        ShapeError: it says nothing that was used, contradicts itself, or has nothing to tell it from its own retry.

    """
    if not isinstance(event, Mapping):
        raise ShapeError("the body is a JSON object")
    said = only(event)
    for name, names in _NAMES.items():
        found = next((event[other] for other in names if event.get(other) not in (None, "")), None)
        if found is not None:
            said[name] = found
    said |= {name: found for name, names in _AMOUNTS.items() if (found := _one_of(event, names)) is not None}
    said.setdefault("time", now)
    if not said.get("event_id"):
        raise ShapeError("event_id (or request_id) is missing: a retry could not be told from a new call")
    if "meter" in said or "quantities" in said or "llm_usage" in said:
        if event.get("tokens") is not None or _counts(event):
            raise ShapeError("token counts beside a meter, quantities or llm_usage: say what was used in one place")
        return said
    quantities = {"requests": "1", **_tokens(event, said), **_seconds(event, said)}
    if len(quantities) == 1:
        raise ShapeError("nothing was used: say tokens, a duration with its instance_type, or a meter and its quantity")
    return {**said, "quantities": quantities}


def _named(read: Read, event_id: str) -> Read:
    if not isinstance(read.value, Mapping) or any(read.value.get(name) for name in _NAMES["event_id"]):
        return read
    return replace(read, value={**read.value, "event_id": event_id})


def _tokens(event: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    tokens, beside = event.get("tokens"), _counts(event)
    if isinstance(tokens, Mapping):
        if beside:
            raise ShapeError(f"{', '.join(beside)} beside tokens, which has the counts: say them in one place")
        return _counts(tokens)
    if tokens is None:
        return beside
    if not beside:
        said["is_estimated"] = "true"
        return {"input_tokens": tokens}
    parts = [_whole(count) for count in beside.values()]
    if None in parts or _whole(tokens) != sum(filter(None, parts)):
        raise ShapeError(f"tokens {tokens} is not the sum of {', '.join(beside)}: say the parts, or their total")
    return beside


def _counts(said: Mapping[str, Any]) -> dict[str, Any]:
    found = {meter: _one_of(said, names) for meter, names in _TOKENS.items()}
    return {meter: count for meter, count in found.items() if count is not None}


def _one_of(said: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """Return what is said under any of the names; None if it is not said."""
    found = {name: said[name] for name in names if said.get(name) not in (None, "")}
    if len({str(value) for value in found.values()}) > 1:
        raise ShapeError(f"{' and '.join(found)} say the same thing differently: say it once")
    return next(iter(found.values()), None)


def _whole(count: Any) -> int | None:
    return int(str(count)) if _COUNT.fullmatch(str(count)) else None


def _seconds(event: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, str]:
    """How long an instance was busy; without an instance a duration is a trace and no usage."""
    if "instance_type" not in said:
        return {}
    seconds: dict[str, Decimal] = {}
    for name, factor in _DURATIONS.items():
        if event.get(name) is not None:
            if not _DURATION.fullmatch(str(event[name])):
                raise ShapeError(f"{name} is not a plain decimal number")
            seconds[name] = Decimal(str(event[name])) * factor
    if len(set(seconds.values())) > 1:
        raise ShapeError(f"{' and '.join(seconds)} say the same thing differently: say it once")
    busy = next(iter(seconds.values()), None)
    return {} if busy is None else {"instance_seconds": format(busy, "f")}
