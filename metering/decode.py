"""Canonical JSON events to staged columns.

Numbers stay the text they were written as: a float never touches a quantity or an amount. Nothing stops a batch:
what cannot be read is staged with its problem, and the rest goes on.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from metering.event_types import EVENT_TYPES, FACT_FIELDS, INPUT_METERS
from metering.llm_usage import LlmUsageError, disjoint_quantities

StagedRow = dict[str, str]

# Fields of the JSON form that are no staged column: they become rows, or the event's time.
_ONLY_IN_JSON = {
    "usage": {"type", "quantities", "llm_usage"},
    "alert": {"type", "starts_at"},
    "platform_cost": {"type", "period_start"},
}
_COLUMNS = {name: frozenset(kind.staged) for name, kind in EVENT_TYPES.items()}
_KNOWN = {name: columns | _ONLY_IN_JSON.get(name, {"type"}) for name, columns in _COLUMNS.items()}
_START = {"alert": "starts_at", "platform_cost": "period_start"}  # what these types call their time
_PLAIN_COUNT = re.compile(r"[0-9]{1,15}")
_ZERO = re.compile(r"0{1,20}(\.0{1,20})?([eE][+-]?[0-9]{1,2})?")


class RepeatedKeyError(ValueError):
    """A JSON object that says one key twice: nobody knows which of the two is meant."""


def parse_line(line: str | bytes) -> Any:
    """Parse one JSON value, keeping numbers as text.

    Raises:
        ValueError: it is not JSON (NaN and Infinity are not).
        RepeatedKeyError: an object says a key twice.

    """
    return STRICT.decode(line if isinstance(line, str) else line.decode("utf-8"))


def decode_lines(lines: Iterable[str | bytes]) -> dict[str, pa.Table]:
    """Decode JSON lines into staged tables by event type; what is not an event is staged with its problem."""
    rows: dict[str, list[StagedRow]] = {}
    for line in lines:
        if line.strip():
            name, staged = decode_line(line)
            rows.setdefault(name, []).extend(staged)
    return {name: stage_rows(name, staged) for name, staged in rows.items()}


def decode_line(line: str | bytes) -> tuple[str, list[StagedRow]]:
    """Decode one line: the event's type, and its staged rows. What is not an event is a row with its problem."""
    # Bytes that are no text are kept escaped: two lines that differ stay two.
    text = line if isinstance(line, str) else line.decode("utf-8", errors="backslashreplace")
    try:
        if isinstance(line, bytes):
            line.decode("utf-8")
        return _stage(parse_line(text), text)
    except UnicodeDecodeError as error:
        return "usage", [{"raw": text, "problem": f"not UTF-8: {error}"}]
    except RepeatedKeyError as error:
        return "usage", [{"raw": text, "problem": str(error)}]
    except (ValueError, RecursionError) as error:
        return "usage", [{"raw": text, "problem": f"not JSON: {error}"}]


def decode_events(events: Iterable[Any]) -> dict[str, pa.Table]:
    """Decode parsed events (numbers as text or int or Decimal) into staged tables by event type."""
    rows: dict[str, list[StagedRow]] = {}
    for event in events:
        name, staged = stage_event(event)
        rows.setdefault(name, []).extend(staged)
    return {name: stage_rows(name, staged) for name, staged in rows.items()}


def stage_rows(event_type: str, rows: list[StagedRow]) -> pa.Table:
    """Lay rows of one type out as the text columns that the door takes."""
    try:
        return _laid_out(event_type, rows)
    except UnicodeEncodeError:
        return _laid_out(event_type, [_storable(row) for row in rows])


def _laid_out(event_type: str, rows: list[StagedRow]) -> pa.Table:
    columns = (*EVENT_TYPES[event_type].staged, "raw", "problem")
    return pa.table({name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in columns})


def stage_event(event: Any, text: str = "") -> tuple[str, list[StagedRow]]:
    """Stage one parsed event (numbers as text or int or Decimal), kept as ``text``: its type, and its rows."""
    if text:
        return _stage(event, text)
    try:
        try:
            text = json.dumps(event, default=str, ensure_ascii=False)
        except ValueError:
            # Python writes no integer of more than 4,300 digits; a decimal says the same.
            event = _without_integers(event)
            text = json.dumps(event, default=str, ensure_ascii=False)
        return _stage(event, text)
    except (ValueError, TypeError, RecursionError) as error:
        return "usage", [{"raw": f"an event that is no JSON: {type(event).__name__}", "problem": f"not JSON: {error}"}]


def _stage(event: Any, text: str) -> tuple[str, list[StagedRow]]:
    if not isinstance(event, Mapping):
        return "usage", [{"raw": text, "problem": "an event is a JSON object"}]
    name = event.get("type", "usage")
    if not isinstance(name, str) or name not in EVENT_TYPES:
        problem = f"type {name!r} is none of {', '.join(EVENT_TYPES)}"
        return "usage", [{"raw": text, "problem": problem, **_facts(event)}]
    columns, known = _COLUMNS[name], _KNOWN[name]
    row = {key: staged_text(value) for key, value in event.items() if key in columns}
    row["raw"] = text
    if not event.keys() <= known:
        unknown = sorted(set(event) - known)
        row["problem"] = f"unknown field {', '.join(map(repr, unknown))}; {name} events have {', '.join(sorted(known))}"
    if event.get(start := _START.get(name, "")) is not None:
        row["time"] = staged_text(event[start])
    return name, _expand(event, row)


def _expand(event: Mapping[str, Any], row: StagedRow) -> list[StagedRow]:
    """One LLM call is several usage rows with one event_id; an event with a problem is one row."""
    said = [name for name in ("quantities", "llm_usage") if event.get(name) is not None]
    lone = [name for name in ("meter", "quantity") if event.get(name) is not None]
    if "problem" in row or not said:
        return [row]
    if len(said + lone) > 1:
        return [{**row, "problem": f"{' and '.join(said + lone)} contradict each other: an event says one of them"}]
    if said == ["llm_usage"]:
        try:
            counts = disjoint_quantities(event["llm_usage"])
        except LlmUsageError as error:
            return [{**row, "problem": str(error)}]
        quantities = {"requests": "1", **{meter: str(count) for meter, count in counts.items()}}
    elif not isinstance(event["quantities"], Mapping) or not event["quantities"]:
        return [{**row, "problem": "quantities is an object of meter: quantity"}]
    else:
        quantities = {str(meter): staged_text(count) for meter, count in event["quantities"].items()}
    # A bucket that counted nothing is no usage. Anything else goes to the door to be judged: what is no number, and
    # an event of which nothing would be left.
    counted = {meter: count for meter, count in quantities.items() if not _ZERO.fullmatch(count)}
    if row.keys().isdisjoint(("unit", "call_input_tokens")):
        inputs = [quantities.get(meter, "0") for meter in INPUT_METERS]
        # Anything but plain counts is left to the door, which sums what is valid.
        if all(map(_PLAIN_COUNT.fullmatch, inputs)):
            row = {**row, "call_input_tokens": str(sum(map(int, inputs)))}
    return [{**row, "meter": meter, "quantity": count} for meter, count in (counted or quantities).items()]


def _facts(event: Mapping[str, Any]) -> StagedRow:
    return {name: staged_text(event[name]) for name in FACT_FIELDS if name in event}


def staged_text(value: Any) -> str:
    """Return a field's value as it is staged."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Mapping, list)):
        return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    return str(value)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        twice = sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise RepeatedKeyError(f"{', '.join(map(repr, twice))} is said twice")
    return said


# Numbers stay the text they were written as. The lenient one only tells where a value ends.
STRICT = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=_no_constant, object_pairs_hook=_each_key_once)
LENIENT = json.JSONDecoder(parse_float=str, parse_int=str)
# Of what is no event numbers are numbers.
PLAIN = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_each_key_once)


def _storable(row: StagedRow) -> StagedRow:
    """Half a character (a lone surrogate) is no text: it is kept escaped, and the event is refused."""
    try:
        "".join(row.values()).encode()
    except UnicodeEncodeError as error:
        escaped = {name: value.encode("utf-8", "backslashreplace").decode() for name, value in row.items()}
        half = f"{row.get('event_id') or 'the event'!s} has half a character (a lone surrogate): {error.reason}"
        return {**escaped, "problem": escaped.get("problem") or half.encode("utf-8", "backslashreplace").decode()}
    return row


def _without_integers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_integers(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_without_integers(member) for member in value]
    return str(Decimal(value)) if isinstance(value, int) and not isinstance(value, bool) else value
