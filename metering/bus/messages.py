"""What a message of the bus says: canonical events or CloudEvents, one, an array or a line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol

from metering.arrivals import MOST_EVENT_CHARACTERS
from metering.cloudevents import from_cloudevent, is_cloudevent
from metering.json_texts import NotJson, Read, events_of, events_of_lines

Header = str | bytes | None
_CE = "ce_"  # CloudEvents' binary mode over Kafka: attributes are headers, the value is the data


class Message(Protocol):
    """What we use of a message that confluent-kafka hands over."""

    def value(self) -> bytes | None: ...
    def headers(self) -> dict[str, Header] | list[tuple[str, Header]] | None: ...


def reads_of(message: Message) -> list[Read]:
    """Return the events of a message, as they were written. What says nothing is one event with its problem.

    A message without a value (a tombstone of a compacted topic) has no events.
    """
    value = message.value()
    if value is None:
        return []
    attributes = _attributes(message.headers() or [])
    if "specversion" in attributes:
        return [_bounded(read) for read in _binary(value, attributes)]
    try:
        found = events_of(value)
    except NotJson as error:
        # One value a line, or nothing that anybody could read.
        lines = events_of_lines(value)
        found = lines if len(lines) > 1 else [Read(None, _text(value), str(error))]
    return [_bounded(read) for read in found]


def canonical(event: Any, *, source: str, now: str) -> Any:
    """Return the canonical event of what a message says; one that names no source has the topic's.

    Raises:
        ShapeError: a CloudEvent that is none.

    """
    said = from_cloudevent(event, now) if is_cloudevent(event) else event
    if isinstance(said, Mapping) and not said.get("source"):
        return {**said, "source": source}
    return said


def _binary(value: bytes, attributes: Mapping[str, str]) -> list[Read]:
    try:
        (data,) = events_of(value)
    except (NotJson, ValueError) as error:
        return [Read(None, _text(value), f"the data of a CloudEvent is one JSON object: {error}")]
    if data.problem:
        return [data]
    return [replace(data, value={**attributes, "data": data.value})]


def _attributes(headers: Mapping[str, Header] | Iterable[tuple[str, Header]]) -> dict[str, str]:
    return {
        name.lower().removeprefix(_CE): value if isinstance(value, str) else _text(value)
        for name, value in dict(headers).items()
        if name.lower().startswith(_CE) and value is not None
    }


def _bounded(read: Read) -> Read:
    """Nobody can be told that an event was too large: it is kept, cut, with the reason."""
    if len(read.text) <= MOST_EVENT_CHARACTERS:
        return read
    problem = f"the event has {len(read.text):,} characters; at most {MOST_EVENT_CHARACTERS:,} are kept"
    return Read(None, read.text[:MOST_EVENT_CHARACTERS], problem)


def _text(value: bytes) -> str:
    return value.decode("utf-8", errors="backslashreplace")
