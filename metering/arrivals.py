"""The events of one request: staged rows that remember which event they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from metering.decode import StagedRow, stage_event, stage_rows, staged_text
from metering.event_types import EVENT_TYPES, INPUT_METERS
from metering.json_columns import Columns
from metering.json_texts import Read
from metering.shape import ShapeError

EVENT = "event"  # the column of the place in the request, beside the staged ones
MOST_EVENT_CHARACTERS = 65_536  # what CloudEvents asks consumers to take

Shape = Callable[[Any], Mapping[str, Any]]

_USAGE = EVENT_TYPES["usage"].staged
_PLAIN = frozenset({*_USAGE, "type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Staged tables by event type, each with the column ``event``: its place in the request.

    ``refused`` are events that are not staged and not kept: place -> (reason, detail).
    """

    events: int
    staged: dict[str, pa.Table]
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.num_rows for table in self.staged.values())

    def without(self, refused: Mapping[int, tuple[str, str]]) -> Arrivals:
        """Return the same request with some of its events refused: none of their rows is left."""
        if not refused:
            return self
        places = pa.array(list(refused), pa.uint32())
        kept = {name: table.filter(pc.invert(pc.is_in(table[EVENT], places))) for name, table in self.staged.items()}
        staged = {name: table for name, table in kept.items() if table.num_rows}
        return replace(self, staged=staged, refused={**self.refused, **refused})


def plain_arrivals(columns: Columns) -> Arrivals:
    """Stage usage events of one row each, whose columns were read at once."""
    rows = len(columns["meter"])
    table = _staged_columns(dict(columns), rows).append_column(EVENT, pa.array(range(rows), pa.uint32()))
    return Arrivals(events=rows, staged={"usage": table} if rows else {})


def arrivals(reads: Sequence[Read], shape: Shape | None = None) -> Arrivals:
    """Stage the events of a request; ``shape`` makes canonical events of another format's."""
    rows: dict[str, list[StagedRow]] = {}
    places: dict[str, list[int]] = {}
    plain: list[Mapping[str, Any]] = []
    plain_places: list[int] = []
    refused: dict[int, tuple[str, str]] = {}
    for place, read in enumerate(reads):
        if len(read.text) > MOST_EVENT_CHARACTERS:
            refused[place] = ("event_too_large", f"the event has {len(read.text):,} characters; at most 65,536")
            continue
        event = read.value
        if shape is None and type(event) is dict and event.keys() <= _PLAIN and event.get("type", "usage") == "usage":
            plain.append(event)
            plain_places.append(place)
            continue
        name, staged = _staged(read, shape)
        rows.setdefault(name, []).extend(staged)
        places.setdefault(name, []).extend([place] * len(staged))
    tables = {
        name: stage_rows(name, staged).append_column(EVENT, pa.array(places[name], pa.uint32()))
        for name, staged in rows.items()
    }
    if plain:
        laid = _laid_out(plain).append_column(EVENT, pa.array(plain_places, pa.uint32()))
        # In the order they came: of two that contradict each other the first stands.
        both = pa.concat_tables([laid, tables["usage"]]).sort_by(EVENT) if "usage" in tables else laid
        tables["usage"] = both
    return Arrivals(events=len(reads), staged=tables, refused=refused)


def _staged(read: Read, shape: Shape | None) -> tuple[str, list[StagedRow]]:
    if read.problem:
        return "usage", [{"raw": read.text, "problem": read.problem}]
    if shape is None:
        return stage_event(read.value, read.text)
    try:
        return stage_event(shape(read.value))
    except ShapeError as error:
        return "usage", [{"raw": read.text, "problem": str(error)}]


def _laid_out(events: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Lay events that are one usage row each out as columns: most of what arrives, and much the shortest way."""
    try:
        columns = {name: _column([event.get(name, "") for event in events]) for name in _USAGE}
    except UnicodeEncodeError:  # half a character somewhere
        return stage_rows("usage", [row for event in events for row in stage_event(event)[1]])
    return _staged_columns(columns, len(events))


def _staged_columns(columns: Columns, rows: int) -> pa.Table:
    nothing = pa.repeat(pa.scalar("", pa.string()), rows)
    columns["call_input_tokens"] = _call_input_tokens(columns)
    return pa.table({**columns, "raw": nothing, "problem": nothing})


def _call_input_tokens(columns: Mapping[str, pa.Array]) -> pa.Array:
    """What a call of one row put in, where that is plain: the door need not sum it."""
    said, quantity = columns["call_input_tokens"], columns["quantity"]
    is_plain = pc.and_(pc.equal(columns["unit"], ""), pc.match_substring_regex(quantity, "^[0-9]{1,15}$"))
    is_input = pc.and_(pc.is_in(columns["meter"], pa.array(INPUT_METERS)), pc.equal(said, ""))
    return pc.if_else(pc.and_(is_plain, is_input), quantity, said)


def _column(values: list[Any]) -> pa.Array:
    try:
        column = pa.array(values, pa.string())
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return pa.array([staged_text(value) for value in values], pa.string())
    return column.fill_null("") if column.null_count else column
