"""The lines of the benchmark's table, and the table."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement; ``target`` is what it should be, ``is_met`` whether it is (None: nothing was promised)."""

    what: str
    figure: str
    target: str = ""
    is_met: bool | None = None


def show(title: str, lines: list[Line]) -> None:
    """Print the table."""
    table = Table(title=title, title_justify="left")
    for name in ("measured", "figure", "target", ""):
        table.add_column(name, overflow="fold")
    for line in lines:
        mark = "" if line.is_met is None else "met" if line.is_met else "MISSED"
        table.add_row(line.what, line.figure, line.target, mark)
    Console(width=120).print(table)
