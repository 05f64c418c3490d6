"""Laying dated rows over each other: who stands where several speak of the same time.

Pure: rows of one key in, rows of one key out. Rows are half-open ``[valid_from, valid_to)``, never overlapping.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]
Span = tuple[datetime, datetime]


def laid(held: Sequence[Row], new: Row, rank: Callable[[Row], int]) -> list[Row]:
    """Return ``held`` with ``new`` laid over it.

    Of different ranks the lower number stands, and what it hides shows again where it ends. Of one rank the row that
    starts later stands and ends the one before for good. A row of the same rank and start is replaced.
    """
    level, starts = rank(new), new["valid_from"]
    above = [row for row in held if rank(row) < level]
    later = [row for row in held if rank(row) == level and row["valid_from"] > starts]
    before = [row for row in held if rank(row) == level and row["valid_from"] < starts]
    below = [row for row in held if rank(row) > level]

    ends = min((row["valid_from"] for row in later), default=new["valid_to"])
    spans = minus([(starts, min(new["valid_to"], ends))], above)
    placed = [{**new, "valid_from": begin, "valid_to": end} for begin, end in spans]
    ended = [{**row, "valid_to": min(row["valid_to"], starts)} for row in before]
    shown = [
        {**row, "valid_from": begin, "valid_to": end}
        for row in below
        for begin, end in minus([(row["valid_from"], row["valid_to"])], placed)
    ]
    return sorted((*above, *later, *ended, *placed, *shown), key=lambda row: row["valid_from"])


def difference(held: Sequence[Row], wanted: Sequence[Row]) -> list[Row]:
    """Return the rows to append so that ``held`` becomes ``wanted``: new and changed rows, and withdrawn ones."""
    starts = {row["valid_from"] for row in wanted}
    withdrawn = [{**row, "valid_to": row["valid_from"]} for row in held if row["valid_from"] not in starts]
    return [*withdrawn, *(row for row in wanted if row not in held)]


def minus(spans: Sequence[Span], rows: Sequence[Row]) -> list[Span]:
    """Return what of ``spans`` no row covers."""
    left = list(spans)
    for row in rows:
        begin, end = row["valid_from"], row["valid_to"]
        left = [
            piece
            for span in left
            for piece in ((span[0], min(span[1], begin)), (max(span[0], end), span[1]))
            if piece[0] < piece[1]
        ]
    return left
