"""The rest of a month: a level, a week, a drift, and a range that holds what it says."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.evaluation.foretold import OURS, backtest
from models.forecast import Remainder, Walk, remainder


def days(groups: int = 60, count: int = 84, noise: float = 0.15, seed: int = 0, growth: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    weekend = np.where(np.arange(count) % 7 >= 5, 0.4, 1.0)
    drift = np.exp(np.cumsum(random.normal(growth, 0.02, (groups, count)), axis=1))
    return random.uniform(5, 500, (groups, 1)) * weekend * drift * random.lognormal(0, noise, (groups, count))


@st.composite
def histories(draw: st.DrawFn) -> np.ndarray:
    """Groups that begin late, end, rest, cost nothing, or have one absurd day; few days and many."""
    groups, count = draw(st.sampled_from([1, 2, 7])), draw(st.sampled_from([3, 8, 15, 29, 60, 84]))
    seed = draw(st.integers(0, 10_000))
    daily = days(groups, count, noise=draw(st.sampled_from([0.0, 0.1, 1.0])), seed=seed)
    random = np.random.default_rng(seed)
    for row in daily:
        kind = draw(st.sampled_from(["steady", "late", "ended", "rests", "nothing", "odd day", "credit"]))
        at = int(random.integers(0, count))
        if kind == "late":
            row[: min(at, count - 1)] = np.nan
        elif kind == "ended":
            row[at:] = 0
        elif kind == "rests":
            row[np.arange(count) % 7 >= 5] = 0
        elif kind == "nothing":
            row[:] = 0
        elif kind == "odd day":
            row[at] *= 1e6
        elif kind == "credit":
            row[at] = -row[at]
    return daily


def assert_same(one: Remainder, other: Remainder) -> None:
    for name in ("expected", "low", "high"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-9, atol=1e-9)


@settings(max_examples=25, deadline=None)
@given(daily=histories(), left=st.integers(1, 31))
def test_a_range_holds_its_forecast_is_wider_the_more_it_holds_and_repeats(daily: np.ndarray, left: int) -> None:
    said = [remainder(daily, left=left, coverage=coverage) for coverage in (0.2, 0.5, 0.8, 0.9, 0.99)]
    for one in said:
        assert all(np.isfinite(ends).all() for ends in (one.expected, one.low, one.high))
        assert (one.low <= one.expected).all()
        assert (one.expected <= one.high).all()
        np.testing.assert_array_equal(one.expected, said[0].expected)
    for narrow, wide in pairwise(said):
        assert (wide.low <= narrow.low).all()
        assert (narrow.high <= wide.high).all()
    again = remainder(daily.copy(), left=left, coverage=0.8)
    np.testing.assert_array_equal([said[2].low, said[2].high], [again.low, again.high])


@settings(max_examples=15, deadline=None)
@given(daily=histories(), left=st.sampled_from([1, 7, 20]), ahead=st.integers(1, 30))
def test_no_forecast_knows_what_came_after_it(daily: np.ndarray, left: int, ahead: int) -> None:
    today = daily.shape[1]
    random = np.random.default_rng(ahead)
    came = random.lognormal(2, 2, (len(daily), ahead))
    before = Walk(daily).remainder(today, left=left)
    later = Walk(np.concatenate([daily, came], axis=1))
    other = Walk(np.concatenate([daily, came[::-1] * 100], axis=1))
    if today >= 7:  # the first day that a walk asks from
        assert_same(before, later.remainder(today, left=left))
        assert_same(before, other.remainder(today, left=left))


@settings(max_examples=15, deadline=None)
@given(daily=histories(), left=st.sampled_from([2, 14]), by=st.sampled_from([1e-3, 40.0]))
def test_another_currency_is_the_same_forecast(daily: np.ndarray, left: int, by: float) -> None:
    one, other = remainder(daily, left=left), remainder(daily * by, left=left)
    for name in ("expected", "low", "high"):
        np.testing.assert_allclose(getattr(one, name) * by, getattr(other, name), rtol=1e-6, atol=1e-9 * by)


def test_a_week_that_repeats_is_foretold_exactly() -> None:
    week = np.array([10.0, 10, 10, 10, 10, 4, 2])
    daily = np.tile(week, 8)[None, :]
    assert remainder(daily, left=10).expected[0] == pytest.approx(week.sum() + 30, rel=0.06)


def test_it_beats_naive_and_seasonal_naive_and_its_range_holds() -> None:
    tested = backtest(days(), horizons=(7, 14)).set_index(["method", "horizon"])
    for horizon in (7, 14):
        ours = tested.loc[(OURS, horizon)]
        assert ours["error"] < tested.loc[("seasonal naive", horizon), "error"]
        assert ours["error"] < tested.loc[("naive", horizon), "error"]
        assert 0.75 <= ours["inside"] <= 0.88
        assert ours["width"] < 4 * ours["error"]


@pytest.mark.parametrize("horizon", [7, 21])
def test_ranges_of_single_accounts_hold_what_they_say(horizon: int) -> None:
    found = [
        backtest(days(groups=1, seed=seed, growth=growth), horizons=(horizon,)).set_index("method").loc[OURS]
        for seed in range(12)
        for growth in (0.0, 0.005)
    ]
    assert 0.75 <= np.mean([one["inside"] for one in found]) <= 0.92
    assert np.mean([one["width"] for one in found]) < 0.7


def test_of_groups_that_end_the_range_begins_at_nothing() -> None:
    daily = days(groups=80, noise=0.05)
    random = np.random.default_rng(1)
    for row, end in zip(daily, random.geometric(1 / 60, len(daily)), strict=True):
        row[end:] = 0
    said = remainder(daily, left=14)
    alive = said.expected > 0
    assert alive.sum() > 5
    assert (said.low[alive] == 0).all()
    assert (said.high[alive] < 2 * said.expected[alive]).all()
    assert (said.high[~alive] == 0).all()


def test_growth_goes_on_in_part_where_it_stands_out() -> None:
    grown = days(groups=40, noise=0.05, growth=0.01)
    weeks = remainder(grown, left=14).expected / grown[:, -7:].sum(axis=1) / 2
    assert 1.02 < np.median(weeks) < np.exp(0.01 * 10.5)
    drifts = [np.median(Walk(days(groups=40, noise=noise, growth=0.01)).drift[:, -1]) for noise in (0.05, 1.5)]
    assert 0 <= drifts[1] < drifts[0] / 3


def test_an_incident_day_does_not_set_the_month() -> None:
    daily = days(groups=1, noise=0.05)
    calm = remainder(daily, left=14).expected[0]
    daily[0, -1] *= 40
    assert remainder(daily, left=14).expected[0] < 1.6 * calm


@pytest.mark.parametrize("count", [0, 1, 3, 10])
def test_little_history_gives_wide_ranges_and_no_error(count: int) -> None:
    said = remainder(np.full((2, count), 7.0), left=5)
    assert said.expected == pytest.approx([35.0 if count else 0.0] * 2)
    assert (said.low <= said.expected).all()
    assert (said.expected <= said.high).all()
    assert count == 0 or (said.high > 1.4 * said.expected).all()


def test_a_group_is_judged_from_its_first_day_on() -> None:
    daily = days(groups=3)
    daily[0, :-5] = np.nan
    said = remainder(daily, left=10)
    assert said.expected[0] == pytest.approx(np.nanmean(daily[0]) * 10, rel=0.5)
    assert np.isnan(said.errors[0]).all()
    assert np.isfinite(said.errors[1:]).any()
