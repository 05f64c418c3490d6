"""The same amounts under several methods, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from charts.over_time import amount_tooltip, value_axis
from charts.pixels import Data, drawable
from charts.theme import MUTED, PALETTE, TOTAL, plain_legend

_ROW = 34  # pixels of one name
_SMALLEST = 3
_AROUND = 70  # legend and axis: the page fits all of it into the height
_NAMED = 16  # more for each name of the legend, which on a phone has a line of its own


def side_by_side(
    data: Data, *, name: str, series: str, value: str, order: Sequence[str], first: str, unit: str = "USD"
) -> alt.LayerChart:
    """Return a row for each ``name`` with a dot for each of ``series``, joined by a line: its length is the difference.

    ``order`` is that of the series and their colors; ``first``, what the others are compared with, is a gray square.
    Names stand in the order of the data. Grain: one row per (``name``, ``series``).

    Raises:
        ValueError: more series than colors.

    """
    frame = drawable(data, name, series, value)
    names = list(dict.fromkeys(frame[name]))
    others = [one for one in order if one != first]
    if len(others) > len(PALETTE):
        raise ValueError(f"{len(others)} series but {len(PALETTE)} colors: compare fewer")
    colors = alt.Scale(domain=[first, *others], range=[TOTAL, *PALETTE[: len(others)]])
    shapes = alt.Scale(domain=[first, *others], range=["square", *["circle"] * len(others)])
    legend = plain_legend(longest=max([first, *others], key=len))
    height = max(len(names), _SMALLEST) * _ROW + _AROUND + _NAMED * len(others)
    rows = alt.Chart(frame, height=height).encode(
        alt.Y(
            name,
            type="nominal",
            sort=None,
            title=None,
            axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=170, labelPadding=6, grid=True),
        )
    )
    span = rows.mark_rule(color=MUTED, strokeWidth=2, opacity=0.5).encode(
        alt.X(value, type="quantitative", aggregate="min", title=None, axis=value_axis(unit)),
        alt.X2(value, aggregate="max"),
    )
    dots = rows.mark_point(filled=True, size=110, opacity=1).encode(
        alt.X(value, type="quantitative", title=None, axis=value_axis(unit)),
        color=alt.Color(series, type="nominal", scale=colors, legend=legend),
        shape=alt.Shape(series, type="nominal", scale=shapes, legend=legend),
        tooltip=[
            alt.Tooltip(name, type="nominal", title=name.replace("_", " ")),
            alt.Tooltip(series, type="nominal"),
            amount_tooltip(value, unit, "bears"),
        ],
    )
    return span + dots
