"""Who is largest?"""

from __future__ import annotations

import altair as alt
from pandas import isna

from charts.over_time import amount_tooltip
from charts.pixels import Data, drawable
from charts.theme import DIMMED, MUTED, OTHER, OTHER_COLOR, PALETTE, UNDIMMED, series_scale, written

ROW = 26  # pixels of one bar with its gap
_SMALLEST = 3


def ranked_bars(
    data: Data, *, name: str, value: str, unit: str = "USD", label: str = "", colored: bool = False
) -> alt.LayerChart:
    """Return horizontal bars in the order of the data, each with its number. Grain: one row per ``name``.

    ``colored``: each in the color of its series in a chart over time of the same order; so it is that chart's legend.
    A point selection ``pick`` on ``name`` can be read. ``(other)`` is drawn gray, at its place.
    """
    frame = drawable(data, name, value)
    frame[name] = frame[name].astype(str)
    frame["_text"] = ["" if isna(size) else written(size, unit) for size in frame[value]]
    pick = alt.selection_point(name="pick", fields=[name])
    rows = alt.Chart(frame, height=max(len(frame), _SMALLEST) * ROW).encode(
        alt.Y(name, type="nominal", sort=None, title=None, axis=_names_axis()),
        tooltip=[alt.Tooltip(name, type="nominal", title=name.replace("_", " ")), amount_tooltip(value, unit, label)],
    )
    # Room at the right for the numbers: the plot's own width minus theirs is not to be had in Vega-Lite.
    largest = float(frame[value].max()) if len(frame) else 0.0
    room = alt.Scale(domainMax=largest * 1.36) if largest > 0 else alt.Scale()
    amounts = alt.X(value, type="quantitative", title=None, axis=None, scale=room)
    plain = alt.when(alt.datum[name] == OTHER).then(alt.value(OTHER_COLOR)).otherwise(alt.value(PALETTE[0]))
    colors = (
        alt.Color(name, type="nominal", scale=series_scale(frame[name].tolist()), legend=None) if colored else plain
    )
    bars = (
        rows.mark_bar(cornerRadiusEnd=3, cursor="pointer", height={"band": 0.72})
        .encode(
            amounts,
            color=colors,
            opacity=alt.when(pick).then(alt.value(UNDIMMED)).otherwise(alt.value(DIMMED)),
        )
        .add_params(pick)
    )
    numbers = rows.mark_text(align="left", dx=6, color=MUTED, fontSize=12).encode(
        amounts, text=alt.Text("_text", type="nominal")
    )
    return bars + numbers


def _names_axis() -> alt.Axis:
    return alt.Axis(title=None, domain=False, ticks=False, labelLimit=170, labelPadding=6, grid=False)
