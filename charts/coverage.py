"""What share of the whole is known, and how?"""

from __future__ import annotations

import altair as alt

from charts.over_time import amount_tooltip
from charts.pixels import Data, drawable
from charts.theme import plain_legend, series_scale

_HEIGHT = 84  # with its legend


def coverage_bar(
    data: Data, *, part: str, share: str, value: str, unit: str = "USD", label: str = "", height: int = _HEIGHT
) -> alt.Chart:
    """Return one bar of 100 %, its parts in the order of the data.

    Grain: one row per ``part``; ``share`` in 0..1 comes from the question, ``value`` is what the tooltip states.
    """
    frame = drawable(data, part, share, value)
    frame["_rank"] = range(len(frame))
    names = [str(name) for name in frame[part]]
    return (
        alt.Chart(frame, height=height)
        .mark_bar(cornerRadius=2)
        .encode(
            alt.X(share, type="quantitative", stack="zero", axis=None, scale=alt.Scale(domain=[0, 1], clamp=True)),
            color=alt.Color(part, type="nominal", scale=series_scale(names), legend=plain_legend()),
            order=alt.Order("_rank", type="quantitative"),
            tooltip=[
                alt.Tooltip(part, type="nominal", title=part.replace("_", " ")),
                amount_tooltip(share, "share", "share"),
                amount_tooltip(value, unit, label),
            ],
        )
    )
