"""How rare is evidence of this strength? Pooled empirical tails, continued as Pareto tails."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

LONGEST = 12.0  # -log10 p is cut here: beyond, a tail fitted on thousands of rows says nothing


class TailCalibration(TransformerMixin, BaseEstimator):
    """Turn each column of evidence into -log10 of the share of fitted rows at least as strong.

    Up to ``tail`` the share is counted; above, the mean excess over it sets the scale of a Pareto tail.

    Attributes:
        levels_: per column the evidence at each step of ``grid_``.
        scale_: per column the mean excess over the last level.

    """

    def __init__(self, *, tail: float = 0.98, shape: float = 0.25, steps: int = 400):
        self.tail = tail
        self.shape = shape
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
            beyond = 1 + self.shape * excess / (1 - self.shape)
            rarity[:, column] = -np.log10(np.maximum(share, 1e-12)) + np.log10(beyond) / self.shape
        return np.minimum(rarity, LONGEST)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = True
        return tags
