"""scikit-learn's IsolationForest on engineered features of every row, all lines together."""

from __future__ import annotations

from itertools import pairwise
from typing import Self

import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest

from models.baselines.base import Baseline, lagged, trailing_moments, trailing_sum
from models.panel import Floats, Panel, panel

SAMPLE = 60_000
BLOCKS = 8


class IsolationForestRows(Baseline):
    """Rows that are easy to isolate, by how they stand to their line's past.

    Without ``fit`` it learns as it goes: the table is cut into blocks of time, and each block is scored by a forest
    grown on what came before it.
    """

    def __init__(
        self,
        *,
        threshold: float = 0.65,
        trees: int = 100,
        random_state: int = 0,
        threads: int = 1,
        bar: str | pd.Timedelta = "auto",
    ):
        self.threshold = threshold
        self.trees = trees
        self.random_state = random_state
        self.threads = threads
        self.bar = bar

    def fit(self, series: pd.DataFrame, markers: pd.DataFrame | None = None) -> Self:
        super().fit(series, markers)
        bars = panel(series, markers, bar=self.bar)
        self.forest_ = self._grown(_features(bars)[0][bars.alive()])
        return self

    def _grown(self, rows: Floats) -> IsolationForest:
        chosen = np.random.default_rng(self.random_state).permutation(len(rows))[:SAMPLE]
        forest = IsolationForest(n_estimators=self.trees, random_state=self.random_state, n_jobs=self.threads)
        return forest.fit(rows[chosen])

    def judge(self, bars: Panel, chosen: np.ndarray | None = None) -> tuple[Floats, Floats, Floats]:
        """Return expected value, spread and score; scores of ``chosen`` bars only, if they are given."""
        features, mean, deviation = _features(bars)
        alive = bars.alive()
        score = np.full(alive.shape, np.nan, dtype=np.float32)
        for begin, end in self._blocks(bars.bars):
            known = alive[:, begin:end] & np.isfinite(mean[:, begin:end])
            if chosen is not None:
                known &= chosen[:, begin:end]
            if not known.any():
                continue
            forest = getattr(self, "forest_", None)
            if forest is None:
                past = features[:, :begin][alive[:, :begin]]
                if len(past) < 256:
                    continue
                forest = self._grown(past)
            block = score[:, begin:end]
            block[known] = -forest.score_samples(features[:, begin:end][known])
        return mean, 3 * deviation, score

    def _blocks(self, bars: int) -> list[tuple[int, int]]:
        if hasattr(self, "forest_"):
            return [(0, bars)]
        edges = np.unique(np.linspace(0.1 * bars, bars, BLOCKS + 1).astype(int))
        return list(pairwise(edges))


def _features(bars: Panel) -> tuple[Floats, Floats, Floats]:
    """Return features (series, bars, 6), and the mean and deviation of the week before."""
    day = bars.bars_per_day
    mean, deviation = trailing_moments(bars, 7 * day, at_least=min(2 * day, 48))
    usual = np.nan_to_num(mean).clip(min=0)
    floor = 0.03 * usual + 1e-4
    usual = usual + floor
    short, long = bars.in_bars(3), bars.in_bars(24)
    now = bars.values.clip(min=0)
    columns = [
        np.log((now + floor) / usual),
        np.log((trailing_sum(now, short).clip(min=0) / short + floor) / usual),
        np.log((trailing_sum(now, long).clip(min=0) / long + floor) / usual),
        np.log((now + floor) / (np.nan_to_num(lagged(bars, day, now)) + floor)),
        np.log((now + floor) / (np.nan_to_num(lagged(bars, 7 * day, now)) + floor)),
        np.nan_to_num(deviation) / usual,
    ]
    return np.stack(columns, axis=-1).astype(np.float32), mean, deviation
