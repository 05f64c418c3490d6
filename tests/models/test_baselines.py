"""Baselines: the detector's words, the past only, and what each says on series reckoned by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from models.baselines import IsolationForestRows, RollingDay, SeasonalMad, WeekOverWeek, ZScore
from models.baselines.base import Baseline
from models.evaluation import family_a

START = pd.Timestamp("2026-01-05", tz="UTC")
ALL = [WeekOverWeek(), WeekOverWeek(top=2), ZScore(), SeasonalMad(), RollingDay(), IsolationForestRows(trees=20)]
every = pytest.mark.parametrize("baseline", ALL, ids=lambda one: f"{type(one).__name__}-{getattr(one, 'top', '')}")


def line(values: np.ndarray, name: str = "x/cpu", app: str = "x") -> pd.DataFrame:
    ts = pd.date_range(START, periods=len(values), freq="h")
    return pd.DataFrame({"series_id": name, "app_id": app, "ts": ts, "value": values})


@pytest.fixture(scope="module")
def series() -> pd.DataFrame:
    return family_a.history(6, apps=12, days=40).seen


@every
def test_later_values_do_not_move_earlier_scores(baseline: Baseline, series: pd.DataFrame) -> None:
    learned = clone(baseline)
    if isinstance(learned, IsolationForestRows):
        learned.fit(series)  # what it learned is the same on both sides; as it goes, its blocks would differ
    cut = series["ts"].min() + pd.Timedelta(days=30)
    other = series.assign(value=series["value"].where(series["ts"] <= cut, series["value"] * 30 + 5))
    before, after = [learned.score(table) for table in (series, other)]
    past = before["ts"] <= cut
    pd.testing.assert_frame_equal(before[past], after[past])
    assert not before["score"].equals(after["score"])


@every
def test_scores_are_the_detectors_table_and_clones_are_equal(baseline: Baseline, series: pd.DataFrame) -> None:
    scores = clone(baseline).score(series)
    assert {"series_id", "app_id", "ts", "value", "expected", "lower", "upper", "score", "flag"} <= set(scores)
    assert len(scores) == len(series)
    assert scores["score"].notna().all()
    assert (scores["flag"] == (scores["score"] >= baseline.threshold)).all()
    assert clone(baseline).get_params() == baseline.get_params()
    assert clone(baseline).set_params(threshold=9.0).get_params()["threshold"] == 9.0
    pd.testing.assert_frame_equal(scores, clone(baseline).score(series))
    assert clone(baseline).fit(series).trained_until_ == series["ts"].max()


def test_week_over_week_flags_the_last_hour_of_a_tripled_day() -> None:
    values = np.ones(24 * 21)
    values[24 * 16 : 24 * 17] = 3.0
    scores = WeekOverWeek().score(line(values))
    assert list(scores.loc[scores["flag"], "ts"]) == [START + pd.Timedelta(days=16, hours=23)]
    assert scores.loc[scores["flag"], "score"].item() == pytest.approx(3.0)
    assert scores.loc[scores["ts"] < START + pd.Timedelta(days=7, hours=23), "score"].max() == 0  # too young


def test_the_seeds_rule_sees_only_the_costliest_apps() -> None:
    small, large = np.ones(24 * 21), np.full(24 * 21, 50.0)
    small[24 * 16 : 24 * 17] = 5.0
    both = pd.concat([line(small, "x/cpu", "x"), line(large, "y/cpu", "y")])
    assert WeekOverWeek(top=2).score(both)["flag"].sum() == 1
    assert WeekOverWeek(top=1).score(both)["flag"].sum() == 0


def test_z_score_is_that_of_the_seven_days_before() -> None:
    values = np.random.default_rng(0).lognormal(0, 0.3, 24 * 12)
    scores = ZScore().score(line(values))
    past = pd.Series(values).rolling(168, min_periods=48)
    expected = ((pd.Series(values) - past.mean().shift(1)) / past.std(ddof=0).shift(1)).fillna(0)
    assert scores["score"].to_numpy() == pytest.approx(expected.to_numpy(), abs=2e-3)


def test_seasonal_median_expects_the_hour_of_earlier_days() -> None:
    values = np.tile(np.arange(24.0) + 1, 15)
    values[24 * 10 + 5] = 60.0
    scores = SeasonalMad().score(line(values))
    assert scores["score"].idxmax() == 24 * 10 + 5
    assert scores["expected"].iloc[24 * 10 + 5] == pytest.approx(6.0)


def test_the_rolling_day_runs_three_times_a_day_after_ten_days() -> None:
    values = np.ones(24 * 20)
    values[24 * 15 + 2 :] = 4.0
    scores = RollingDay().score(line(values))
    told = scores.loc[scores["score"] != 0, "ts"]
    assert set(told.dt.hour) == {7, 15, 23}
    assert scores.loc[scores["flag"], "ts"].min() == START + pd.Timedelta(days=15, hours=15)
    assert told.min() >= START + pd.Timedelta(days=10)


def test_the_forest_learns_as_it_goes_or_from_what_it_is_given(series: pd.DataFrame) -> None:
    walking = IsolationForestRows(trees=20).score(series)
    first = walking["ts"].min()
    assert (walking.loc[walking["ts"] < first + pd.Timedelta(days=3), "score"] == 0).all()
    assert walking["score"].max() > 0.5
    fitted = IsolationForestRows(trees=20).fit(series).score(series)
    assert not fitted["score"].equals(walking["score"])
