"""Scores come from the past only, one threshold for all."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone

from models.detector import SpikeDetector
from models.incidents import incidents
from models.score import score
from models.threshold import THRESHOLD
from tests.thin_prior import thinned


def lines(count: int = 6, days: int = 20, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    ts = pd.date_range("2026-01-05", periods=24 * days, freq="h", tz="UTC")
    frames = []
    for number in range(count):
        level = random.uniform(1, 20)
        value = level * (1.5 + np.sin(2 * np.pi * ts.hour / 24)) * random.lognormal(0, 0.08, len(ts))
        frames.append(
            pd.DataFrame(
                {"series_id": f"app-{number // 2}/line-{number % 2}", "app_id": f"app-{number // 2}", "ts": ts}
            ).assign(value=value, line_type=["cpu", "llm_tokens"][number % 2])
        )
    return pd.concat(frames, ignore_index=True)


def test_a_planted_spike_is_found_as_one_incident() -> None:
    series = lines()
    hit = (series["series_id"] == "app-1/line-0") & series["ts"].between("2026-01-20 08:00Z", "2026-01-20 13:00Z")
    series.loc[hit, "value"] *= 12
    scores = score(series)
    found = incidents(scores)
    assert list(found["app_id"]) == ["app-1"]
    assert found["started_at"].iloc[0] == pd.Timestamp("2026-01-20 08:00", tz="UTC")
    assert "app-1/line-0" in found["lines"].iloc[0]


CUT = pd.Timestamp("2026-01-22 05:00", tz="UTC")


@pytest.fixture(scope="module")
def bursty() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Enough lines that models are fitted on the way, at days 7 and 14, with bursts to rank; markers; past scores."""
    series = lines(count=24)
    bursts = np.random.default_rng(1).random(len(series)) < 0.01
    series["value"] = series["value"] * np.where(bursts, 9.0, 1.0)
    markers = pd.DataFrame(
        {
            "app_id": ["app-1", "app-2"],
            "ts": pd.to_datetime(["2026-01-12 09:00Z", "2026-01-24 00:00Z"]),
            "kind": "deploy",
        }
    )
    return series, markers, past_scores(series, markers)


def past_scores(series: pd.DataFrame, markers: pd.DataFrame) -> pd.DataFrame:
    return score(series, markers).query("ts <= @CUT").sort_values(["series_id", "ts"]).reset_index(drop=True)


@pytest.mark.parametrize("future", ["changed", "missing"])
def test_the_future_does_not_move_past_scores(bursty: tuple, future: str) -> None:
    series, markers, before = bursty
    if future == "changed":
        other = series.assign(value=series["value"].where(series["ts"] <= CUT, series["value"] * 40 + 7))
    else:
        other, markers = series[series["ts"] <= CUT], markers[markers["ts"] <= CUT]
    pd.testing.assert_frame_equal(before, past_scores(other, markers))
    assert before["flag"].sum() > 20


def silent(series: pd.DataFrame, apps: range, begin: str, end: str) -> pd.Series:
    of_apps = series["app_id"].isin([f"app-{number}" for number in apps])
    return of_apps & series["ts"].between(begin, end, inclusive="left")


def test_rows_to_come_do_not_move_past_scores(bursty: tuple) -> None:
    """Lines come back, begin, are declared and count in other steps: none of it changes what was said before."""
    series, markers, _ = bursty
    gone = silent(series, range(3), "2026-01-10 00:00Z", "2026-01-13 07:00Z")
    gone |= silent(series, range(3, 9), "2026-01-18 00:00Z", "2026-01-24 00:00Z")
    gone |= silent(series, range(9, 10), "2026-01-11 00:00Z", "2026-01-11 20:00Z")
    series = series[~gone].assign(declared=np.nan)
    past = series[series["ts"] <= CUT]
    later = series[series["ts"] > CUT].assign(declared=3.0)
    new = lines(count=8, seed=3).query("ts > @CUT").assign(declared=1.0)
    new[["series_id", "app_id"]] = "new-" + new[["series_id", "app_id"]]
    finer = later[later["app_id"] == "app-11"]
    finer = pd.concat([finer.assign(ts=finer["ts"] + pd.Timedelta(minutes=5 * step)) for step in range(1, 12)])
    before = past_scores(past, markers[markers["ts"] <= CUT])
    pd.testing.assert_frame_equal(
        before, past_scores(pd.concat([later, finer, new, past]), markers), check_categorical=False
    )
    assert before["flag"].sum() > 20


def test_a_line_lives_a_day_without_rows_and_begins_again_after_more() -> None:
    series = lines(count=4)
    whole = series["series_id"] == "app-1/line-1"
    breaks = [("2026-01-10 00:00Z", "2026-01-11 00:00Z"), ("2026-01-14 00:00Z", "2026-01-15 01:00Z")]
    gone = np.logical_or.reduce([series["ts"].between(*one, inclusive="left") for one in breaks])
    scores = score(series[~(whole & gone)]).query("series_id == 'app-1/line-1'").set_index("ts")
    assert scores.index.is_monotonic_increasing
    assert (scores.loc["2026-01-10", "value"] == 0).all()
    assert len(scores.loc["2026-01-10"]) == len(scores.loc["2026-01-14"]) == 24
    assert pd.Timestamp("2026-01-15 00:00Z") not in scores.index
    assert scores.loc["2026-01-14 12:00Z", "basis"] == "history"
    assert scores.loc["2026-01-15 01:00Z", "basis"] == "cohort"


@pytest.mark.parametrize("others", [0.0, 1.0])
def test_a_young_line_is_expected_to_cost_what_it_declared(others: float) -> None:
    """Whether others of the table declared or not; and what it cost an hour ago has no say."""
    series = lines(count=24).assign(declared=np.nan)
    born = pd.Timestamp("2026-01-15 09:00Z")
    series = series[(series["app_id"] != "app-3") | (series["ts"] >= born)]
    new = series["app_id"] == "app-3"
    series.loc[new, "declared"] = 2.0
    series.loc[new & (series["ts"] < born + pd.Timedelta(hours=30)), "value"] *= 20
    early = series["app_id"].isin(["app-7", "app-8"]) & bool(others)
    series = series[~early | (series["ts"] >= born - pd.Timedelta(days=6))]
    series.loc[series["app_id"].isin(["app-7", "app-8"]) & bool(others), "declared"] = 15.0
    scores = score(series).query("app_id == 'app-3'")
    young = scores[scores["ts"] < born + pd.Timedelta(hours=48)]
    assert len(young) == 96
    assert (young["basis"] == "declared").all()
    np.testing.assert_allclose(young["expected"], 2.0, rtol=1e-5)
    assert young["flag"].any()
    later = scores[scores["ts"] >= born + pd.Timedelta(hours=48)]
    assert (later["basis"] == "history").all()


def test_an_hour_in_which_nothing_arrived_teaches_nothing() -> None:
    """All lines were born together: their age tells the hours of the outage apart, were they learned from."""
    series = lines(count=100, days=31)
    outage = series["ts"].between("2026-01-19 00:00Z", "2026-01-19 20:00Z", inclusive="left")
    assert not score(series)["flag"].any()
    assert not score(series[~outage])["flag"].any()


def test_lines_that_end_together_teach_nothing_of_those_that_live_on() -> None:
    """Of few lines a third: their last, silent day would be a weekday's of its own."""
    rng, ts = np.random.default_rng(2), pd.date_range("2026-01-05", periods=24 * 30, freq="h", tz="UTC")
    frames = [
        pd.DataFrame({"series_id": f"s{line}", "app_id": f"a{line // 2}", "ts": ts}).assign(
            value=(2 + line % 7) * (1 + 0.3 * np.sin(2 * np.pi * ts.hour / 24)) * rng.lognormal(0, 0.08, len(ts))
        )
        for line in range(120)
    ]
    ended = [frame[(ts < ts[15 * 24]) | (ts >= ts[25 * 24])] for frame in frames[:40]]
    scores = score(pd.concat([*ended, *frames[40:]]))
    lived = scores[scores["series_id"].isin([f"s{line}" for line in range(40, 120)]) & (scores["ts"] >= ts[14 * 24])]
    assert not lived["flag"].any()
    assert (lived["expected"] > lived["value"] / 2).all()


def test_a_bar_that_is_back_is_not_flagged() -> None:
    series = lines(count=20)
    hit = (series["series_id"] == "app-1/line-0") & series["ts"].between("2026-01-20 08:00Z", "2026-01-20 13:00Z")
    series.loc[hit, "value"] *= 12
    scores = score(series)
    flagged = scores[scores["flag"]]
    assert set(flagged["series_id"]) == {"app-1/line-0"}
    assert flagged["ts"].between("2026-01-20 08:00Z", "2026-01-20 13:00Z").sum() >= 5
    assert (flagged["excess"] >= 0.5 * (flagged["upper"] - flagged["expected"]) * (1 - 1e-5)).all()


def test_cents_are_judged_like_dollars() -> None:
    series = lines(count=20)
    hit = (series["series_id"] == "app-1/line-0") & series["ts"].between("2026-01-20 08:00Z", "2026-01-20 13:00Z")
    series.loc[hit, "value"] *= 12
    dollars, cents = score(series), score(series.assign(value=series["value"] * 100), per_dollar=100)
    assert dollars["flag"].any()
    pd.testing.assert_series_equal(dollars["score"], cents["score"])
    np.testing.assert_allclose(dollars["expected"] * 100, cents["expected"], rtol=1e-6)
    for wrong in (0, -1, np.nan, np.inf):
        with pytest.raises(ValueError, match="per_dollar"):
            score(series, per_dollar=wrong)


def test_a_metric_that_is_as_expected_is_not_flagged() -> None:
    series = pd.DataFrame({"ts": pd.date_range("2026-01-05", periods=960, freq="h", tz="UTC"), "value": 7.0})
    series.loc[700:703, "value"] = 20.0
    scores = score(series.assign(series_id="errors"))
    assert scores.loc[700:703, "flag"].all()
    assert set(scores.index[scores["flag"]]) == {700, 701, 702, 703}


def test_a_fitted_detector_scores_like_its_copy_and_needs_no_history_of_its_own() -> None:
    series = lines(count=24)
    learned = SpikeDetector().fit(series)
    assert clone(learned).get_params() == learned.get_params()
    assert SpikeDetector().set_params(**learned.get_params()).get_params() == learned.get_params()
    new = series[series["app_id"].isin(["app-1", "app-2"])]
    pd.testing.assert_frame_equal(learned.score(new), pickle.loads(pickle.dumps(learned)).score(new))
    pd.testing.assert_frame_equal(learned.score(new), clone(learned).fit(series).score(new))


def test_a_budget_sets_how_many_alerts_there_are() -> None:
    series = lines(count=16)
    few = SpikeDetector(alerts_per_day=0.05).fit(series)
    many = SpikeDetector(alerts_per_day=5.0).fit(series)
    assert few.threshold_ > many.threshold_
    assert few.score(series)["flag"].sum() < many.score(series)["flag"].sum()


def test_near_misses_draw_the_line_higher_for_whoever_has_them(bursty: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    series, markers, before = bursty
    monkeypatch.setattr("models.threshold.NEAR_MISSES", 0.0)
    assert SpikeDetector().fit(series, markers).threshold_ > THRESHOLD
    strict = past_scores(series, markers)
    assert strict["flag"].sum() < before["flag"].sum()
    early = strict["ts"] < series["ts"].min() + pd.Timedelta(days=7)
    pd.testing.assert_frame_equal(strict[early], before[early])


def test_dismissed_alerts_are_ranked_lower(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.detector.shipped", thinned)
    series = lines(count=16)
    starts = pd.to_datetime(["2026-01-14 08:00Z", "2026-01-16 08:00Z", "2026-01-18 08:00Z"])
    for app, at in zip(["app-1", "app-4", "app-7"], starts, strict=True):
        hit = (series["app_id"] == app) & series["ts"].between(at, at + pd.Timedelta(hours=5))
        series.loc[hit, "value"] *= 8
    said = pd.DataFrame({"app_id": ["app-1", "app-4"], "started_at": starts[:2], "label": "dismissed"})
    said["ended_at"] = said["started_at"] + pd.Timedelta(hours=6)
    third = (pd.Timestamp("2026-01-18 08:00", tz="UTC"), pd.Timestamp("2026-01-18 12:00", tz="UTC"))

    def strongest(detector: SpikeDetector) -> float:
        scores = detector.score(series)
        return float(scores[(scores["app_id"] == "app-7") & scores["ts"].between(*third)]["score"].max())

    before = SpikeDetector().fit(series)
    after = SpikeDetector().fit(series, labels=said)
    assert strongest(after) < strongest(before)


def test_a_new_app_is_judged_by_what_it_declared() -> None:
    series = lines(count=24)
    born = pd.Timestamp("2026-01-22 06:00", tz="UTC")
    ts = pd.date_range(born, periods=30, freq="h")
    new = pd.DataFrame({"series_id": "new/llm", "app_id": "new", "ts": ts, "line_type": "llm_tokens", "declared": 5.0})
    scores = {
        cost: score(pd.concat([series, new.assign(value=cost)])).query("series_id == 'new/llm'").head(len(new))
        for cost in (5.0, 150.0)
    }
    assert (scores[5.0]["basis"] == "declared").all()
    assert not scores[5.0]["flag"].any()
    assert scores[150.0]["flag"].iloc[:6].any()
