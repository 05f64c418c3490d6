"""Every estimator keeps scikit-learn's contract."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from models.calibration import TailCalibration
from models.expectation import ExpectationModel
from models.ranker import IncidentRanker

# Small models: the contract does not depend on how many trees there are.
ESTIMATORS = [TailCalibration(), ExpectationModel(max_iter=25), IncidentRanker(iterations=25, learning_rate=0.2)]


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@parametrize_with_checks(ESTIMATORS)
def test_contract(estimator: Any, check: Any) -> None:
    check(estimator)


def test_a_tail_says_how_rare() -> None:
    rows = np.random.default_rng(0).normal(size=(20_000, 1))
    rare = TailCalibration().fit(rows).transform(np.array([[0.0], [2.326], [3.09]]))[:, 0]
    assert rare == pytest.approx([0.301, 2.0, 3.0], abs=0.25)


def test_the_band_holds_nine_in_ten() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(8_000, 2))
    target = rows[:, 0] + random.normal(0, np.exp(rows[:, 1] / 2))
    model = ExpectationModel(max_iter=30).fit(rows[:6_000], target[:6_000])
    missed = np.abs(target[6_000:] - model.predict(rows[6_000:]))
    assert np.mean(missed <= model.predict_band(rows[6_000:])) == pytest.approx(0.9, abs=0.06)


def test_reasons_name_the_feature_that_made_the_difference() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(2_000, 4))
    ranker = IncidentRanker(iterations=40).fit(rows, rows[:, 2] > 1)
    assert ranker.reasons(np.array([[0.0, 0.0, 3.0, 0.0]])).argmax() == 2
