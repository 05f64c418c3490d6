"""JSON bodies straight to columns, in one pass of the Arrow library's parser: most of what arrives allows it.

It is as strict as our own reading (a key said twice, a number where a text should be, half a character, more text
behind the end: all of these are errors), and where it errs, or sees anything but usage events of one row each whose
values are texts, that reading decides. So it may only be faster, never different.
"""

from __future__ import annotations

import math

import pyarrow as pa
from pyarrow import json as arrow_json

from metering.event_types import EVENT_TYPES

LEAST_BYTES = 16_384  # below, our own reading is as fast
_BLANK = b" \t\n\r"
_FIELDS = [pa.field(name, pa.string()) for name in (*EVENT_TYPES["usage"].staged, "type")]
_LINES = pa.schema(_FIELDS)
_ARRAY = pa.schema([pa.field("events", pa.list_(pa.struct(_FIELDS)))])

Columns = dict[str, pa.Array]


def columns_of(body: bytes, *, longest: int, most: float = math.inf) -> Columns | None:
    """Return the columns of an array of usage events, or of ``{"events": [...]}``; None if they need a closer look.

    ``longest`` is how many characters an event may have, ``most`` how many of them there may be. A value that an
    event does not say is ''.
    """
    if len(body) < LEAST_BYTES or body.count(b"{") > most + 1 or not _is_text(body):
        return None
    begins = body.lstrip(_BLANK)[:1]
    is_array = begins == b"["
    # Nothing else may go to the parser: a bare null makes it crash.
    if not is_array and begins != b"{":
        return None
    found = _parsed(b'{"events":' + body + b"}" if is_array else body, _ARRAY)
    # One row: nothing came behind the array.
    if found is None or found.num_rows != 1 or found["events"].null_count:
        return None
    events = found["events"].chunk(0).flatten()
    if events.null_count or not _is_short(body, len(events) + (not is_array), longest):
        return None
    return _filled(dict(zip(_LINES.names, events.flatten(), strict=True)))


def columns_of_lines(body: bytes, *, longest: int, most: float = math.inf) -> Columns | None:
    """Return the columns of usage events, one a line; None if they need a closer look."""
    lines = body.strip(_BLANK)
    if len(body) < LEAST_BYTES or body.count(b"{") > most or not lines.startswith(b"{") or not _is_text(body):
        return None
    found = _parsed(lines, _LINES)
    if found is None or not _is_short(lines, found.num_rows, longest):
        return None
    if not lines.count(b"\n") == lines.count(b"}\n{") == found.num_rows - 1:
        return None
    return _filled({name: found[name].combine_chunks() for name in _LINES.names})


def _is_text(body: bytes) -> bool:
    if body.isascii():
        return True
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parsed(text: bytes, schema: pa.Schema) -> pa.Table | None:
    whole = arrow_json.ReadOptions(use_threads=False, block_size=len(text) + 1)
    strict = arrow_json.ParseOptions(explicit_schema=schema, newlines_in_values=True, unexpected_field_behavior="error")
    try:
        return arrow_json.read_json(pa.BufferReader(text), read_options=whole, parse_options=strict)
    except pa.ArrowInvalid:
        return None


def _is_short(body: bytes, objects: int, longest: int) -> bool:
    """Whether no event can be too long: each begins with the one brace that it has."""
    pieces = body.split(b"{")
    return len(pieces) == objects + 1 and max(map(len, pieces)) < longest


def _filled(columns: Columns) -> Columns | None:
    kinds = columns.pop("type").fill_null("usage").unique()
    if kinds.to_pylist() != ["usage"]:
        return None
    return {name: column.fill_null("") if column.null_count else column for name, column in columns.items()}
