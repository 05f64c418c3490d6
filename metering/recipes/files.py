"""Reading files a piece at a time, with errors that a person understands."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from metering.recipes.recipe import BATCH_ROWS, RecipeError

_CSV_BLOCK = 4 << 20


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading, decompressing what ends in .gz."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def parquet_tables(path: Path, columns: Sequence[str], rows: int = BATCH_ROWS) -> Iterator[tuple[pa.Table, float]]:
    """Give a Parquet file as tables of at most ``rows`` rows with the wanted columns, and the fraction read.

    Raises:
        RecipeError: it is no Parquet file, or lacks a column.

    """
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise RecipeError(f"{path} is not a Parquet file: {error}") from error
    require(path, file.schema_arrow.names, columns)
    total, done = max(file.metadata.num_rows, 1), 0
    with file:
        for batch in file.iter_batches(batch_size=rows, columns=list(columns)):
            done += batch.num_rows
            yield pa.Table.from_batches([batch]), done / total


def text_records(path: Path, required: Iterable[str]) -> Iterator[tuple[list[dict[str, str]], float]]:
    """Give a CSV (plain or .gz) or Parquet export as records of text, in pieces of bounded size.

    Column names are made alike (``lineItem/UsageStartDate`` and ``line_item_usage_start_date`` are one); ``NULL`` and
    missing values are empty.

    Raises:
        RecipeError: the file is neither, or lacks a column.

    """
    tables = _parquet_text(path) if path.suffix == ".parquet" else _csv_text(path)
    wanted = list(required)
    for table, fraction in tables:
        names = [snake(name) for name in table.column_names]
        require(path, names, wanted)
        columns = [["" if value in (None, "NULL") else value for value in column.to_pylist()] for column in table]
        for start in range(0, table.num_rows, BATCH_ROWS):
            piece = [column[start : start + BATCH_ROWS] for column in columns]
            yield [dict(zip(names, row, strict=True)) for row in zip(*piece, strict=True)], fraction


def snake(name: str) -> str:
    """Return a column name in snake case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[/: ]+", "_", name).lower()


def require(path: Path, names: Sequence[str], wanted: Iterable[str]) -> None:
    """Raise unless all wanted columns are there."""
    if missing := [name for name in wanted if name not in names]:
        raise RecipeError(f"{path} has no column {', '.join(missing)}; it has {', '.join(names[:12])}")


def _parquet_text(path: Path) -> Iterator[tuple[pa.Table, float]]:
    try:
        names = pq.read_schema(path).names
    except (pa.ArrowInvalid, OSError) as error:
        raise RecipeError(f"{path} is not a Parquet file: {error}") from error
    for table, fraction in parquet_tables(path, names):
        yield pa.table({name: column_text(path, name, table.column(name)) for name in names}), fraction


def column_text(path: Path, name: str, column: Any) -> Any:
    """Return a column as text without loss: decimals as written, instants with their zone, flags true and false.

    Raises:
        RecipeError: an instant says no zone, or the column is nested.

    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_timestamp(kind):
        if kind.tz is None:
            raise RecipeError(f"{path}: column {name} says no time zone; write it as a timestamp in UTC")
        utc = column.cast(pa.timestamp(kind.unit, "UTC"))
        return pa.compute.strftime(utc, format="%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_nested(kind):
        raise RecipeError(f"{path}: column {name} is nested ({kind}); write one row per meter, or use JSON lines")
    return column.cast(pa.string())


def _csv_text(path: Path) -> Iterator[tuple[pa.Table, float]]:
    with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as lines:
        try:
            header = next(csv.reader(lines), [])
        except (UnicodeDecodeError, csv.Error, EOFError, gzip.BadGzipFile) as error:
            raise RecipeError(f"{path} is not a CSV file: {error}") from error
    text = dict.fromkeys(header, pa.string())
    try:
        with pa.OSFile(str(path)) as raw:
            size = max(raw.size(), 1)
            whole = pa.CompressedInputStream(raw, "gzip") if path.suffix == ".gz" else raw
            reader = pa.csv.open_csv(
                whole,
                read_options=pa.csv.ReadOptions(block_size=_CSV_BLOCK),
                parse_options=pa.csv.ParseOptions(newlines_in_values=True),
                convert_options=pa.csv.ConvertOptions(column_types=text, strings_can_be_null=False),
            )
            for batch in reader:
                yield pa.Table.from_batches([batch]), min(raw.tell() / size, 1.0)
    except pa.ArrowInvalid as error:
        raise RecipeError(f"{path} is not a CSV file: {error}") from error
