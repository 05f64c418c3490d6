"""What will the days until the month's end cost? A level, a week and a damped drift, and how far off that was before.

The level is an exponentially weighted mean of days without their weekday; the week is how weekdays differ, shrunk to no
difference where little is known. The drift is by how much the next week used to cost more than that, as far as it
stands out of its own noise: an account that grows is seen to grow, one app's weeks are not taken for a trend. A day far
off its neighbors (an incident, a one-off bill) moves the level by no more than three times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.forecast_range import reach
from models.panel import Floats

HALF_LIFE_DAYS = 2.5
WEEKS = 8  # of history for the weekday profile
SHRINK = 0.25  # weeks of "no difference" that a weekday profile begins with
CLIP = 3.0
COVERAGE = 0.8
ASLEEP = 0.25  # of a mean day: less than this on a weekday is rest, not an end
FEWEST_DAYS = 3  # of a group, before its forecasts are judged
SMALL_SHARE = 0.05  # of the forecast: keeps ratios of almost nothing finite
DRIFT = 0.03  # a week: how much accounts usually drift
NOISE = 0.2  # of a week's error, until a group's own is known
WEEK = 7


@dataclass(frozen=True, slots=True)
class Remainder:
    """Cost of the days that are left, per group; ``low`` and ``high`` hold four in five outcomes.

    ``errors`` are log(what came / forecast) of as many days, asked on past days: groups by those, NaN where unknown.
    """

    expected: Floats
    low: Floats
    high: Floats
    errors: Floats


def remainder(daily: Floats, *, left: int, coverage: float = COVERAGE) -> Remainder:
    """Forecast the sum of the next ``left`` days.

    Args:
        daily: groups by complete days, the last column yesterday; NaN before a group's first day. Days without cost
            are 0.
        left: days to come, today among them.
        coverage: share of outcomes that the range is to hold.

    """
    return Walk(daily).remainder(daily.shape[1], left=left, coverage=coverage)


class Walk:
    """Every past day's forecast, of nothing but the days before it, and what came of it."""

    def __init__(self, daily: Floats) -> None:
        days = daily.shape[1]
        self.origins = np.array([*range(WEEK, days), days])  # less than a week does not say what weeks cost
        known = [level_and_profile(daily[:, :origin]) for origin in self.origins]
        self._level = np.stack([level for level, _ in known], axis=1)
        self._profile = np.stack([profile for _, profile in known], axis=1)
        self._sums = np.pad(np.nan_to_num(daily).cumsum(axis=1), ((0, 0), (1, 0)))
        self._lived = np.isfinite(daily).cumsum(axis=1)[:, self.origins - 1] if days else np.zeros((len(daily), 1))
        self.drift: Floats = np.zeros(self._level.shape)  # what the errors that it is taken of begin with
        self.drift = self._drifts()

    def ahead(self, left: int) -> Floats:
        """Return the forecasts of the next ``left`` days: groups by origins."""
        if left <= 0:
            return np.zeros(self._level.shape)
        days = self._profile[:, :, np.arange(left) % WEEK].sum(axis=2)
        # From the middle of the week that the level was taken of to the middle of the days ahead.
        return self._level * days * np.exp(self.drift * (left + WEEK) / (2 * WEEK))

    def errors(self, left: int) -> Floats:
        """Return log(what came / forecast) of the next ``left`` days: groups by origins, NaN where unknown."""
        forecast = self.ahead(left)
        errors = np.full(forecast.shape, np.nan)
        over = np.flatnonzero(self.origins + left < self._sums.shape[1])
        came = self._sums[:, self.origins[over] + left] - self._sums[:, self.origins[over]]
        said = forecast[:, over]
        small = SMALL_SHARE * said
        with np.errstate(invalid="ignore", divide="ignore"):
            ratio = np.log((np.maximum(came, 0) + small) / (said + small))
        errors[:, over] = np.where((said > 0) & (self._lived[:, over] >= FEWEST_DAYS), ratio, np.nan)
        return errors

    def remainder(self, today: int, *, left: int, coverage: float = COVERAGE) -> Remainder:
        """Return what was to be said before day ``today``, one of the origins, of the ``left`` days from it on."""
        [place] = np.flatnonzero(self.origins == today)
        expected = self.ahead(left)[:, place]
        own, weeks = (
            np.where(self.origins + days <= today, self.errors(days), np.nan)[:, :place] for days in (left, WEEK)
        )
        ends = np.exp(reach(own, weeks, horizon=max(left, 1), coverage=coverage)) * expected[:, None]
        return Remainder(expected, ends.min(axis=1), ends.max(axis=1), own)

    def _drifts(self) -> Floats:
        """Return per group and origin by how much a week used to cost more than forecast, in logs, as far as sure."""
        errors = np.clip(self.errors(WEEK), -1, 1)
        known = np.isfinite(errors)
        past = self.origins[:, None] + WEEK <= self.origins[None, :]  # whose week was over by then
        count = known @ past.astype(float)
        total, squares = np.where(known, errors, 0) @ past, np.where(known, errors**2, 0) @ past
        mean = total / np.maximum(count, 1)
        weeks = count / WEEK  # weeks that overlap say little new
        noise = np.maximum(squares - count * mean**2, 0) / WEEK + NOISE**2
        noise /= np.maximum(weeks - 1, 0) + 1
        return mean * DRIFT**2 / (DRIFT**2 + noise / np.maximum(weeks, 1e-9))


def level_and_profile(daily: Floats) -> tuple[Floats, Floats]:
    """Return per group what a mean day costs now, and how much of it each weekday does, from the first to come on."""
    recent = daily[:, -WEEK * WEEKS :]
    days = recent.shape[1]
    if not days:
        return np.zeros(len(daily)), np.ones((len(daily), WEEK))
    weekday = (np.arange(days) - days) % WEEK  # 0 is the first day to come
    profile = _profile(recent, weekday)
    flat = recent / profile[:, weekday]
    # One odd day must not set the month: deseasonalized days stay below thrice the median of the last two weeks.
    usual = _median(flat[:, -14:])
    flat = np.minimum(flat, np.where(usual > 0, usual * CLIP, np.inf)[:, None]) if days >= FEWEST_DAYS else flat
    weight = np.where(np.isfinite(flat), 0.5 ** (np.arange(days)[::-1] / HALF_LIFE_DAYS), 0.0)
    level = np.nansum(flat * weight, axis=1) / np.maximum(weight.sum(axis=1), 1e-12)
    # Apps are short-lived: one that cost nothing yesterday, on a weekday it works, is gone more often than not.
    level[(recent[:, -1] == 0) & (profile[:, weekday[-1]] > ASLEEP)] = 0.0
    return level, profile


def last_day(daily: Floats, left: int) -> Floats:
    """Return the naive forecast: every day like yesterday."""
    return np.nan_to_num(daily[:, -1]) * left


def last_week(daily: Floats, left: int) -> Floats:
    """Return the seasonal-naive forecast: every week like the last."""
    week = np.nan_to_num(daily[:, -WEEK:])
    if week.shape[1] < WEEK:
        return week.mean(axis=1) * left
    return week[:, np.arange(left) % WEEK].sum(axis=1)


def _profile(recent: Floats, weekday: np.ndarray) -> Floats:
    """Return per group how much of a mean day each weekday is, from whole weeks; 1 where nothing is known."""
    whole = recent[:, recent.shape[1] % WEEK :]
    profile = np.ones((len(recent), WEEK))
    if whole.shape[1] < 2 * WEEK:
        return profile
    weeks = whole.reshape(len(whole), -1, WEEK)
    level = weeks.mean(axis=2, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(level > 0, weeks / level, np.nan)
    known = np.isfinite(share).sum(axis=1)
    middle = np.nan_to_num(_median(np.moveaxis(share, 1, 2)), nan=1.0)
    first = weekday[recent.shape[1] % WEEK]
    mixed = (middle * known + SHRINK) / (known + SHRINK)
    profile[:, (np.arange(WEEK) + first) % WEEK] = np.maximum(mixed / mixed.mean(axis=1, keepdims=True), 0.02)
    return profile


def _median(rows: Floats) -> Floats:
    """Return the median of what is known along the last axis; NaN where nothing is."""
    ordered = np.sort(rows, axis=-1)  # what is not known comes last
    known = np.isfinite(rows).sum(axis=-1, keepdims=True)
    ends = [np.take_along_axis(ordered, np.maximum(place, 0), axis=-1) for place in ((known - 1) // 2, known // 2)]
    return np.where(known > 0, (ends[0] + ends[1]) / 2, np.nan)[..., 0]
