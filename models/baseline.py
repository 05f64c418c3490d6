"""What a line would have cost had nothing happened: the expectation frozen before an incident began.

The live expectation learns what lasts: a day after its start an incident is half of what is expected. Frozen, the
error of the impact fell from 12 % to 3 % of it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.panel import Floats

WEEKS = (1, 2, 3)
LEVEL = (0.5, 2.0)  # how far the last day's expectation may move the profile


def frozen(value: Floats, expected: Floats, start: int, end: int, bars_per_day: int, *, first: int) -> Floats:
    """Return the expected value of one line's bars ``[start, end)`` from what was known at ``start``.

    The first day is the live expectation, which looks a day back. Later bars are the same hours of the weeks before
    ``start`` (of the days before, where the line is younger), at the level of the first day's expectation; the first
    day repeats where nothing is known. Of a line that was born later (its ``first`` bar) what was expected of that bar
    repeats: the live expectation of its first two days looks at the hour before, and would be the incident's own.
    """
    calm = expected[start:end].astype(float)
    if first >= start:
        born = first - start
        calm[born:] = calm[born : born + 1]
        return calm
    if end - start <= bars_per_day:
        return calm
    bars = np.arange(start, end)
    profile = _profile(value, bars, start, [week * 7 * bars_per_day for week in WEEKS])
    daily = _profile(value, bars, start, [day * bars_per_day for day in range(1, 15)])
    profile = np.where(np.isnan(profile), daily, profile)
    day_one = slice(0, bars_per_day)
    known = np.isfinite(profile[day_one])
    level = 1.0
    if known.any() and profile[day_one][known].sum() > 0:
        level = float(np.clip(calm[day_one][known].sum() / profile[day_one][known].sum(), *LEVEL))
    later = profile[bars_per_day:] * level
    repeated = np.resize(calm[day_one], len(later))
    calm[bars_per_day:] = np.where(np.isfinite(later), later, repeated)
    return calm


def _profile(value: Floats, bars: np.ndarray, start: int, lags: list[int]) -> Floats:
    """Return the median of earlier values at some lags, only of bars before ``start``; NaN where there is none."""
    past = np.full((len(lags), len(bars)), np.nan)
    for place, lag in enumerate(lags):
        at = bars - lag
        known = (at >= 0) & (at < start)
        past[place, known] = value[at[known]]
    return pd.DataFrame(past).median(axis=0).to_numpy()
