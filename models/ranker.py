"""Which candidates are worth a person's night? Learned from drawn histories, refined by what people said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits


class IncidentRanker(ClassifierMixin, BaseEstimator):
    """Gradient boosting over candidate rows.

    Attributes:
        trees_: the fitted model.
        usual_: per feature its median among rows of the first class: what ``reasons`` puts in a feature's place.

    """

    def __init__(
        self,
        *,
        iterations: int = 250,
        max_leaf_nodes: int = 31,
        learning_rate: float = 0.06,
        min_samples_leaf: int = 80,
        l2_regularization: float = 1.0,
        random_state: int | None = 0,
        threads: int = 1,
    ):
        self.iterations = iterations
        self.max_leaf_nodes = max_leaf_nodes
        self.learning_rate = learning_rate
        self.min_samples_leaf = min_samples_leaf
        self.l2_regularization = l2_regularization
        self.random_state = random_state
        self.threads = threads

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> IncidentRanker:
        """Learn from rows and their classes; a weight counts a row that often."""
        rows, classes = validate_data(self, X, y, ensure_all_finite="allow-nan")
        check_classification_targets(classes)
        self.trees_ = HistGradientBoostingClassifier(
            max_iter=self.iterations,
            max_leaf_nodes=self.max_leaf_nodes,
            learning_rate=self.learning_rate,
            min_samples_leaf=self.min_samples_leaf,
            l2_regularization=self.l2_regularization,
            early_stopping=False,
            random_state=self.random_state,
        )
        with threadpool_limits(self.threads):
            self.trees_.fit(rows, classes, sample_weight=sample_weight)
        self.classes_ = self.trees_.classes_
        ordinary = rows[classes == self.classes_[0]]
        known = ~np.isnan(ordinary).all(axis=0)
        self.usual_ = np.full(rows.shape[1], np.nan)
        self.usual_[known] = np.nanmedian(ordinary[:, known], axis=0)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return the probability of each class."""
        return self._asked("predict_proba", X)

    def decision_function(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return the log odds of the second class; of each class where there are more than two."""
        return self._asked("decision_function", X)

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """Return the likeliest class."""
        return self._asked("predict", X)

    def reasons(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return per row and feature by how much the log odds fall when the feature is as usual."""
        rows = np.asarray(X, dtype=float)
        whole = self.decision_function(rows)
        without = np.empty(rows.shape)
        for feature in range(rows.shape[1]):
            other = rows.copy()
            other[:, feature] = self.usual_[feature]
            without[:, feature] = self.decision_function(other)
        return whole[:, None] - without

    def _asked(self, what: str, rows: ArrayLike) -> NDArray[Any]:
        check_is_fitted(self)
        table = validate_data(self, rows, ensure_all_finite="allow-nan", reset=False)
        with threadpool_limits(self.threads):
            return getattr(self.trees_, what)(table)


@dataclass(frozen=True)
class Blend:
    """Rankers asked together: the mean of what they say."""

    rankers: tuple[IncidentRanker, ...]

    def decision_function(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return the mean log odds of the second class."""
        return np.mean([ranker.decision_function(X) for ranker in self.rankers], axis=0)

    def reasons(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return per row and feature by how much the mean log odds fall when the feature is as usual."""
        return np.mean([ranker.reasons(X) for ranker in self.rankers], axis=0)
