"""Alerts against incidents, on a history small enough to reckon by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.evaluation.alerts import best_threshold, figures, truth
from models.evaluation.history import HOUR, START, History
from models.evaluation.judged import gate, judged, lay

HOURS = 200


@pytest.fixture(scope="module")
def history() -> History:
    """Two apps of one line at 1 USD an hour: a large incident, a small one, and hours that only look like it."""
    value = np.ones((2, HOURS))
    value[0, 50:54] += 20  # 80 USD
    value[0, 120:122] += 5  # 10 USD: too small to count
    stamps = pd.date_range(START, periods=HOURS, freq="h")
    names = pd.Categorical(["x/cpu", "y/cpu"])
    series = pd.DataFrame(
        {
            "series_id": names.repeat(HOURS),
            "app_id": pd.Categorical(["x", "y"]).repeat(HOURS),
            "line_type": pd.Categorical(["cpu"] * 2 * HOURS),
            "ts": np.tile(stamps, 2),
            "value": value.ravel(),
            "declared": np.nan,
            "normal": 1.0,
        }
    )
    incidents = pd.DataFrame(
        {
            "incident_id": [0, 1],
            "app_id": ["x", "x"],
            "kind": ["spike", "spike"],
            "started_at": [START + 50 * HOUR, START + 120 * HOUR],
            "ended_at": [START + 54 * HOUR, START + 122 * HOUR],
            "impact": [80.0, 10.0],
        }
    )
    markers = pd.DataFrame({"app_id": ["x"], "ts": [START], "kind": ["deploy"]})
    parts = pd.DataFrame({"incident_id": [0, 1], "series_id": ["x/cpu", "x/cpu"], "impact": [80.0, 10.0]})
    return History(series, markers, incidents, parts, pd.DataFrame(), HOURS)


def told(history: History, flags: dict[tuple[int, int], float], threshold: float = 1.0) -> dict[str, float]:
    """Figures of a method that scores some (line, hour) and expects so little that the gate is always open."""
    laid = lay(history)
    score = np.full(laid.shape, -np.inf)
    for place, value in flags.items():
        score[place] = value
    one = judged(laid, np.full(laid.shape, -100.0), score)
    return figures(one, truth(laid, begin=24, end=HOURS), threshold)


def test_flags_within_a_day_are_one_alert_and_the_first_gives_the_delay(history: History) -> None:
    got = told(history, {(0, 52): 2.0, (0, 53): 2.0, (0, 70): 2.0})
    assert got["alerts"] == 1
    assert (got["precision"], got["recall"], got["dollar_recall"], got["f1"]) == (1, 1, 1, 1)
    assert got["ttd_median"] == 2


def test_an_alert_on_a_small_incident_is_neither_right_nor_wrong(history: History) -> None:
    got = told(history, {(0, 50): 2.0, (0, 121): 2.0})
    assert got["alerts"] == 2
    assert (got["precision"], got["recall"], got["false_alerts"]) == (1, 1, 0)


def test_an_alert_elsewhere_is_wrong_and_counted_per_day_and_thousand_apps(history: History) -> None:
    got = told(history, {(0, 50): 2.0, (1, 50): 2.0, (1, 190): 2.0})
    assert got["precision"] == pytest.approx(1 / 3)
    assert got["false_alerts"] == pytest.approx(2 / ((HOURS - 24) / 24) / 2 * 1000)


def test_a_flag_long_after_the_incident_finds_nothing(history: History) -> None:
    assert told(history, {(0, 54 + 23): 2.0})["recall"] == 1
    late = told(history, {(0, 54 + 24): 2.0})
    assert (late["recall"], late["precision"]) == (0, 0)
    assert np.isnan(late["ttd_median"])


def test_flags_before_the_judged_days_do_not_count(history: History) -> None:
    assert told(history, {(1, 10): 2.0})["alerts"] == 0


def test_the_best_threshold_keeps_what_is_right_and_drops_what_is_wrong(history: History) -> None:
    laid = lay(history)
    score = np.zeros(laid.shape)
    score[0, 50:54], score[1, 100] = 5.0, 3.0
    pair = (judged(laid, np.full(laid.shape, -100.0), score), truth(laid, begin=24, end=HOURS))
    assert 3.0 < best_threshold([pair]) <= 5.0


def test_the_gate_opens_on_what_has_accrued_or_on_a_rate_that_will_matter() -> None:
    expected = np.ones((1, 48))
    slow, fast = expected.copy(), expected.copy()
    slow[0, 20:30] += 1.0  # never at a rate that makes 25 USD a day: open once a quarter of it has accrued
    fast[0, 20:30] += 2.0  # 4 USD in two hours: at this rate 32 USD a day
    assert np.flatnonzero(gate(slow, expected, 25.0)[0]).min() == 26
    assert np.flatnonzero(gate(fast, expected, 25.0)[0]).min() == 21
    assert not gate(slow, np.full((1, 48), np.nan), 25.0).any()
    assert not gate(expected, expected, 25.0).any()
