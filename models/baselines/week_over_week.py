"""The rule of thumb: a day that cost three times the same day of last week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.baselines.base import Baseline, lagged, trailing_sum
from models.panel import Floats, Panel


class WeekOverWeek(Baseline):
    """Once a day, at its last bar, the ratio of the day to the same day a week before.

    With ``top`` it is the rule as platforms state it: whole apps, and only the costliest of the day. A line or
    app younger than eight days has no ratio and is never flagged.
    """

    def __init__(self, *, threshold: float = 3.0, top: int | None = None, bar: str | pd.Timedelta = "auto"):
        self.threshold = threshold
        self.top = top
        self.bar = bar

    def judge(self, bars: Panel) -> tuple[Floats, Floats, Floats]:
        day = bars.bars_per_day
        expected = lagged(bars, 7 * day)
        today = trailing_sum(bars.values, day)
        before = trailing_sum(np.nan_to_num(expected), day)
        age = np.arange(bars.bars) - bars.first[:, None]
        known = age >= 8 * day - 1
        if self.top is not None:
            codes, names = pd.factorize(pd.Series(bars.apps))
            today, before = _per_app(today, codes, len(names)), _per_app(before, codes, len(names))
            costliest = np.sort(today, axis=0)[-min(self.top, len(names))]
            known = (_per_app(known.astype(float), codes, len(names)) > 0) & (today >= costliest)
            today, before, known = today[codes], before[codes], known[codes]
        known = known & (before > 0) & (bars.times.hour + bars.bar_hours >= 24)
        ratio = np.where(known, today / np.where(before > 0, before, 1), np.nan)
        return expected, 2 * np.nan_to_num(expected), ratio


def _per_app(values: Floats, codes: np.ndarray, apps: int) -> Floats:
    total = np.zeros((apps, values.shape[1]))
    np.add.at(total, codes, values)
    return total
