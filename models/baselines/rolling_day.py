"""The last 24 hours against the same weekday of earlier weeks, three times a day: how a cloud's own service works."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from models.baselines.base import Baseline, lagged, trailing_sum
from models.panel import Floats, Panel


class RollingDay(Baseline):
    """A stand-in for the clouds' detectors: rolling 24 hours, day of the week, ten days of history, every eight hours.

    The score is the logarithm of actual over expected, in units of how much that logarithm has moved in the 28 days
    before (never less than a fifth).
    """

    def __init__(self, *, threshold: float = 4.0, runs_per_day: int = 3, bar: str | pd.Timedelta = "auto"):
        self.threshold = threshold
        self.runs_per_day = runs_per_day
        self.bar = bar

    def judge(self, bars: Panel) -> tuple[Floats, Floats, Floats]:
        day = bars.bars_per_day
        total = trailing_sum(bars.values, day).astype(np.float32)
        age = np.arange(bars.bars) - bars.first[:, None]
        whole = np.where(age >= day - 1, total, np.nan)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="All-NaN slice|Mean of empty slice")
            weekly = np.nanmedian(np.stack([lagged(bars, lag * day, whole) for lag in (7, 14, 21)]), axis=0)
            daily = np.nanmedian(np.stack([lagged(bars, lag * day, whole) for lag in range(1, 8)]), axis=0)
            expected = np.nanmean(np.stack([weekly, daily]), axis=0)
            moved = np.log((total + 1e-6) / (expected + 1e-6)).astype(np.float32)
            runs = np.flatnonzero((bars.times.hour + bars.bar_hours) % (24 / self.runs_per_day) == 0)
            spread = np.full(total.shape, np.nan, dtype=np.float32)
            past = np.stack([_columns(moved, runs - lag * day) for lag in range(1, 29)])
            spread[:, runs] = 1.4826 * np.nanmedian(np.abs(past), axis=0)
        spread = np.clip(np.nan_to_num(spread), 0.2, 2.0)
        hourly = lagged(bars, 7 * day)
        share = expected / np.maximum(trailing_sum(np.nan_to_num(hourly), day), 1e-9)
        middle = np.where(np.isfinite(hourly) & (share < 10), hourly * share, expected / day)
        ran = np.isin(np.arange(bars.bars), runs)
        score = np.where((age >= 10 * day) & ran, moved / spread, np.nan)
        return middle, middle * (np.exp(self.threshold * spread) - 1), score


def _columns(values: Floats, chosen: np.ndarray) -> Floats:
    """Return some columns; NaN for those before the first."""
    return np.where(chosen >= 0, values[:, np.maximum(chosen, 0)], np.nan)
