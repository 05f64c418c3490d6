"""One line over time, with what was expected and what happened to the app."""

from __future__ import annotations

import altair as alt
import pyarrow as pa

from charts.over_time import amount_tooltip, moment_tooltip, moments, value_axis
from charts.pixels import Data, drawable
from charts.theme import HEIGHT, MUTED, PALETTE, plain_legend

_LANE = 13  # pixels
_DOTS = 100  # points at most that are dotted: more would hide their line
# Lifecycle actions, each with its hue and symbol: color is never the only sign.
MARKERS = {
    "deploy": (PALETTE[3], "triangle-up"),
    "start": (PALETTE[1], "circle"),
    "scale": (PALETTE[2], "diamond"),
    "stop": ("#ef5a6f", "square"),
    "alert": (PALETTE[4], "cross"),
}


def timeline(
    data: Data,
    *,
    time: str,
    value: str,
    unit: str = "USD",
    grain: str = "day",
    label: str = "",
    band: tuple[str, str] | None = None,
    before: str | None = None,
    markers: Data | None = None,
    height: int = HEIGHT,
) -> alt.LayerChart:
    """Return a line, its expected band, the same number of the period before, and lifecycle markers.

    ``band`` and ``before`` name columns of ``data`` (one row per time). ``markers`` has ``time``, ``action`` (deploy,
    start, scale, stop, alert) and ``detail``, one row per marker; other actions are refused. With ``until`` a marker
    lasts, and is drawn so.

    Raises:
        ValueError: an unknown lifecycle action.

    """
    frame = drawable(data, time, value, *(band or ()), *([before] if before else []))
    axis = value_axis(unit)
    tooltips = [moment_tooltip(time, grain), amount_tooltip(value, unit, label)]
    if before:
        tooltips.append(amount_tooltip(before, unit, "month before"))
    base = alt.Chart(frame, height=height).encode(moments(time, grain), tooltip=tooltips)
    layers: list[alt.Chart] = []
    if band:
        layers.append(
            base.mark_area(color=MUTED, opacity=0.18).encode(
                alt.Y(band[0], type="quantitative", axis=axis), y2=alt.Y2(band[1])
            )
        )
    if before:
        layers.append(
            base.mark_line(color=MUTED, strokeDash=[4, 3], strokeWidth=1.5).encode(
                alt.Y(before, type="quantitative", axis=axis)
            )
        )
    y = alt.Y(value, type="quantitative", title=None, axis=axis)
    if markers is not None and len(markers):
        y.scale = room_for_lanes(frame[[value, *([before] if before else [])]].max().max(), height)
    layers.append(base.mark_area(color=PALETTE[0], opacity=0.12).encode(y))
    dots = alt.OverlayMarkDef(size=28, color=PALETTE[0]) if len(frame) <= _DOTS else False
    layers.append(base.mark_line(color=PALETTE[0], strokeWidth=2, point=dots).encode(y))
    if markers is not None and len(markers):
        layers += lanes(markers, grain)
    return alt.layer(*layers)


def room_for_lanes(highest: float, height: int) -> alt.Scale:
    """Return a scale whose top the lanes of markers have for themselves."""
    return alt.Scale(domainMax=float(highest) * height / (height - _LANE * (len(MARKERS) + 1.5)))


def lanes(markers: Data, grain: str) -> list[alt.Chart]:
    """Return layers of lifecycle markers above a plot: ``time``, ``action``, ``detail``, a lane an action.

    Raises:
        ValueError: an unknown lifecycle action.

    """
    names = markers.column_names if isinstance(markers, pa.Table) else list(markers.columns)
    frame = drawable(markers, "time", "action", "detail", *(["until"] if "until" in names else []))
    if unknown := sorted(set(frame["action"]) - set(MARKERS)):
        raise ValueError(f"unknown lifecycle action {', '.join(unknown)}; there are {', '.join(MARKERS)}")
    names = list(MARKERS)
    colors = alt.Scale(domain=names, range=[hue for hue, _ in MARKERS.values()])
    shapes = alt.Scale(domain=names, range=[shape for _, shape in MARKERS.values()])
    legend = plain_legend()
    legend.values = [name for name in names if (frame["action"] == name).any()]  # what did not happen takes no room
    hue = alt.Color("action", type="nominal", scale=colors, legend=legend)
    layers = [alt.Chart(frame).mark_rule(strokeWidth=1, opacity=0.22).encode(moments("time", grain), color=hue)]
    lasting = frame[frame["until"].notna()] if "until" in frame else frame[:0]
    # A lane a kind, so that those of one day do not hide each other.
    for lane, name in enumerate(names):
        kind, lasts = frame[frame["action"] == name], lasting[lasting["action"] == name]
        if len(lasts):
            layers.append(
                alt.Chart(lasts)
                .mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round")
                .encode(
                    moments("time", grain),
                    x2=alt.X2("until"),
                    y=alt.value(_LANE * (lane + 0.5)),
                    color=hue,
                    tooltip=_marker_tooltip(grain),
                )
            )
        if len(kind):
            layers.append(
                alt.Chart(kind)
                .mark_point(filled=True, size=64, opacity=1)
                .encode(
                    moments("time", grain),
                    y=alt.value(_LANE * (lane + 0.5)),
                    color=hue,
                    shape=alt.Shape("action", type="nominal", scale=shapes, legend=legend),
                    tooltip=[
                        moment_tooltip("time", grain),
                        alt.Tooltip("action", type="nominal"),
                        alt.Tooltip("detail", type="nominal", title="of"),
                    ],
                )
            )
    return layers


def _marker_tooltip(grain: str) -> list[alt.Tooltip]:
    when = (
        alt.Tooltip("time", type="temporal", timeUnit="utcyearmonthdate", format="%a %b %d", title="day")
        if grain == "day"
        else alt.Tooltip(
            "time", type="temporal", timeUnit="utcyearmonthdatehoursminutes", format="%b %d %H:%M", title="UTC"
        )
    )
    what = alt.Tooltip("detail", type="nominal", title="of")
    return [when, alt.Tooltip("action", type="nominal"), what]
