"""A trend in the space of a word."""

from __future__ import annotations

import altair as alt

from charts.over_time import amount_tooltip, moment_tooltip
from charts.pixels import Data, drawable
from charts.theme import PALETTE


def sparkline(
    data: Data, *, time: str, value: str, unit: str = "USD", grain: str = "day", color: str = PALETTE[0]
) -> alt.LayerChart:
    """Return a line without axes, from zero. Grain: one row per ``time``."""
    frame = drawable(data, time, value)
    base = alt.Chart(frame, height=44).encode(
        alt.X(time, type="temporal", scale=alt.Scale(type="utc"), axis=None),
        alt.Y(value, type="quantitative", axis=None, scale=alt.Scale(zero=True)),
        tooltip=[moment_tooltip(time, grain), amount_tooltip(value, unit)],
    )
    return base.mark_area(color=color, opacity=0.15) + base.mark_line(color=color, strokeWidth=1.6)
