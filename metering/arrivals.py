"""The events of one request: staged rows that remember which event they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from metering.decode import decode_line, stage_rows

EVENT = "event"  # the column of the place in the request, beside the staged ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Staged tables by event type, each with the column ``event``: its place in the request.

    ``refused`` are events that are not staged: place -> (reason, detail).
    """

    events: int
    staged: dict[str, pa.Table]
    refused: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.num_rows for table in self.staged.values())


def decode_arrivals(lines: Sequence[str | bytes]) -> Arrivals:
    """Decode the events of a request, one JSON text each."""
    rows: dict[str, list[dict[str, str]]] = {}
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        name, staged = decode_line(line)
        rows.setdefault(name, []).extend(staged)
        places.setdefault(name, []).extend([place] * len(staged))
    staged_tables = {
        name: stage_rows(name, staged).append_column(EVENT, pa.array(places[name], pa.uint32()))
        for name, staged in rows.items()
    }
    return Arrivals(events=len(lines), staged=staged_tables)
