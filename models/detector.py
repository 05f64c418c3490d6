"""When did a line cost more than it should have, and how sure is that?"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from models.panel import Floats, Panel, panel

FLAG_AT = 1.0  # scores are on one scale: at 1 and above a row is flagged
DAYS = 7


class SpikeDetector(BaseEstimator):
    """Expected value, band and score of every bar of every line, from the past only."""

    def __init__(
        self,
        *,
        random_state: int = 0,
        threads: int = 1,
        bar: str | pd.Timedelta = "auto",
        alerts_per_day: float | None = None,
    ):
        self.random_state = random_state
        self.threads = threads
        self.bar = bar
        self.alerts_per_day = alerts_per_day

    def fit(self, series: pd.DataFrame, markers: pd.DataFrame | None = None) -> SpikeDetector:
        """Learn from a long table."""
        del markers  # the seasonal residual needs none
        self.trained_until_ = pd.to_datetime(series["ts"], utc=True).max()
        return self

    def score(self, series: pd.DataFrame, markers: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return a row per bar of each series with expected, lower, upper, score and flag; never from its future."""
        bars = panel(series, markers, bar=self.bar)
        expected, spread = _seasonal(bars)
        residual = np.where(np.isfinite(expected), (bars.values - expected) / spread, 0.0)
        return _long(bars, np.nan_to_num(expected), spread, residual / 8.0)


def _seasonal(bars: Panel) -> tuple[Floats, Floats]:
    """Return median and spread of the same bar of the last seven days; NaN before there are two."""
    day = bars.bars_per_day
    past = np.full((DAYS, *bars.values.shape), np.nan, dtype=np.float32)
    columns = np.arange(bars.bars)
    for index in range(DAYS):
        lag = day * (index + 1)
        born = columns[lag:] - lag >= bars.first[:, None]
        past[index, :, lag:] = np.where(born, bars.values[:, :-lag], np.nan)
    known = np.isfinite(past).sum(axis=0) >= 2
    filled = np.where(known, past, 0.0)
    expected = np.nanmedian(filled, axis=0)
    spread = np.nanmedian(np.abs(filled - expected), axis=0) * 1.4826
    spread = np.maximum(spread, 0.1 * np.abs(expected) + 1e-4)
    return np.where(known, expected, np.nan), spread


def _long(bars: Panel, expected: Floats, spread: Floats, score: Floats) -> pd.DataFrame:
    row, column = np.nonzero(bars.alive())
    middle, width = expected[row, column], 3 * spread[row, column]
    scores = score[row, column]
    value = bars.values[row, column]
    return pd.DataFrame(
        {
            "series_id": bars.ids[row],
            "app_id": bars.apps[row],
            "ts": bars.times[column],
            "value": value,
            "expected": middle,
            "lower": np.maximum(middle - width, 0.0),
            "upper": middle + width,
            "score": scores,
            "excess": value - middle,
            "flag": scores >= FLAG_AT,
        }
    )
