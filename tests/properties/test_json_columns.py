"""The short way from JSON to columns gives what our own reading gives, or steps aside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metering import json_columns
from metering.arrivals import Arrivals, arrivals, plain_arrivals
from metering.event_types import EVENT_TYPES
from metering.json_columns import columns_of, columns_of_lines
from metering.json_texts import NotJson, events_of, events_of_lines

LONGEST = 300
WORDS = ["usage", "1.50", "x" * (LONGEST - 1)]
TEXTS = st.text(st.sampled_from('aé\u2028\U0001f600 {}[]":\\/,\n\x00\x85'), max_size=6) | st.sampled_from(
    ["usage", "1.50", "x" * 299]
)
ODD = st.sampled_from([None, True, 1, 1.5, float("nan"), [], {}, {"a": "b"}, "\ud800"])
NAMES = st.sampled_from([*EVENT_TYPES["usage"].staged, "type"])
EVENTS = st.lists(
    st.dictionaries(NAMES, TEXTS, max_size=5) | st.dictionaries(NAMES | TEXTS, TEXTS | ODD, max_size=4) | ODD,
    max_size=4,
)
# What is put somewhere into a sound body.
SLIPS = st.sampled_from(
    [b"", b"", b" ", b"\n", b"{", b"}", b",", b"]", b"\xef\xbb\xbf", b"\xff", b'"meter":"m",', b"}{", b"\\ud800"]
)


@pytest.fixture(autouse=True, scope="module")
def from_the_first_byte() -> Any:
    before, json_columns.LEAST_BYTES = json_columns.LEAST_BYTES, 0
    yield
    json_columns.LEAST_BYTES = before


@st.composite
def bodies(draw: st.DrawFn, *, are_lines: bool) -> bytes:
    events = draw(EVENTS)
    how: dict[str, Any] = {"ensure_ascii": draw(st.booleans())}
    if draw(st.booleans()):
        how["separators"] = (",", ":")
    if are_lines:
        text = draw(st.sampled_from(["\n", "\r\n", "\n\n"])).join(json.dumps(event, **how) for event in events)
    else:
        said = {"events": events} if draw(st.booleans()) else events
        text = json.dumps(said, indent=draw(st.sampled_from([None, 1])), **how)
    body = text.encode("utf-8", "surrogatepass")
    at = draw(st.integers(0, len(body)))
    return body[:at] + draw(SLIPS) + body[at:]


def told(found: Arrivals) -> tuple[int, list[dict[str, Any]]]:
    assert not found.refused
    assert set(found.staged) <= {"usage"}
    return found.events, [row for table in found.staged.values() for row in table.to_pylist()]


@settings(max_examples=400)
@given(body=bodies(are_lines=False))
@example(body=b'[{"meter":"a"}]}{"events":[{"meter":"b"}]')
@example(body=b'[{"meter":"a"}],"events":[{"meter":"b"}]')
@example(body=b'[{"meter":"a","meter":"a"}]')
@example(body=b'[{"meter":"a"' + b" " * LONGEST + b"}]")
@example(body=b'{"events":null}')
@example(body=b"{}")
@example(body=b"null")
@example(body=b'\xef\xbb\xbf{"events": [{}]}')
def test_an_array(body: bytes) -> None:
    if (columns := columns_of(body, longest=LONGEST)) is None:
        return
    try:
        reads = events_of(body)
    except NotJson as error:
        pytest.fail(f"the short way took what is no JSON: {error}")
    assert max(len(read.text) for read in reads) <= LONGEST
    assert told(plain_arrivals(columns)) == told(arrivals(reads))


@settings(max_examples=400)
@given(body=bodies(are_lines=True))
@example(body=b'{"meter":"a"}{"meter":"b"}')
@example(body=b'{"meter":"a"}{"meter":"b"}\n{"meter":\n"c"}')
@example(body=b"null\n{}")
@example(body=b"\xef\xbb\xbf{}")
def test_lines(body: bytes) -> None:
    if (columns := columns_of_lines(body, longest=LONGEST)) is None:
        return
    reads = events_of_lines(body)
    assert max(len(read.text) for read in reads) <= LONGEST
    assert told(plain_arrivals(columns)) == told(arrivals(reads))


@pytest.mark.parametrize("ascii_only", [True, False])
def test_most_of_what_arrives_goes_the_short_way(ascii_only: bool) -> None:
    events = [{"event_id": f"é{number}", "meter": "requests", "quantity": "1", "app_id": None} for number in range(3)]
    lines = [json.dumps(event, ensure_ascii=ascii_only) for event in events]
    for array in (json.dumps(events), json.dumps({"events": events}), json.dumps(events, indent=2)):
        columns = columns_of(array.encode(), longest=LONGEST)
        assert columns
        assert columns["event_id"].to_pylist() == ["é0", "é1", "é2"]
        assert columns["app_id"].to_pylist() == ["", "", ""]
    assert columns_of_lines(("\n".join(lines) + "\n").encode(), longest=LONGEST)
