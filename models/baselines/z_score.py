"""Standard deviations from the mean of the last seven days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.baselines.base import Baseline, trailing_moments
from models.panel import Floats, Panel


class ZScore(Baseline):
    """(value - mean) / standard deviation over the ``days`` before; two days at least."""

    def __init__(self, *, threshold: float = 3.0, days: int = 7, bar: str | pd.Timedelta = "auto"):
        self.threshold = threshold
        self.days = days
        self.bar = bar

    def judge(self, bars: Panel) -> tuple[Floats, Floats, Floats]:
        day = bars.bars_per_day
        mean, deviation = trailing_moments(bars, self.days * day, at_least=min(2 * day, 48))
        floor = 1e-6 * np.maximum(np.abs(mean), 1e-6)
        return mean, 3 * deviation, (bars.values - mean) / np.maximum(deviation, floor)
