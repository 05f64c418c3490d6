"""Why did it change?"""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt

from charts.over_time import amount_tooltip, value_axis
from charts.pixels import Data, drawable
from charts.theme import FALL, MUTED, RISE, TOTAL, written

_ROW = 30  # pixels of one step
_AROUND = 50  # the axis: the page fits all of it into the height
_ROOM = 0.3  # of the width, for the numbers beside the bars


def change_waterfall(
    data: Data,
    *,
    step: str,
    amount: str,
    is_total: str,
    unit: str = "USD",
    labels: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Return the steps from one total to the next, downward: rises red, falls green, totals gray.

    Bars lie, so that every one has its name beside it however narrow the screen. ``labels`` renames steps.
    Grain: one row per ``step`` in drawing order; ``amount`` is a total where ``is_total``, else a signed change.
    The changes between two totals must add up to their difference: that is the question's law, and its test.
    """
    frame = drawable(data, step, amount, is_total)
    frame[step] = frame[step].replace(dict(labels or {}))
    tops, level = [], 0.0
    for size, total in zip(frame[amount], frame[is_total], strict=True):
        start = 0.0 if total else level
        level = size if total else level + size
        tops.append((start, level))
    frame["_start"], frame["_end"] = [start for start, _ in tops], [end for _, end in tops]
    frame["_top"] = frame[["_start", "_end"]].max(axis=1)
    frame["_sense"] = [
        "total" if total else ("rise" if size > 0 else "fall")
        for size, total in zip(frame[amount], frame[is_total], strict=True)
    ]
    frame["_next"] = frame[step].shift(-1)
    frame["_text"] = [
        written(size, unit, signed=not total) for size, total in zip(frame[amount], frame[is_total], strict=True)
    ]
    steps = alt.Y(
        step,
        type="nominal",
        sort=None,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelPadding=6, labelLimit=140, labelOverlap=False, grid=False),
        scale=alt.Scale(paddingInner=0.28, paddingOuter=0.14),
    )
    edges = frame[["_start", "_end"]]
    lowest, highest = min(0.0, edges.min().min()), max(0.0, edges.max().max())
    # Not nice: a last tick at the very edge would lose half of its label.
    room = [lowest, highest + (highest - lowest) * _ROOM]
    reach = alt.Scale(domain=room, nice=False) if highest > lowest else alt.Scale()
    # Types are said: the chart may be checked after its data has become a name.
    tooltips = [alt.Tooltip(step, type="nominal"), amount_tooltip(amount, unit, "amount")]
    base = alt.Chart(frame, height=len(frame) * _ROW + _AROUND).encode(steps, tooltip=tooltips)
    colors = alt.Scale(domain=["total", "rise", "fall"], range=[TOTAL, RISE, FALL])
    bars = base.mark_bar(cornerRadius=2).encode(
        alt.X("_start", type="quantitative", title=None, axis=value_axis(unit), scale=reach),
        x2=alt.X2("_end"),
        color=alt.Color("_sense", type="nominal", scale=colors, legend=None),
    )
    links = (
        alt.Chart(frame.dropna(subset=["_next"]))
        .mark_rule(color=MUTED, strokeDash=[2, 3])
        .encode(steps, alt.X("_end", type="quantitative"), y2=alt.Y2("_next"))
    )
    numbers = base.mark_text(align="left", dx=6, color=MUTED, fontSize=12).encode(
        alt.X("_top", type="quantitative"), text=alt.Text("_text", type="nominal")
    )
    return links + bars + numbers
