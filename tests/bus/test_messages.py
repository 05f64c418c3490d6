"""What messages of the bus say, and that none is lost for saying it badly."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metering.arrivals import MOST_EVENT_CHARACTERS, arrivals
from metering.bus.messages import Header, canonical, reads_of

EVENT = {"type": "usage", "source": "s", "event_id": "1", "meter": "requests", "quantity": 1}


@dataclass
class Said:
    """A message as the client hands it over."""

    text: bytes | None
    attributes: dict[str, Header] = field(default_factory=dict)

    def value(self) -> bytes | None:
        return self.text

    def headers(self) -> list[tuple[str, Header]]:
        return list(self.attributes.items())


def said(value: Any, **attributes: Header) -> Said:
    return Said(json.dumps(value).encode(), attributes)


def test_one_event_an_array_or_a_line_each() -> None:
    text = json.dumps(EVENT).encode()
    assert len(reads_of(Said(text))) == 1
    assert len(reads_of(Said(b"[" + text + b"," + text + b"]"))) == 2
    assert len(reads_of(Said(text + b"\n" + text + b"\n"))) == 2
    assert reads_of(Said(None)) == []


@pytest.mark.parametrize("value", [b"", b"{", b"\xff\xfe", b"nothing", b'{"a": 1} {"a": 2}', b"[1", b"42"])
def test_what_nobody_can_read_is_one_event_with_its_problem(value: bytes) -> None:
    (read,) = reads_of(Said(value))
    assert read.value is None
    assert read.problem


def test_an_event_too_large_is_kept_as_far_as_it_goes() -> None:
    (read,) = reads_of(said({**EVENT, "event_id": "x" * 70_000}))
    assert len(read.text) == MOST_EVENT_CHARACTERS
    assert "70,0" in read.problem


def test_cloudevents_as_an_object_or_in_headers_say_the_same() -> None:
    attributes = {"specversion": "1.0", "id": "7", "source": "/exporter/a", "type": "com.farthing.resource.usage.v1"}
    data = {"meter": "requests", "quantity": "3"}
    (structured,) = reads_of(said({**attributes, "data": data}))
    (binary,) = reads_of(said(data, **{f"ce_{name}": text.encode() for name, text in attributes.items()}))
    now = "2026-01-05T00:00:00Z"
    told = canonical(structured.value, source="bus/t", now=now)
    assert told == canonical(binary.value, source="bus/t", now=now)
    assert (told["source"], told["event_id"], told["quantity"]) == ("/exporter/a", "7", "3")


def test_an_event_without_a_source_has_its_topics() -> None:
    unnamed = {name: value for name, value in EVENT.items() if name != "source"}
    assert canonical(unnamed, source="bus/t", now="")["source"] == "bus/t"
    assert canonical(EVENT, source="bus/t", now="")["source"] == "s"


@given(st.binary(max_size=200), st.dictionaries(st.text(max_size=8), st.binary(max_size=8), max_size=2))
def test_any_bytes_become_events_that_can_be_staged(value: bytes, attributes: dict[str, bytes]) -> None:
    reads = reads_of(Said(value, {f"ce_{name}": text for name, text in attributes.items()}))
    assert reads
    staged = arrivals(reads, lambda event: canonical(event, source="bus/t", now="2026-01-05T00:00:00Z"))
    assert not staged.refused
    assert staged.rows >= len(reads)
