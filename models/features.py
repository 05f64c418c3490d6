"""What is known about a bar before it happens: lags and rolling sums of its line, its clock, its age, its last deploy.

Every feature of a bar is made of bars at least 24 hours before it, so that an incident does not become its own
expectation; only lines younger than 48 hours look closer. Lags are spans of time, so hourly, 5-minute and daily lines
share the code. What a line cost in a bar is summed by the store, exactly (``queries/line_hours.py``); looking back over
the matrix of all lines is a slice of it here.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.panel import Floats, Panel

NAMES = (
    "weeks", "days", "day_before", "day_mean", "near_mean", "last_hours", "last", "peak", "dispersion", "resting",
    "hour", "weekday", "line_type", "log_age", "since_deploy", "log_reference", "announced",
)  # fmt: skip
CATEGORICAL = NAMES.index("line_type")
ANNOUNCED = NAMES.index("announced")  # the reference is what a young line declared: nobody knows better
YOUNG_HOURS = 48
AGE_HOURS = 504  # after three weeks age says nothing: it would only tell the weeks of a table apart
DEPLOY_REACH_HOURS = 72
SMALL = 1e-4  # in the values' unit: below a hundredth of a cent nothing is worth a ratio
SHARE = 0.03
LINE_TYPES = 60  # codes a line type may have


@dataclass(frozen=True, slots=True)
class Features:
    """Features of a panel's bars.

    Attributes:
        columns: one matrix (series by bars) per name of ``NAMES``; NaN where nothing is known.
        reference: the level a line is measured against, series by bars, in the values' unit.
        offset: added to both sides of every ratio.
        target: log((value + offset) / (reference + offset)).

    """

    columns: list[Floats]
    reference: Floats
    offset: Floats
    target: Floats

    def rows(self, chosen: tuple[NDArray[np.intp], ...]) -> Floats:
        """Return the features of chosen cells, one row per cell."""
        return np.column_stack([column[chosen] for column in self.columns])


def features(panel: Panel, *, since_deploy: Floats | None = None) -> Features:
    """Return the features of every bar of a panel, from earlier bars only."""
    values = panel.values
    total = np.zeros((len(values), panel.bars + 1))
    np.cumsum(values, axis=1, dtype=float, out=total[:, 1:])
    age = panel.age()
    day, week = panel.in_bars(24), panel.in_bars(168)
    young = age < YOUNG_HOURS
    announced = young & np.isfinite(panel.declared)[:, None]
    # Of a young line that declared nothing: its own mean so far (in its first bar nothing is known).
    so_far = _mean(panel, total, lag=0, length=panel.in_bars(YOUNG_HOURS))
    usual = np.where(young, so_far, _mean(panel, total, lag=day, length=week))
    reference = np.where(announced, panel.declared[:, None], usual).astype(np.float32)
    reference = np.maximum(np.nan_to_num(reference), 0.0)
    offset = np.float32(SHARE) * reference + np.float32(SMALL)

    def ratio(level: Floats) -> Floats:
        with np.errstate(invalid="ignore"):
            return np.log((np.maximum(level, 0) + offset) / (reference + offset)).astype(np.float32)

    lags = {hours: lagged(panel, values, panel.in_bars(hours)) for hours in (24, 48, 72, 168, 336, 504)}
    hour = panel.times.hour.to_numpy() + panel.times.minute.to_numpy() / 60
    since = panel.since_deploy() if since_deploy is None else since_deploy
    return Features(
        columns=[
            ratio(middle_of_three(lags[168], lags[336], lags[504])),
            ratio(middle_of_three(lags[24], lags[48], lags[72])),
            ratio(lags[24]),
            ratio(_mean(panel, total, lag=day, length=day)),
            ratio(_mean(panel, total, lag=max(day - panel.in_bars(1), 0), length=panel.in_bars(3))),
            np.where(young, ratio(_mean(panel, total, lag=0, length=panel.in_bars(6))), np.nan).astype(np.float32),
            np.where(young, ratio(lagged(panel, values, 1)), np.nan).astype(np.float32),
            ratio(_peak(panel, lags)),
            _dispersion(panel, reference),
            _mean(panel, _totals((values <= 0) & panel.alive()), lag=day, length=week).astype(np.float32),
            _wide(hour, panel),
            _wide(panel.times.day_of_week.to_numpy(), panel),
            np.repeat(line_type_codes(panel)[:, None], panel.bars, axis=1),
            np.log1p(np.clip(age, 0, AGE_HOURS)).astype(np.float32),
            np.where(since < DEPLOY_REACH_HOURS, since, np.nan).astype(np.float32),
            np.log(reference + np.float32(SMALL)),
            announced.astype(np.float32),
        ],
        reference=reference,
        offset=offset,
        target=ratio(values),
    )


def lagged(panel: Panel, values: Floats, bars: int) -> Floats:
    """Return each bar's value some bars ago; NaN before the line was born."""
    past = np.full(values.shape, np.nan, dtype=np.float32)
    if bars < panel.bars:
        past[:, bars:] = values[:, : panel.bars - bars]
        born = np.arange(panel.bars)[None, :] - bars >= panel.first[:, None]
        past[~born] = np.nan
    return past


def middle_of_three(one: Floats, two: Floats, three: Floats) -> Floats:
    """Return the median of what is known of three lags, the nearest first: one alone, the mean of two."""
    low, high = np.fmin(one, two), np.fmax(one, two)
    middle = np.fmax(low, np.fmin(high, three))
    return np.where(np.isnan(three), (low + high) / 2, middle)


def line_type_codes(panel: Panel) -> Floats:
    """Return a stable small number per line type, the same in every table."""
    codes = {name: sum(ord(letter) * 31**place for place, letter in enumerate(name)) % LINE_TYPES
             for name in map(str, np.unique(panel.line_types.astype(str)))}  # fmt: skip
    return np.array([codes[str(name)] for name in panel.line_types], dtype=np.float32)


def _mean(panel: Panel, total: Floats, *, lag: int, length: int) -> Floats:
    """Return the mean of the ``length`` bars that end ``lag`` bars before a bar, as far as the line lived."""
    columns = np.arange(panel.bars)
    end = np.maximum(columns - lag, 0)
    begin = np.maximum(end - length, 0)
    summed = total[:, end] - total[:, begin]
    lived = np.clip(end[None, :] - np.maximum(begin[None, :], panel.first[:, None]), 0, None)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(lived > 0, summed / lived, np.nan).astype(np.float32)


def _totals(values: Floats | NDArray[np.bool_]) -> Floats:
    total = np.zeros((values.shape[0], values.shape[1] + 1), dtype=np.float32)
    np.cumsum(values, axis=1, dtype=np.float32, out=total[:, 1:])
    return total


def _peak(panel: Panel, lags: dict[int, Floats]) -> Floats:
    """Return the largest of the same time on earlier days and weeks: jobs are strong, and come again."""
    peak = lags[24]
    for hours in (48, 72, 96, 120, 144, 168):
        peak = np.fmax(peak, lags[hours] if hours in lags else lagged(panel, panel.values, panel.in_bars(hours)))
    return peak


def _dispersion(panel: Panel, reference: Floats) -> Floats:
    """Return the spread of last week's bars (a day ago and before) over their mean."""
    squares = np.zeros((len(panel.values), panel.bars + 1))
    np.cumsum(np.square(panel.values, dtype=float), axis=1, out=squares[:, 1:])
    square = _mean(panel, squares, lag=panel.in_bars(24), length=panel.in_bars(168))
    with np.errstate(invalid="ignore"):
        variance = np.maximum(square - np.square(reference), 0)
    return (np.sqrt(variance) / (reference + SMALL)).astype(np.float32)


def _wide(clock: Floats, panel: Panel) -> Floats:
    return np.broadcast_to(clock.astype(np.float32), panel.values.shape)
