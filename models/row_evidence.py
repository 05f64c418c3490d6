"""What speaks for a row of one series being unusual, from the rows before it: five measurements.

Whatever is learned is learned again at fixed row counts that grow by a third, from the rows before; so nothing that
comes later can move a score, and a series costs the same few fits however long it is.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.neighbors import NearestNeighbors

from models.lives import FIRST_STEPS, usual_step
from models.panel import Floats, Ints

FIRST_BLOCK, GROWTH = 24, 1.35
FORECAST_FROM = 150  # rows before a forecast is worth a fit
LONGEST_TRAINING = 6_000
SAME_TIME_DAYS = (1, 2, 3, 4, 5, 6, 7, 14)
WINDOW, NEIGHBORS, REFERENCES = 16, 5, 4_000
FEWEST = 12
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Rows:
    """One series in order of time. ``seconds`` since the epoch; ``day`` is how many rows make one."""

    values: Floats
    seconds: Ints
    day: int
    bar_seconds: float

    @classmethod
    def of(cls, ts: pd.Series, values: Floats) -> Rows:
        """Return rows of a series ordered by time; empty values repeat the one before.

        How long a bar is, is read from the first steps: a table that goes on in others is judged as it began.
        """
        seconds = ts.astype("datetime64[s, UTC]").astype("int64").to_numpy()
        steps = np.diff(seconds)
        steps = steps[steps > 0][:FIRST_STEPS]
        bar = usual_step(steps) if len(steps) else 3600.0
        filled = pd.Series(values, dtype=float).ffill().fillna(0.0).to_numpy()
        return cls(filled, seconds, max(1, round(DAY_SECONDS / bar)), bar)


def blocks(length: int, first: int = FIRST_BLOCK) -> list[tuple[int, int]]:
    """Return ``(begin, end)`` of what is scored by a fit on the rows before ``begin``."""
    edges = [first]
    while edges[-1] < length:
        edges.append(int(edges[-1] * GROWTH) + 1)
    return [(begin, min(end, length)) for begin, end in itertools.pairwise(edges)]


def forecast(rows: Rows, *, random_state: int = 0) -> tuple[Floats, Floats]:
    """Return the expected value of each row, and by how much it was missed on the series' own scale."""
    lags, clock = _forecast_features(rows)
    before = pd.Series(rows.values).shift(1)
    expected = before.expanding(1).median().fillna(rows.values[0]).to_numpy().copy()
    missed = np.zeros(len(rows.values))
    for begin, end in blocks(len(rows.values), FORECAST_FROM):
        past = rows.values[:begin]
        middle, scale = float(np.median(past)), _spread(past)

        def scaled(values: Floats, middle: float = middle, scale: float = scale) -> Floats:
            return np.arcsinh((values - middle) / scale)

        train = slice(max(0, begin - LONGEST_TRAINING), begin)
        known = np.column_stack([scaled(lags[train]), clock[train]])
        known[:, np.isnan(known).all(axis=0)] = 0.0
        model = HistGradientBoostingRegressor(
            max_iter=60, max_leaf_nodes=15, early_stopping=False, random_state=random_state
        ).fit(known, scaled(rows.values[train]))
        predicted = model.predict(np.column_stack([scaled(lags[begin:end]), clock[begin:end]]))
        expected[begin:end] = np.sinh(predicted) * scale + middle
        missed[begin:end] = scaled(rows.values[begin:end]) - predicted
    return expected, missed


def same_time(rows: Rows) -> Floats:
    """Return the distance from the median of the same time on earlier days, in spreads."""
    past = _same_time_values(rows)
    middle, known = _middle(past)
    off = _middle(np.abs(past - middle))[0]
    usual = pd.Series(np.abs(rows.values - middle)).shift(1).rolling(rows.day * 3, min_periods=10).median().to_numpy()
    spread = 1.4826 * np.where(known >= 3, (off + np.nan_to_num(usual)) / 2, usual)
    spread = np.maximum(np.nan_to_num(spread), 1e-9 + 0.01 * np.abs(np.nan_to_num(middle)))
    return np.where(known >= 1, (rows.values - np.nan_to_num(middle)) / spread, 0.0)


def neighbors(rows: Rows, *, first: int = FIRST_BLOCK) -> Floats:
    """Return the mean distance of the last 16 values to their five nearest windows among earlier ones."""
    distance = np.zeros(len(rows.values))
    if len(rows.values) <= WINDOW:
        return distance
    windows = np.lib.stride_tricks.sliding_window_view(rows.values, WINDOW)
    for begin, end in blocks(len(rows.values), first):
        past = rows.values[:begin]
        scale = max(float(np.subtract(*np.percentile(past, [95, 5]))), float(past.std()), 1e-12)
        known = windows[: begin - WINDOW + 1] / scale
        if len(known) <= NEIGHBORS:
            continue
        if len(known) > REFERENCES:
            known = known[np.linspace(0, len(known) - 1, REFERENCES).astype(int)]
        index = NearestNeighbors(n_neighbors=NEIGHBORS, algorithm="brute").fit(known)
        distance[begin:end] = index.kneighbors(windows[begin - WINDOW + 1 : end - WINDOW + 1] / scale)[0].mean(axis=1)
    return distance


def level(rows: Rows) -> Floats:
    """Return the distance from the median of all earlier rows, in median absolute deviations."""
    away = np.zeros(len(rows.values))
    for begin, end in blocks(len(rows.values), FORECAST_FROM):
        past = rows.values[:begin]
        middle = np.median(past)
        spread = max(1.4826 * float(np.median(np.abs(past - middle))), 0.1 * float(past.std()), 1e-12)
        away[begin:end] = np.abs(rows.values[begin:end] - middle) / spread
    return away


def height(rows: Rows, *, window: int | None = None) -> Floats:
    """Return the signed distance from the median of earlier rows (all, or a window), in spreads of their middle."""
    before = pd.Series(rows.values).shift(1)
    past = before.expanding(FEWEST) if window is None else before.rolling(max(window, FEWEST), min_periods=FEWEST)
    middle = past.median().to_numpy()
    middle_80 = (past.quantile(0.9) - past.quantile(0.1)).to_numpy() / 2.5631
    spread = np.maximum(middle_80, 0.25 * past.std().to_numpy()) + 1e-3 * np.abs(middle) + 1e-9
    return np.nan_to_num((rows.values - middle) / spread)


def _forecast_features(rows: Rows) -> tuple[Floats, Floats]:
    """Return lags and rolling means (in the series' unit), and the clock."""
    values = pd.Series(rows.values)
    before = values.shift(1)
    same = _same_time_values(rows)
    lags = [values.shift(lag) for lag in (1, 2, 3)]
    lags += [before.rolling(length, min_periods=max(1, length // 3)).mean() for length in (6, 24, rows.day)]
    lags += [before.rolling(12, min_periods=4).std(), same[0], same[6], _middle(same)[0]]
    clock = [(rows.seconds % DAY_SECONDS) / 3600, (rows.seconds // DAY_SECONDS) % 7]
    return np.column_stack(lags), np.column_stack(clock)


def _same_time_values(rows: Rows) -> Floats:
    """Return the values of the same time on earlier days, days by rows; NaN where no row is near."""
    past = np.full((len(SAME_TIME_DAYS), len(rows.values)), np.nan)
    for place, days in enumerate(SAME_TIME_DAYS):
        wanted = rows.seconds - DAY_SECONDS * days
        at = np.searchsorted(rows.seconds, wanted, side="right") - 1
        near = (at >= 0) & (wanted - rows.seconds[np.maximum(at, 0)] <= 2 * rows.bar_seconds + 1)
        past[place, near] = rows.values[at[near]]
    return past


def _middle(past: Floats) -> tuple[Floats, Ints]:
    """Return median over days (NaN where none is known) and how many are known."""
    known = np.isfinite(past).sum(axis=0)
    ordered = np.sort(past, axis=0)  # NaN last
    columns = np.arange(past.shape[1])
    low, high = np.maximum(known - 1, 0) // 2, known // 2
    high = np.minimum(high, np.maximum(known - 1, 0))
    return (ordered[low, columns] + ordered[high, columns]) / 2, known


def _spread(past: Floats) -> float:
    """Return a robust spread that is never 0."""
    spread = float(np.subtract(*np.percentile(past, [90, 10]))) / 2.5631
    return spread if spread > 0 else max(float(past.std()), 1e-9 * abs(float(np.median(past))), 1e-12)
