"""Distance from the median of the same hour, in median absolute deviations."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from models.baselines.base import Baseline, lagged, trailing_moments
from models.panel import Floats, Panel


class SeasonalMad(Baseline):
    """The same bar of the last seven days and of the same weekday two and three weeks ago; two of them at least."""

    def __init__(self, *, threshold: float = 8.0, bar: str | pd.Timedelta = "auto"):
        self.threshold = threshold
        self.bar = bar

    def judge(self, bars: Panel) -> tuple[Floats, Floats, Floats]:
        days = (1, 2, 3, 4, 5, 6, 7, 14, 21)
        past = np.stack([lagged(bars, bars.bars_per_day * day) for day in days])
        known = np.isfinite(past).sum(axis=0) >= 2
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="All-NaN slice")
            expected = np.where(known, np.nanmedian(past, axis=0), np.nan)
            deviation = 1.4826 * np.nanmedian(np.abs(past - expected), axis=0)
        usual, _ = trailing_moments(bars, 7 * bars.bars_per_day, at_least=2)
        spread = deviation + 0.1 * np.abs(expected) + 0.05 * np.nan_to_num(usual) + 1e-6
        return expected, 3 * spread, (bars.values - expected) / spread
