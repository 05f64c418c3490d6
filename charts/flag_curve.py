"""A flag's cost by the hour: the band that was expected, the hours that are flagged, what happened to the app."""

from __future__ import annotations

import altair as alt

from charts.over_time import amount_tooltip, moment_tooltip, moments, value_axis
from charts.pixels import Data, drawable
from charts.theme import HEIGHT, MUTED, PALETTE, RISE
from charts.timeline import lanes, room_for_lanes

BAND = ("expected_cost", "lower_cost", "upper_cost")
LABELS = {"cost": "cost", "expected_cost": "expected", "lower_cost": "band from", "upper_cost": "band to"}


def flag_curve(data: Data, *, unit: str = "USD", markers: Data | None = None, height: int = HEIGHT) -> alt.LayerChart:
    """Return cost (a line), expected (dashed) within its band, and the flagged hours in red on a red ground.

    ``data`` has ``time``, ``cost``, ``expected_cost``, ``lower_cost``, ``upper_cost`` and ``is_flagged``, one row per
    hour; ``markers`` has ``time``, ``action`` and ``detail`` (see ``charts.timeline.lanes``).
    """
    frame = drawable(data, "time", "is_flagged", "cost", *BAND)
    axis = value_axis(unit)
    tooltips = [moment_tooltip("time", "hour"), *(amount_tooltip(name, unit, said) for name, said in LABELS.items())]
    base = alt.Chart(frame, height=height).encode(moments("time", "hour"), tooltip=tooltips)
    has_markers = markers is not None and len(markers) > 0
    y = alt.Y("cost", type="quantitative", title=None, axis=axis)
    if has_markers:
        y.scale = room_for_lanes(frame[["cost", "upper_cost"]].max().max(), height)
    flagged = frame[frame["is_flagged"]]
    layers = [_ground(flagged, height)] if len(flagged) else []
    layers += [
        base.mark_area(color=MUTED, opacity=0.28).encode(
            alt.Y("lower_cost", type="quantitative", axis=axis), y2=alt.Y2("upper_cost")
        ),
        base.mark_line(color=MUTED, strokeDash=[4, 3], strokeWidth=1.5).encode(
            alt.Y("expected_cost", type="quantitative", axis=axis)
        ),
        base.mark_line(color=PALETTE[0], strokeWidth=2).encode(y),
    ]
    if len(flagged):
        points = alt.Chart(flagged).mark_point(filled=True, size=46, opacity=1, color=RISE)
        layers.append(points.encode(moments("time", "hour"), y, tooltip=tooltips))
    if has_markers:
        layers += lanes(markers, "hour")
    return alt.layer(*layers)


def _ground(flagged: Data, height: int) -> alt.Chart:
    span = flagged.groupby("is_flagged", as_index=False).agg(time=("time", "min"), until=("time", "max"))
    return (
        alt.Chart(span, height=height)
        .mark_rect(color=RISE, opacity=0.09)
        .encode(moments("time", "hour"), x2=alt.X2("until"))
    )
