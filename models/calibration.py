"""How rare is evidence of this strength? Pooled empirical tails, continued as Pareto tails."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

LONGEST = 12.0  # -log10 p is cut here: beyond, a tail fitted on thousands of rows says nothing


SHAPES = (0.05, 0.8)  # of a tail that has a mean
FEWEST_BEYOND = 20


class TailCalibration(TransformerMixin, BaseEstimator):
    """Turn each column of evidence into -log10 of the share of fitted rows at least as strong.

    Up to ``tail`` the share is counted; above, a Pareto tail continues it. Its shape is that of the excesses by their
    probability-weighted moments (Hosking and Wallis 1987), held to ``shape`` by as many rows as ``shape_rows``.

    Attributes:
        levels_: per column the evidence at each step of ``grid_``.
        scale_: per column the mean excess over the last level.
        shape_: per column the shape of the tail.

    """

    def __init__(self, *, tail: float = 0.98, shape: float = 0.25, shape_rows: int = 300, steps: int = 400):
        self.tail = tail
        self.shape = shape
        self.shape_rows = shape_rows
        self.steps = steps

    def fit(self, X: ArrayLike, y: object = None) -> TailCalibration:  # noqa: ARG002
        """Learn the tails of each column from rows that are mostly quiet."""
        rows = validate_data(self, X, dtype=np.float64)
        self.grid_ = np.linspace(0, self.tail, self.steps)
        self.levels_ = np.quantile(rows, self.grid_, axis=0)
        top = self.levels_[-1]
        beyond = np.maximum(rows - top, 0)
        count = np.maximum((beyond > 0).sum(axis=0), 1)
        self.scale_ = np.maximum(beyond.sum(axis=0) / count, 1e-3 + 1e-3 * np.abs(top))
        self.shape_ = np.array([self._shape(column[column > 0]) for column in beyond.T])
        return self

    def transform(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return -log10 p of each value."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, reset=False)
        rarity = np.empty_like(rows)
        for column in range(rows.shape[1]):
            levels = self.levels_[:, column]
            share = 1 - np.interp(rows[:, column], levels, self.grid_)
            excess = np.maximum(rows[:, column] - levels[-1], 0) / self.scale_[column]
            shape = self.shape_[column]
            beyond = 1 + shape * excess / (1 - shape)
            rarity[:, column] = -np.log10(np.maximum(share, 1e-12)) + np.log10(beyond) / shape
        return np.minimum(rarity, LONGEST)

    def _shape(self, excess: NDArray[np.float64]) -> float:
        """Return the shape of a tail with these excesses."""
        count = len(excess)
        if count < FEWEST_BEYOND:
            return self.shape
        mean = excess.mean()
        weighted = float((np.sort(excess) * np.arange(count - 1, -1, -1)).sum()) / (count * (count - 1))
        seen = float(np.clip(2 - mean / max(mean - 2 * weighted, 1e-12), *SHAPES))
        return (count * seen + self.shape_rows * self.shape) / (count + self.shape_rows)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = True
        return tags
