"""Canonical events, of any type: JSON lines (plain or .gz), one JSON document, or Parquet with one row per meter.

A ``.json`` file is one document, an event or an array of them; one that is none is read as lines.

Parquet columns are the fields of the event type, and ``type`` where it is not usage. Decimals are exact; a float is
taken as its shortest decimal text (0.29 is 0.29). Instants need a time zone. The rows of one call stand next to each
other, or state ``call_input_tokens``: what a call put in is summed over the rows that come together.
"""

from __future__ import annotations

import codecs
import gzip
import itertools
import zlib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from metering.decode import decode_events, decode_lines, parse_line
from metering.event_types import EVENT_TYPES
from metering.recipes.files import column_text, parquet_tables
from metering.recipes.recipe import BATCH_ROWS, Batch, Recipe, RecipeError

_LINES = 20_000  # one call is up to five rows
_LARGEST_DOCUMENT = 64 << 20  # bytes that are read at once


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the events of one file."""
    (path,) = paths
    if path.suffix == ".parquet":
        return _parquet(path)
    return _json_document(path) if path.suffix == ".json" else _json_lines(path)


def _json_document(path: Path) -> Iterator[Batch]:
    """Give the events of a file that is one JSON value; lines of JSON under this name are read as lines."""
    if path.stat().st_size > _LARGEST_DOCUMENT:
        raise RecipeError(f"{path} has more than {_LARGEST_DOCUMENT >> 20} MiB: write it as JSON lines (.jsonl)")
    try:
        said = parse_line(path.read_bytes().removeprefix(codecs.BOM_UTF8).strip())
    except (ValueError, RecursionError) as error:
        yield from _json_lines_or(path, f"{path} is not JSON: {error}")
        return
    if not isinstance(said, (dict, list)):
        raise RecipeError(f"{path} holds no event: an event is a JSON object, and several are an array of them")
    events = said if isinstance(said, list) else [said]
    for start in range(0, len(events), _LINES):
        part = events[start : start + _LINES]
        for event_type, staged in sorted(decode_events(part).items()):
            for piece in _whole_events(staged):
                yield Batch(event_type=event_type, staged=piece, fraction=min((start + _LINES) / len(events), 1.0))


def _json_lines_or(path: Path, problem: str) -> Iterator[Batch]:
    """Give the lines of a file whose first line is an event; another is not what its name says."""
    with path.open("rb") as stream:
        first = next((line for line in stream if line.strip()), b"").removeprefix(codecs.BOM_UTF8)
    try:
        is_event = isinstance(parse_line(first.strip()), dict)
    except (ValueError, RecursionError):
        is_event = False
    if not is_event:
        raise RecipeError(problem)
    yield from _json_lines(path)


def _json_lines(path: Path) -> Iterator[Batch]:
    size = max(path.stat().st_size, 1)
    with path.open("rb") as raw, gzip.open(raw) if path.suffix == ".gz" else nullcontext(raw) as stream:
        try:
            is_first = True
            while lines := list(itertools.islice(stream, _LINES)):
                if is_first:
                    lines[0] = lines[0].removeprefix(codecs.BOM_UTF8)
                    is_first = False
                for event_type, staged in sorted(decode_lines(lines).items()):
                    for piece in _whole_events(staged):
                        yield Batch(event_type=event_type, staged=piece, fraction=min(raw.tell() / size, 1.0))
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise RecipeError(f"{path} is not a whole gzip file: {error}") from error


def _parquet(path: Path) -> Iterator[Batch]:
    try:
        names = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise RecipeError(f"{path} is not a Parquet file: {error}") from error
    known = set().union(*(kind.staged for kind in EVENT_TYPES.values())) | {"type", "period_start", "starts_at"}
    if unknown := [name for name in names if name not in known]:
        raise RecipeError(
            f"{path} has columns that no event has: {', '.join(unknown)}; events have {', '.join(sorted(known))}"
        )
    if not {"source", "event_id"} <= set(names):
        raise RecipeError(f"{path} has no columns source and event_id; it has {', '.join(names)}")
    for table, fraction in _uncut(path, names):
        for event_type in _types(path, table):
            yield Batch(event_type=event_type, staged=_of_type(path, table, event_type), fraction=fraction)


def _uncut(path: Path, names: list[str]) -> Iterator[tuple[pa.Table, float]]:
    """Give the file as text in pieces that end where an event ends: its last rows wait for the next piece."""
    held, done = None, 0.0
    for table, fraction in parquet_tables(path, names):
        done = fraction
        text = pa.table({name: pc.fill_null(column_text(path, name, table.column(name)), "") for name in names})
        if "type" in names:
            types = pc.if_else(pc.equal(text["type"], ""), "usage", text["type"])
            text = text.set_column(text.column_names.index("type"), "type", types)
        text = text if held is None else pa.concat_tables([held, text])
        end = _end_of_events(text)
        held = text.slice(end)
        if end:
            yield text.slice(0, end), fraction
    if held is not None and held.num_rows:
        yield held, done


def _whole_events(staged: pa.Table) -> Iterator[pa.Table]:
    """Give staged rows in pieces of at most ``BATCH_ROWS``, cutting no event."""
    while staged.num_rows > BATCH_ROWS:
        end = _end_of_events(staged.slice(0, BATCH_ROWS + 1))
        end = min(end, BATCH_ROWS)
        yield staged.slice(0, end)
        staged = staged.slice(end)
    yield staged


def _end_of_events(rows: pa.Table) -> int:
    """Return where the last event of a table begins; all of it where it is one event as large as a batch."""
    sources, ids = rows["source"], rows["event_id"]
    last, start = rows.num_rows - 1, rows.num_rows
    while start and (sources[start - 1], ids[start - 1]) == (sources[last], ids[last]):
        start -= 1
    return start or (rows.num_rows if rows.num_rows >= BATCH_ROWS else 0)


def _types(path: Path, text: pa.Table) -> list[str]:
    types = pc.unique(text["type"]).to_pylist() if "type" in text.column_names else ["usage"]
    if unknown := [name for name in types if name not in EVENT_TYPES]:
        raise RecipeError(f"{path}: type {unknown[0]!r} is none of {', '.join(EVENT_TYPES)}")
    return sorted(types)


def _of_type(path: Path, text: pa.Table, event_type: str) -> pa.Table:
    staged = EVENT_TYPES[event_type].staged
    if "type" in text.column_names:
        text = text.filter(pc.equal(text["type"], event_type)).drop_columns("type")
    start = {"platform_cost": "period_start", "alert": "starts_at"}.get(event_type, "")
    if start in text.column_names:
        begun = text[start]
        if "time" in text.column_names:
            begun = pc.if_else(pc.equal(begun, ""), text["time"], begun)
            text = text.drop_columns("time")
        text = text.drop_columns(start).append_column("time", begun)
    foreign = [
        name for name in text.column_names if name not in staged and pc.any(pc.not_equal(text[name], "")).as_py()
    ]
    if foreign:
        raise RecipeError(f"{path}: {event_type} events have no {', '.join(foreign)}; they have {', '.join(staged)}")
    return text.select([name for name in text.column_names if name in staged])


RECIPE = Recipe(
    name="events",
    description="Canonical events of any type",
    files="JSON lines (.jsonl, .jsonl.gz), one JSON document (.json) or Parquet with canonical columns",
    read=read,
)
