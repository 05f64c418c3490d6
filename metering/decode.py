"""Canonical JSON events to staged columns.

Numbers stay the text they were written as: a float never touches a quantity or an amount.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from metering.event_types import EVENT_TYPES, FACT_FIELDS
from metering.llm_usage import LlmUsageError, disjoint_quantities

StagedRow = dict[str, str]

# Fields of the JSON form that are no staged column: they become rows, or the event's time.
_ONLY_IN_JSON = {
    "usage": {"type", "quantities", "llm_usage"},
    "alert": {"type", "starts_at"},
    "platform_cost": {"type", "period_start"},
}


def parse_line(line: str | bytes) -> Any:
    """Parse one JSON value, keeping numbers as text.

    Raises:
        ValueError: it is not JSON (NaN and Infinity are not).

    """
    return json.loads(line, parse_float=str, parse_int=str, parse_constant=_no_constant)


def decode_lines(lines: Iterable[str | bytes]) -> dict[str, pa.Table]:
    """Decode JSON lines into staged tables by event type; what is not an event is staged with its problem."""
    rows: dict[str, list[StagedRow]] = {}
    for line in lines:
        if not line.strip():
            continue
        text = line if isinstance(line, str) else line.decode("utf-8", errors="replace")
        try:
            event = parse_line(text)
        except (ValueError, RecursionError) as error:
            rows.setdefault("usage", []).append({"raw": text, "problem": f"not JSON: {error}"})
            continue
        _stage(event, text, rows)
    return {name: stage_rows(name, staged) for name, staged in rows.items()}


def decode_events(events: Iterable[Any]) -> dict[str, pa.Table]:
    """Decode parsed events (numbers as text or int or Decimal) into staged tables by event type."""
    rows: dict[str, list[StagedRow]] = {}
    for event in events:
        _stage(event, json.dumps(event, default=str, ensure_ascii=False), rows)
    return {name: stage_rows(name, staged) for name, staged in rows.items()}


def stage_rows(event_type: str, rows: list[StagedRow]) -> pa.Table:
    """Lay rows of one type out as the text columns that the door takes."""
    columns = (*EVENT_TYPES[event_type].staged, "raw", "problem")
    return pa.table({name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in columns})


def _stage(event: Any, text: str, rows: dict[str, list[StagedRow]]) -> None:
    if not isinstance(event, Mapping):
        rows.setdefault("usage", []).append({"raw": text, "problem": "an event is a JSON object"})
        return
    name = event.get("type", "usage")
    if not isinstance(name, str) or name not in EVENT_TYPES:
        problem = f"type {name!r} is none of {', '.join(EVENT_TYPES)}"
        rows.setdefault("usage", []).append({"raw": text, "problem": problem, **_facts(event)})
        return
    columns = EVENT_TYPES[name].staged
    known = {*columns, *_ONLY_IN_JSON.get(name, {"type"})}
    row = {key: _text(value) for key, value in event.items() if key in columns}
    row["raw"] = text
    if unknown := sorted(set(event) - known):
        row["problem"] = f"unknown field {', '.join(map(repr, unknown))}; {name} events have {', '.join(sorted(known))}"
    start = "period_start" if name == "platform_cost" else "starts_at"
    if name in ("platform_cost", "alert") and start in event:
        row["time"] = _text(event[start])
    rows.setdefault(name, []).extend(_expand(event, row))


def _expand(event: Mapping[str, Any], row: StagedRow) -> list[StagedRow]:
    """One LLM call is several usage rows with one event_id."""
    if "llm_usage" in event:
        try:
            quantities = {meter: str(count) for meter, count in disjoint_quantities(event["llm_usage"]).items()}
        except LlmUsageError as error:
            return [{**row, "problem": row.get("problem") or str(error)}]
        quantities = {"requests": "1", **quantities}
    elif "quantities" in event:
        if not isinstance(event["quantities"], Mapping) or not event["quantities"]:
            return [{**row, "problem": "quantities is an object of meter: quantity"}]
        quantities = {str(meter): _text(count) for meter, count in event["quantities"].items()}
    else:
        return [row]
    inputs = [quantities.get(meter, "0") for meter in ("input_tokens", "cache_read_tokens", "cache_write_tokens")]
    if all(count.isdecimal() for count in inputs) and "call_input_tokens" not in event:
        row = {**row, "call_input_tokens": str(sum(map(int, inputs)))}
    # A bucket that counted nothing is no usage; anything else goes to the door to be judged.
    return [
        {**row, "meter": meter, "quantity": count}
        for meter, count in quantities.items()
        if count.strip("0.") or not count
    ]


def _facts(event: Mapping[str, Any]) -> StagedRow:
    return {name: _text(event[name]) for name in FACT_FIELDS if name in event}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Mapping, list)):
        return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    return str(value)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
