"""The plain ``POST /meter`` body: one call with its app, model, tokens, duration and instance, to a canonical event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from metering.shape import ShapeError, only

# Names that people use for the same thing; the first that is said counts.
_NAMES = {
    "event_id": ("event_id", "request_id", "id"),
    "time": ("time", "timestamp", "ts"),
    "resource_id": ("resource_id", "instance_id"),
    "meter": ("meter", "metric"),
    "quantity": ("quantity", "value"),
    "instance_type": ("instance_type", "instance"),
}
_TOKENS = {
    "input_tokens": ("input_tokens", "tokens_in", "input"),
    "cache_read_tokens": ("cache_read_tokens", "cache_read"),
    "cache_write_tokens": ("cache_write_tokens", "cache_write"),
    "output_tokens": ("output_tokens", "tokens_out", "output"),
}
_DURATION = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?")
_DURATIONS = {"duration_ms": Decimal("0.001"), "duration": Decimal(1), "duration_s": Decimal(1)}


def from_plain(event: Any, now: str, *, event_id: str = "") -> dict[str, Any]:
    """Return the canonical event of one call; ``now`` stands for a time that it does not say.

    Token counts are disjoint here: ``input_tokens`` are those neither read from nor written to a cache. A bare
    ``tokens`` cannot be split: it counts as input and is marked estimated.

    Raises:
        ShapeError: it says nothing that was used, or has nothing to tell it from its own retry.

    """
    if not isinstance(event, Mapping):
        raise ShapeError("the body is a JSON object")
    said = only(event)
    for name, names in _NAMES.items():
        found = next((event[other] for other in names if event.get(other) not in (None, "")), None)
        if found is not None:
            said[name] = found
    said.setdefault("time", now)
    if not said.get("event_id"):
        said["event_id"] = event_id
    if not said["event_id"]:
        raise ShapeError("event_id (or request_id) is missing: a retry could not be told from a new call")
    if "meter" in said or "quantities" in said or "llm_usage" in said:
        return said
    quantities = {"requests": "1", **_tokens(event, said), **_seconds(event, said)}
    if len(quantities) == 1:
        raise ShapeError("nothing was used: say tokens, a duration with its instance_type, or a meter and its quantity")
    return {**said, "quantities": quantities}


def _tokens(event: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    tokens = event.get("tokens")
    if tokens is not None and not isinstance(tokens, Mapping):
        said["is_estimated"] = "true"
        return {"input_tokens": tokens}
    counts = tokens if isinstance(tokens, Mapping) else event
    return {
        meter: next(counts[name] for name in names if counts.get(name) is not None)
        for meter, names in _TOKENS.items()
        if any(counts.get(name) is not None for name in names)
    }


def _seconds(event: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, str]:
    """How long an instance was busy; without an instance a duration is a trace and no usage."""
    if "instance_type" not in said:
        return {}
    for name, factor in _DURATIONS.items():
        if event.get(name) is not None:
            if not _DURATION.fullmatch(str(event[name])):
                raise ShapeError(f"{name} is not a plain decimal number")
            return {"instance_seconds": format(Decimal(str(event[name])) * factor, "f")}
    return {}
