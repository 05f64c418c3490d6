"""What should a bar cost, and how far off may it be? One pooled pair of models for all lines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

FEWEST_ROWS = 50  # where fewer say nothing of what to expect, the center is learned from all


class ExpectationModel(RegressorMixin, BaseEstimator):
    """Median of the target, and the 90th percentile of how far it was missed.

    The absolute error makes incidents in the training rows outvoted rather than learned.

    Args:
        categorical: columns that are names, not amounts.
        announced: the column that is 1 where somebody said what to expect: the center is 0 there, whatever rows like
            it did, and the band learns how far such announcements are off.

    Attributes:
        center_: predicts the target.
        band_: predicts the 90th percentile of |target - center|.

    """

    def __init__(
        self,
        *,
        max_iter: int = 120,
        max_leaf_nodes: int = 31,
        learning_rate: float = 0.1,
        band_quantile: float = 0.9,
        categorical: tuple[int, ...] = (),
        announced: int | None = None,
        random_state: int | None = 0,
        threads: int = 1,
    ):
        self.max_iter = max_iter
        self.max_leaf_nodes = max_leaf_nodes
        self.learning_rate = learning_rate
        self.band_quantile = band_quantile
        self.categorical = categorical
        self.announced = announced
        self.random_state = random_state
        self.threads = threads

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def fit(self, X: ArrayLike, y: ArrayLike) -> ExpectationModel:
        """Learn center and band from rows; NaN is a value like others."""
        rows, target = validate_data(self, X, y, ensure_all_finite="allow-nan", y_numeric=True, ensure_min_samples=2)
        said = self._said(rows)
        learned = ~said if (~said).sum() >= FEWEST_ROWS else np.ones(len(said), dtype=bool)
        # A feature nobody has yet (weeks ago, in the first week) is constant rather than empty.
        self.empty_ = np.isnan(rows[learned]).all(axis=0)
        rows = np.where(self.empty_, 0.0, rows)
        with threadpool_limits(self.threads):
            self.center_ = self._trees("absolute_error").fit(rows[learned], target[learned])
            missed = np.abs(target - np.where(said, 0.0, self.center_.predict(rows)))
            self.band_ = self._trees("quantile", quantile=self.band_quantile).fit(rows, missed)
        self.n_iter_ = self.max_iter
        self.floor_ = float(np.quantile(missed, 0.1)) + 1e-6
        return self

    def predict(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return the expected target of each row."""
        rows, center = self._predicted("center_", X)
        return np.where(self._said(rows), 0.0, center)

    def predict_band(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return how far off a row may be, always above 0."""
        return np.maximum(self._predicted("band_", X)[1], self.floor_)

    def _predicted(self, part: str, rows: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return rows as they were learned from, and what a part says of them."""
        check_is_fitted(self)
        table = np.where(self.empty_, 0.0, validate_data(self, rows, ensure_all_finite="allow-nan", reset=False))
        with threadpool_limits(self.threads):
            return table, getattr(self, part).predict(table)

    def _said(self, rows: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return of which rows somebody said what to expect."""
        if self.announced is None:
            return np.zeros(len(rows), dtype=bool)
        return rows[:, self.announced] == 1

    def _trees(self, loss: str, **options: float) -> HistGradientBoostingRegressor:
        return HistGradientBoostingRegressor(
            loss=loss,
            max_iter=self.max_iter,
            max_leaf_nodes=self.max_leaf_nodes,
            learning_rate=self.learning_rate,
            categorical_features=list(self.categorical) or None,
            early_stopping=False,
            random_state=self.random_state,
            **options,
        )
