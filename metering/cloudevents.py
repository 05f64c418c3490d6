"""CloudEvents 1.0 in JSON to canonical events: our own types, and what OpenMeter's clients send.

``source`` and ``id`` are the identity, ``subject`` is the resource, and the extension ``leaseid`` names the lease. An
event of ours has a canonical event's fields in ``data``; any other type is a call that says its token counts as some
provider does, or a meter and its quantity.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metering.shape import ShapeError, only

TYPES = {
    "com.farthing.resource.usage.v1": "usage",
    "com.farthing.llm.usage.v1": "usage",
    "com.farthing.resource.lifecycle.v1": "lifecycle",
    "com.farthing.request.trace.v1": "request",
    "com.farthing.alert.v1": "alert",
    "com.farthing.platform.cost.v1": "platform_cost",
}
_REQUIRED = ("id", "source", "specversion", "type")
# What a usage object of any provider may say; the rest of the data describes the call.
_COUNTS = ("_tokens", "_tokens_details", "cache_creation")


def is_cloudevent(event: Any) -> bool:
    """Whether an event says that it is one: OpenMeter's clients may send it as plain JSON."""
    return isinstance(event, Mapping) and "specversion" in event


def from_cloudevent(event: Any, now: str) -> dict[str, Any]:
    """Return the canonical event; ``now`` stands for a time that it does not say.

    Raises:
        ShapeError: it is no CloudEvent 1.0 with JSON data.

    """
    if not isinstance(event, Mapping):
        raise ShapeError("a CloudEvent is a JSON object")
    if missing := [name for name in _REQUIRED if not isinstance(event.get(name), str) or not event[name]]:
        raise ShapeError(f"a CloudEvent has {', '.join(missing)}: a text that is not empty")
    if event["specversion"] != "1.0":
        raise ShapeError(f"specversion {event['specversion']!r} is not '1.0'")
    if event.get("datacontenttype") not in (None, "application/json"):
        raise ShapeError(f"datacontenttype {event['datacontenttype']!r} is not application/json")
    data = event.get("data")
    if not isinstance(data, Mapping):
        raise ShapeError("data is an object")
    facts = {
        "source": event["source"],
        "event_id": event["id"],
        "time": event.get("time") or now,
        "resource_id": event.get("subject") or "",
        "lease_id": event.get("leaseid") or "",
    }
    kind = TYPES.get(event["type"])
    said = data if kind else _of_elsewhere(data)
    if strange := sorted(name for name in ("source", "event_id") if said.get(name, facts[name]) != facts[name]):
        raise ShapeError(f"data says another {' and '.join(strange)} than the event")
    if kind in ("platform_cost", "alert"):
        # Their own fields say when; a time beside them would contradict.
        facts = {name: value for name, value in facts.items() if name != "time" or "time" in event}
    return {**{name: value for name, value in facts.items() if value}, **said, "type": kind or "usage"}


def _of_elsewhere(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a usage event that somebody else's data says."""
    said = only(data)
    if "meter" in data or "quantities" in data or "llm_usage" in data:
        return said
    counts = {name: value for name, value in data.items() if name.endswith(_COUNTS)}
    if not counts:
        raise ShapeError("data has neither token counts nor a meter and its quantity")
    return {**said, "llm_usage": counts}
