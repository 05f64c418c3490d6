"""Every estimator keeps scikit-learn's contract."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats
from sklearn.utils.estimator_checks import parametrize_with_checks

from models.calibration import TailCalibration
from models.expectation import ExpectationModel
from models.ranker import IncidentRanker
from models.walk import grouped_tails

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


@pytest.mark.parametrize("freedom", [2, 4, 8])
def test_a_tail_is_as_heavy_as_it_was(freedom: int) -> None:
    """One in ten thousand, far beyond where shares are counted, of tails of any weight."""
    evidence = stats.t(freedom)
    rows = evidence.rvs((60_000, 1), random_state=0)
    rare = TailCalibration().fit(rows).transform([[evidence.isf(1e-4)]])[0, 0]
    assert rare == pytest.approx(4.0, abs=0.2)


def test_a_small_group_has_the_tail_of_those_as_near_to_a_deploy() -> None:
    random = np.random.default_rng(0)
    calm, lively = random.normal(0, 1, (20_000, 1)), random.normal(0, 3, (5_000, 1))
    of = np.concatenate([np.full(20_000, 2), np.full(4_900, 5), np.full(100, 4)])
    tails = grouped_tails(np.concatenate([calm, lively]), of)
    rare = [tail.transform([[4.0]])[0, 0] for tail in tails]
    assert len(tails) == 1 + 6
    assert rare[1] == rare[2] == rare[3] > 3.5 > rare[0] > rare[4] == rare[5]
    assert rare[4] == pytest.approx(rare[6], abs=0.1)


def test_what_was_announced_is_expected_and_no_row_like_it_has_a_say() -> None:
    random = np.random.default_rng(0)
    rows = np.column_stack([random.normal(size=4_000), random.random(4_000) < 0.2])
    said = rows[:, 1] == 1
    target = np.where(said, random.normal(0, 0.2, 4_000), 5 + random.normal(0, 1, 4_000))
    model = ExpectationModel(max_iter=30, announced=1).fit(rows, target)
    assert (model.predict(rows[said]) == 0).all()
    assert model.predict(rows[~said]).mean() == pytest.approx(5, abs=0.1)
    assert model.predict_band(rows[said]).mean() == pytest.approx(0.2 * 1.645, rel=0.2)


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
