"""How commands print: a table for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from metrics.spreadsheets import harmless


class Format(StrEnum):
    """Output formats."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_FOLDED = 14  # characters of a name that a narrow column still shows in a line; numbers are never broken


def show(records: Sequence[Mapping[str, Any]], form: Format, *, spare: Sequence[str] = ()) -> None:
    """Print records. Decimals are exact text, times ISO 8601 UTC. What looks like a formula is quoted by ' in CSV.

    ``spare`` are columns that a table leaves out, in this order, as far as the terminal has no room for them.
    """
    rows = [{name: plain(value) for name, value in record.items()} for record in records]
    if form is Format.JSON:
        json.dump(rows, sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    elif form is Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows(([_cell(name) for name in rows[0]],) if rows else ())
        writer.writerows([_cell(value) for value in row.values()] for row in rows)
    else:
        _table(rows, spare)


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it without loss."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value


def _table(rows: Sequence[Mapping[str, Any]], spare: Sequence[str]) -> None:
    console = Console()
    if not rows:
        console.print("nothing")
        return
    texts = {name: ["" if row[name] is None else str(row[name]) for row in rows] for name in rows[0]}
    left_out = []
    for name in spare:
        if sum(_least(column, cells) + 3 for column, cells in texts.items()) < console.width:
            break
        if texts.pop(name, None) is not None:
            left_out.append(name)
    table = Table()
    widths = _widths(texts, console.width)
    for name in texts:
        table.add_column(name, overflow="fold", width=widths.get(name))
    for row in zip(*texts.values(), strict=True):
        table.add_row(*row)
    console.print(table)
    if left_out:
        said = f"{', '.join(left_out)}: no room at this width; --format json has all"
        console.print(said, style="dim", markup=False, highlight=False)


def _widths(texts: Mapping[str, Sequence[str]], room: int) -> dict[str, int]:
    """Return a width for every column in which no word is broken that need not be; nothing if that takes more room."""
    widths = {name: _least(name, cells) for name, cells in texts.items()}
    spare = room - 1 - sum(width + 3 for width in widths.values())
    if spare < 0:
        return {}
    wanted = {name: max(map(cell_len, (name, *cells))) - widths[name] for name, cells in texts.items()}
    for name in sorted(wanted, key=lambda one: wanted[one]):
        widths[name] += min(wanted[name], spare)
        spare -= min(wanted[name], spare)
    return widths


def _least(name: str, cells: Sequence[str]) -> int:
    """Return the width that a column needs to be read."""
    words = {word for cell in (name, *cells) for word in cell.split()}
    return max((len(word) if _is_number(word) else min(len(word), _FOLDED) for word in words), default=0)


def _is_number(word: str) -> bool:
    return not any(letter.isalpha() for letter in word)
