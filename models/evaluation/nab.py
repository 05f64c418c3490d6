"""NAB's scoring rule: early hits in a window count most, false alarms cost by how far behind a window they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

PROBATION_SHARE, PROBATION_ROWS = 0.15, 750


@dataclass(frozen=True)
class Profile:
    """What hits, misses and false alarms weigh."""

    name: str
    hit: float
    miss: float
    alarm: float


PROFILES = (
    Profile("standard", 1.0, 1.0, 0.11),
    Profile("low FP", 1.0, 1.0, 0.22),
    Profile("low FN", 1.0, 2.0, 0.11),
)


@dataclass(frozen=True)
class File:
    """One series of the benchmark: window number of each row (-1 outside), and NAB's value of a flag on it.

    ``worth`` is unweighted: within a window what an alert on the row earns (of 1), outside what it costs (of -1).
    """

    name: str
    window: np.ndarray
    worth: np.ndarray
    windows: int


def file(name: str, in_window: Iterable[int]) -> File:
    """Return a series' rows as the rule sees them; rows on probation are left out (worth NaN).

    Windows that touch each other cannot be told apart from this column; NAB has none.
    """
    inside = np.asarray(list(in_window), dtype=bool)
    rows = len(inside)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])))
    window = np.full(rows, -1)
    worth = np.full(rows, -1.0)
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    for number, (begin, end) in enumerate(spans):
        width = end - begin
        row = np.arange(begin, end)
        window[row] = number
        worth[row] = sigmoid(-(end - row) / width) / sigmoid(np.array(-1.0))
        after = np.arange(end, spans[number + 1][0] if number + 1 < len(spans) else rows)
        worth[after] = sigmoid((after - (end - 1)) / (width - 1))
    worth[: min(int(PROBATION_SHARE * rows), PROBATION_ROWS)] = np.nan
    counted = np.unique(window[np.isfinite(worth) & (window >= 0)])
    return File(name, window, worth, len(counted))


def sigmoid(position: np.ndarray) -> np.ndarray:
    """NAB's scaled sigmoid: 1 far left, 0 at a window's right edge, -1 far behind it."""
    return np.where(position > 3.0, -1.0, 2 / (1 + np.exp(5 * np.minimum(position, 4.0))) - 1)


def points(one: File, scores: np.ndarray, profile: Profile, thresholds: np.ndarray) -> np.ndarray:
    """Return the raw score of one series at each threshold (rows at or above it are flagged)."""
    counted = np.isfinite(one.worth)
    window, worth, score = one.window[counted], one.worth[counted], np.asarray(scores, dtype=float)[counted]
    total = np.zeros(len(thresholds))
    outside = window < 0
    order = np.argsort(-score[outside], kind="stable")
    costs = np.concatenate([[0.0], np.cumsum(worth[outside][order])]) * profile.alarm
    total += costs[np.searchsorted(-score[outside][order], -thresholds, side="right")]
    for number in np.unique(window[window >= 0]):
        mine = window == number
        order = np.argsort(-score[mine], kind="stable")
        best = np.concatenate([[-profile.miss], np.maximum.accumulate(worth[mine][order] * profile.hit)])
        total += best[np.searchsorted(-score[mine][order], -thresholds, side="right")]
    return total


def normalized(raw: np.ndarray | float, windows: int, profile: Profile) -> np.ndarray | float:
    """Return scores on NAB's scale: 100 for all windows hit first and no false alarm, 0 for silence."""
    return 100 * (raw + windows * profile.miss) / (windows * (profile.hit + profile.miss))


def at(files: list[File], scores: list[np.ndarray], profile: Profile, threshold: float) -> float:
    """Return the score at one threshold."""
    tried = np.array([threshold])
    total = sum(points(one, mine, profile, tried)[0] for one, mine in zip(files, scores, strict=True))
    return float(normalized(total, sum(one.windows for one in files), profile))


def swept(files: list[File], scores: list[np.ndarray], profile: Profile) -> tuple[float, float]:
    """Return the best score over all thresholds and that threshold, as NAB does: one threshold, all labels in view."""
    tried = _thresholds(scores)
    total = sum(points(one, mine, profile, tried) for one, mine in zip(files, scores, strict=True))
    best = int(np.argmax(total))
    return float(normalized(total[best], sum(one.windows for one in files), profile)), float(tried[best])


def folded(files: list[File], scores: list[np.ndarray], profile: Profile, *, folds: int = 5, seed: int = 0) -> float:
    """Return the score with each fold's threshold set on the other folds' files only."""
    tried = _thresholds(scores)
    raw = np.array([points(one, mine, profile, tried) for one, mine in zip(files, scores, strict=True)])
    fold = np.random.default_rng(seed).permutation(len(files)) % folds
    total = sum(raw[fold == number, np.argmax(raw[fold != number].sum(axis=0))].sum() for number in range(folds))
    return float(normalized(total, sum(one.windows for one in files), profile))


def _thresholds(scores: list[np.ndarray]) -> np.ndarray:
    """Every score of the top of each series, descending, and silence before them."""
    top = [np.unique(np.asarray(mine, dtype=float))[-2000:] for mine in scores]
    return np.concatenate([[np.inf], np.unique(np.concatenate(top))[::-1]])


def files_of(rows: pd.DataFrame) -> list[File]:
    """Return the benchmark's files of a long table ``series, row, in_window``."""
    ordered = rows.sort_values(["series", "row"])
    return [file(str(name), part["in_window"]) for name, part in ordered.groupby("series", observed=True)]
