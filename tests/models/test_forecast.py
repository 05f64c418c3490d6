"""The rest of a month: a level, a week, a range that holds what it says."""

from __future__ import annotations

import numpy as np
import pytest

from models.forecast import backtest, level_and_week, remainder


def days(groups: int = 60, count: int = 84, noise: float = 0.15, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    weekend = np.where(np.arange(count) % 7 >= 5, 0.4, 1.0)
    drift = np.exp(np.cumsum(random.normal(0, 0.02, (groups, count)), axis=1))
    return random.uniform(5, 500, (groups, 1)) * weekend * drift * random.lognormal(0, noise, (groups, count))


def test_a_week_that_repeats_is_foretold_exactly() -> None:
    week = np.array([10.0, 10, 10, 10, 10, 4, 2])
    daily = np.tile(week, 8)[None, :]
    assert level_and_week(daily, 10)[0] == pytest.approx(week.sum() + 30, rel=0.06)


def test_it_beats_naive_and_seasonal_naive_and_its_range_holds() -> None:
    tested = backtest(days(), horizons=(7, 14)).set_index(["method", "horizon"])
    for horizon in (7, 14):
        ours = tested.loc[("level and week", horizon)]
        assert ours["error"] < tested.loc[("seasonal naive", horizon), "error"]
        assert ours["error"] < tested.loc[("naive", horizon), "error"]
        assert 0.7 <= ours["inside"] <= 0.92


def test_an_incident_day_does_not_set_the_month() -> None:
    daily = days(groups=1, noise=0.05)
    calm = level_and_week(daily, 14)[0]
    daily[0, -1] *= 40
    assert level_and_week(daily, 14)[0] < 1.6 * calm


@pytest.mark.parametrize("count", [0, 1, 3, 10])
def test_little_history_gives_wide_ranges_and_no_error(count: int) -> None:
    said = remainder(np.full((2, count), 7.0), left=5)
    assert said.expected == pytest.approx([35.0 if count else 0.0] * 2)
    assert (said.low <= said.expected).all()
    assert (said.expected <= said.high).all()


def test_a_group_is_judged_from_its_first_day_on() -> None:
    daily = days(groups=3)
    daily[0, :-5] = np.nan
    said = remainder(daily, left=10)
    assert said.expected[0] == pytest.approx(np.nanmean(daily[0]) * 10, rel=0.5)
