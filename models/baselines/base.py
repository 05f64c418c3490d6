"""What all baselines share: the detector's interface, and slices of the past."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Self

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from models.panel import Floats, Panel, panel


class Baseline(ABC, BaseEstimator):
    """A method with the words of ``SpikeDetector``: ``fit`` and ``score`` over long tables, strictly causal.

    A subclass judges a panel: it returns expected value, spread and score of every bar, from the bar itself and earlier
    ones only. Scores are raw: ``threshold`` is where a row is flagged.

    Like the detector it takes long tables, not arrays: ``check_estimator`` does not apply, parameters and clones do.
    """

    threshold: float
    bar: str | pd.Timedelta

    def fit(self, series: pd.DataFrame, markers: pd.DataFrame | None = None) -> Self:
        """Remember until when it has seen data; most baselines learn nothing else."""
        del markers
        self.trained_until_ = pd.to_datetime(series["ts"], utc=True).max()
        return self

    def score(self, series: pd.DataFrame, markers: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return a row per bar of each series with expected, lower, upper, score and flag; never from its future."""
        bars = panel(series, markers, bar=self.bar)
        expected, spread, score = self.judge(bars)
        row, column = np.nonzero(bars.alive())
        middle, width = expected[row, column], spread[row, column]
        found = np.nan_to_num(score[row, column], nan=0.0, posinf=np.finfo(np.float32).max)
        return pd.DataFrame(
            {
                "series_id": pd.Categorical.from_codes(row, categories=bars.ids),
                "app_id": bars.apps[row],
                "ts": bars.times[column],
                "value": bars.values[row, column],
                "expected": middle,
                "lower": np.maximum(middle - width, 0),
                "upper": middle + width,
                "score": found,
                "flag": found >= self.threshold,
            }
        )

    @abstractmethod
    def judge(self, bars: Panel) -> tuple[Floats, Floats, Floats]:
        """Return expected value, spread and score, series by bars; NaN where the past says nothing."""


def lagged(bars: Panel, lag: int, values: Floats | None = None) -> Floats:
    """Return what stood ``lag`` bars earlier; NaN before a series' first bar."""
    source = bars.values if values is None else values
    moved = np.full(source.shape, np.nan, dtype=np.float32)
    if lag < source.shape[1]:
        born = np.arange(source.shape[1] - lag) >= bars.first[:, None]
        moved[:, lag:] = np.where(born, source[:, : source.shape[1] - lag], np.nan)
    return moved


def trailing_sum(values: Floats, length: int) -> Floats:
    """Return the sum of the last ``length`` bars, this one included."""
    total = np.cumsum(values, axis=1, dtype=np.float64)
    total[:, length:] -= total[:, :-length].copy()
    return total


def trailing_moments(bars: Panel, length: int, *, at_least: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation of the ``length`` bars before each bar; NaN with fewer than ``at_least``."""
    age = np.arange(bars.bars) - bars.first[:, None]
    count = np.clip(age, 0, length)
    values = bars.values.astype(np.float64)
    mean = _before(trailing_sum(values, length)) / np.maximum(count, 1)
    square = _before(trailing_sum(values**2, length)) / np.maximum(count, 1)
    known = count >= at_least
    deviation = np.sqrt(np.maximum(square - mean**2, 0))
    return np.where(known, mean, np.nan), np.where(known, deviation, np.nan)


def _before(sums: Floats) -> Floats:
    """Return sums as they stood one bar earlier."""
    moved = np.zeros_like(sums)
    moved[:, 1:] = sums[:, :-1]
    return moved
