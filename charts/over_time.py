"""How a number runs over time, by a dimension."""

from __future__ import annotations

import altair as alt
import pandas as pd

from charts.pixels import Data, drawable, largest_first
from charts.theme import DIMMED, HEIGHT, OTHER, PALETTE, UNDIMMED, axis_labels, exact_format, plain_legend, series_scale

_AXIS = {"hour": "%b %d %H:%M", "day": "%b %d", "week": "%b %d", "month": "%b %Y"}
_TOOLTIP = {"hour": "%b %d, %Y %H:%M UTC", "day": "%a %b %d, %Y", "week": "week of %b %d, %Y", "month": "%B %Y"}
_STEP = {
    "hour": pd.DateOffset(hours=1),
    "day": pd.DateOffset(days=1),
    "week": pd.DateOffset(weeks=1),
    "month": pd.DateOffset(months=1),
}
_SHORTEST = {"hour": 3_600_000, "day": 86_400_000, "week": 86_400_000, "month": 28 * 86_400_000}  # ms between ticks
_GAP = 0.07  # of a bar's width, on either side


def stacked_over_time(
    data: Data,
    *,
    time: str,
    value: str,
    series: str | None = None,
    unit: str = "USD",
    grain: str = "day",
    label: str = "",
    order: list[str] | None = None,
    legend: bool = True,
    height: int = HEIGHT,
) -> alt.Chart:
    """Return stacked bars of an additive number. Grain of the data: one row per (time, series).

    ``order`` fixes the order of the series and so their colors; without it the largest comes first, ``(other)`` last.
    ``legend=False`` beside a ranking in the same colors. A point selection ``pick`` on ``series`` can be read.
    Never for a ratio or an average: stacks add up.

    Raises:
        ValueError: an unknown grain, or more series than colors.

    """
    _known(grain)
    frame = drawable(data, time, value, *_named(series))
    names = _order(frame, series, value, order)
    frame = _stacked(frame, time, value, grain, series, names)
    bars = (
        alt.Chart(frame, height=height)
        .mark_bar(color=PALETTE[0], cursor="pointer" if series else "default")
        .encode(
            moments("_from", grain),
            alt.Y("_low", type="quantitative", title=None, axis=value_axis(unit)),
            x2=alt.X2("_to"),
            y2=alt.Y2("_high"),
            tooltip=[moment_tooltip(time, grain), *_tooltips(series), amount_tooltip(value, unit, label)],
        )
    )
    return _by_series(bars, series, names, legend)


def lines_over_time(
    data: Data,
    *,
    time: str,
    value: str,
    series: str | None = None,
    unit: str = "USD",
    grain: str = "day",
    label: str = "",
    order: list[str] | None = None,
    legend: bool = True,
    height: int = HEIGHT,
) -> alt.Chart:
    """Return a line a series, for numbers that do not add up: unit costs, shares. One row per (time, series).

    Raises:
        ValueError: an unknown grain, or more series than colors.

    """
    _known(grain)
    frame = drawable(data, time, value, *_named(series))
    names = _order(frame, series, value, order)
    lines = (
        alt.Chart(frame, height=height)
        .mark_line(color=PALETTE[0], strokeWidth=2, point=alt.OverlayMarkDef(size=34, filled=True))
        .encode(
            moments(time, grain),
            alt.Y(value, type="quantitative", title=None, axis=value_axis(unit)),
            tooltip=[moment_tooltip(time, grain), *_tooltips(series), amount_tooltip(value, unit, label)],
        )
    )
    return _by_series(lines, series, names, legend)


def moments(column: str, grain: str) -> alt.X:
    """Return a time axis. Its scale is UTC, so that a UTC day stands on its own date in every browser."""
    axis = alt.Axis(
        format=_AXIS[grain],
        title=None,
        grid=False,
        tickCount=7,
        tickMinStep=_SHORTEST[grain],  # else a few days name each of them several times
        labelOverlap="greedy",
        labelFlush=True,
    )
    return alt.X(column, type="temporal", scale=alt.Scale(type="utc"), axis=axis)


def moment_tooltip(column: str, grain: str) -> alt.Tooltip:
    """Return a tooltip that names the UTC moment."""
    # A tooltip has no scale to say UTC; its time unit says it.
    step = "utcyearmonthdatehours" if grain == "hour" else "utcyearmonthdate"
    return alt.Tooltip(column, type="temporal", timeUnit=step, format=_TOOLTIP[grain], title=grain)


def amount_tooltip(column: str, unit: str, label: str = "") -> alt.Tooltip:
    """Return a tooltip with the digits a person may quote."""
    return alt.Tooltip(column, type="quantitative", format=exact_format(unit), title=label or column.replace("_", " "))


def value_axis(unit: str) -> alt.Axis:
    """Return a quiet axis of rounded amounts."""
    return alt.Axis(labelExpr=axis_labels(unit), title=None, tickCount=5, domain=False, ticks=False)


def _by_series(chart: alt.Chart, series: str | None, names: list[str], legend: bool) -> alt.Chart:
    if series is None:
        return chart
    pick = alt.selection_point(name="pick", fields=[series])
    return chart.encode(
        color=alt.Color(series, type="nominal", scale=series_scale(names), legend=plain_legend() if legend else None),
        opacity=alt.when(pick).then(alt.value(UNDIMMED)).otherwise(alt.value(DIMMED)),
    ).add_params(pick)


def _order(frame: pd.DataFrame, series: str | None, value: str, order: list[str] | None) -> list[str]:
    return [] if series is None else order or largest_first(frame, series, value, OTHER)


def _stacked(
    frame: pd.DataFrame, time: str, value: str, grain: str, series: str | None, names: list[str]
) -> pd.DataFrame:
    # Stacked here: Vega-Lite stacks no bar that has both of its edges, and a week has no time unit that starts Monday.
    rank = {name: index for index, name in enumerate(names)}
    frame = frame.sort_values(series, key=lambda column: column.map(rank), kind="stable") if series else frame
    rise, fall = frame[value].clip(lower=0), frame[value].clip(upper=0)
    high = rise.groupby(frame[time]).cumsum().where(frame[value] >= 0, fall.groupby(frame[time]).cumsum())
    width = frame[time] + _STEP[grain] - frame[time]
    return frame.assign(
        _high=high, _low=high - frame[value], _from=frame[time] + width * _GAP, _to=frame[time] + width * (1 - _GAP)
    )


def _tooltips(series: str | None) -> list[alt.Tooltip]:
    return [alt.Tooltip(name, type="nominal", title=name.replace("_", " ")) for name in _named(series)]


def _named(series: str | None) -> list[str]:
    return [series] if series else []


def _known(grain: str) -> None:
    if grain not in _STEP:
        raise ValueError(f"unknown grain {grain!r}; there are {', '.join(_STEP)}")
