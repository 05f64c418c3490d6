"""A chart and a table in a document: what a page gets from Streamlit, a notebook has to say itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import Any, TypeVar

import altair as alt
import pyarrow as pa

from charts.theme import MUTED, NAMELESS

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
_CENTS = 2
_GRID = 0.22  # opacity: a gray that is quiet on white and on slate

Chart = TypeVar("Chart", alt.Chart, alt.LayerChart)


def in_document(chart: Chart) -> Chart:
    """Return the chart as wide as the text around it, on no ground of its own; the reader's theme colors its words."""
    return (
        chart.properties(width="container", background="transparent")
        .configure(font=_FONT, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure_view(strokeWidth=0)
        .configure_axis(labelFontSize=12, domain=False, ticks=False, gridColor=MUTED, gridOpacity=_GRID, labelPadding=6)
        .configure_legend(labelFontSize=12)
    )


@dataclass(frozen=True)
class ExactTable:
    """Rows as a document shows them. A cell that was rounded holds all of its digits: point at it."""

    labels: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    places: tuple[int | None, ...]
    unit: str
    totals: tuple[Any, ...] = ()

    def _repr_html_(self) -> str:
        is_number = [any(_is_number(row[at]) for row in self.rows) for at in range(len(self.labels))]
        body = "".join(self._row(row, "td", is_number) for row in self.rows)
        foot = f"<tfoot>{self._row(self.totals, 'th', is_number)}</tfoot>" if self.totals else ""
        head = "".join(f"<th{_side(right)}>{escape(label)}</th>" for label, right in _pairs(self.labels, is_number))
        return f'<table class="exact"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>'

    def _row(self, row: Sequence[Any], tag: str, is_number: Sequence[bool]) -> str:
        cells = []
        for value, places, right in zip(row, self.places, is_number, strict=True):
            text, exact = said(value, places, self.unit), format(value, "f") if isinstance(value, Decimal) else ""
            title = f' title="{exact}"' if exact else ""
            cells.append(f"<{tag}{_side(right)}{title}>{escape(text)}</{tag}>")
        return f"<tr>{''.join(cells)}</tr>"


def exact_table(
    data: pa.Table | Sequence[Mapping[str, Any]],
    columns: Mapping[str, str],
    *,
    totals: Sequence[str] = (),
    places: Mapping[str, int | None] | None = None,
    unit: str = "USD",
) -> ExactTable:
    """Return the named columns as a table under their labels.

    ``totals`` are summed as the decimals they are, in a last row. ``places`` are decimals to show, two if not said;
    None shows every digit, without a currency. Nothing passes through a float.
    """
    rows = data.to_pylist() if isinstance(data, pa.Table) else list(data)
    names = list(columns)
    sums = tuple(sum((row[name] for row in rows), Decimal(0)) if name in totals else None for name in names)
    return ExactTable(
        labels=tuple(columns.values()),
        rows=tuple(tuple(row[name] for name in names) for row in rows),
        places=tuple({**dict.fromkeys(names, _CENTS), **(places or {})}[name] for name in names),
        unit=unit,
        totals=("all", *sums[1:]) if totals else (),
    )


def said(value: Any, places: int | None = _CENTS, unit: str = "USD") -> str:
    """Return a value as a person reads it: money rounded half up from its exact digits, a real minus sign."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        size = abs(value)
        if places is None:
            text = f"{size.normalize():,f}"
        else:
            size = size.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
            text = f"{'$' if unit == 'USD' else ''}{size:,f}"
        return f"−{text}" if value < 0 and size else text
    if isinstance(value, bool):
        return "yes" if value else "–"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value:%b %-d, %H:%M}".replace(" ", "\N{NO-BREAK SPACE}")
    if isinstance(value, date):
        return f"{value:%b %-d, %Y}"
    return str(value) or NAMELESS


def _is_number(value: Any) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)


def _side(is_number: bool) -> str:
    return ' style="text-align:right;font-variant-numeric:tabular-nums"' if is_number else ' style="text-align:left"'


def _pairs(labels: Sequence[str], is_number: Sequence[bool]) -> list[tuple[str, bool]]:
    return list(zip(labels, is_number, strict=True))
