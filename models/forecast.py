"""What will the days until the month's end cost? A level and a week, with a range that its own past errors drew.

The level is an exponentially weighted mean of days without their weekday; the week is how weekdays differ, shrunk to no
difference where little is known. Nothing is extrapolated but the level: trends of weeks do not hold for months. A day
far off its neighbors (an incident, a one-off bill) moves the level by no more than three times.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.panel import Floats

HALF_LIFE_DAYS = 2.5
WEEKS = 8  # of history for the weekday profile
SHRINK = 0.25  # weeks of "no difference" that a weekday profile begins with
CLIP = 3.0
COVERAGE = 0.8
ASLEEP = 0.25  # of a mean day: less than this on a weekday is rest, not an end
ORIGINS = 28  # past days from which the method is asked again, to see how far off it was
OWN_WEIGHT = 14  # past errors of its own that weigh as much as everybody's
SMALL_SHARE = 0.05  # of the forecast: keeps ratios of almost nothing finite


@dataclass(frozen=True, slots=True)
class Remainder:
    """Cost of the days that are left, per group; ``low`` and ``high`` hold four in five outcomes."""

    expected: Floats
    low: Floats
    high: Floats


def remainder(daily: Floats, *, left: int) -> Remainder:
    """Forecast the sum of the next ``left`` days.

    Args:
        daily: groups by complete days, the last column yesterday; NaN before a group's first day. Days without cost
            are 0.
        left: days to come, today among them.

    """
    expected = level_and_week(daily, left)
    errors = past_errors(daily, left)
    tails = [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2]
    known = np.isfinite(errors)
    everybody = np.quantile(errors[known], tails) if known.any() else np.array([np.log(0.5), np.log(2)])
    count = known.sum(axis=1)
    own = np.array(
        [np.quantile(row[at], tails) if at.any() else everybody for row, at in zip(errors, known, strict=True)]
    )
    share = (count / (count + OWN_WEIGHT))[:, None]
    reach = np.reshape(own, (-1, 2)) * share + everybody * (1 - share)
    reach = np.column_stack([np.minimum(reach[:, 0], 0), np.maximum(reach[:, 1], 0)])
    ends = np.exp(reach) * expected[:, None]
    return Remainder(expected, np.minimum(ends[:, 0], ends[:, 1]), np.maximum(ends[:, 0], ends[:, 1]))


def level_and_week(daily: Floats, left: int) -> Floats:
    """Return the expected sum of the next ``left`` days per group."""
    recent = daily[:, -7 * WEEKS :]
    days = recent.shape[1]
    if not days or left <= 0:
        return np.zeros(len(daily))
    weekday = (np.arange(days) - days) % 7  # 0 is the first day to come
    profile = _profile(recent, weekday)
    flat = recent / profile[:, weekday]
    # One odd day must not set the month: deseasonalized days stay below thrice the median of the last two weeks.
    usual = _median(flat[:, -14:])
    flat = np.minimum(flat, np.where(usual > 0, usual * CLIP, np.inf)[:, None]) if days >= 3 else flat
    weight = np.where(np.isfinite(flat), 0.5 ** (np.arange(days)[::-1] / HALF_LIFE_DAYS), 0.0)
    level = np.nansum(flat * weight, axis=1) / np.maximum(weight.sum(axis=1), 1e-12)
    # Apps are short-lived: one that cost nothing yesterday, on a weekday it works, is gone more often than not.
    level[(recent[:, -1] == 0) & (profile[:, weekday[-1]] > ASLEEP)] = 0.0
    return level * profile[:, np.arange(left) % 7].sum(axis=1)


def last_day(daily: Floats, left: int) -> Floats:
    """Return the naive forecast: every day like yesterday."""
    return np.nan_to_num(daily[:, -1]) * left


def last_week(daily: Floats, left: int) -> Floats:
    """Return the seasonal-naive forecast: every week like the last."""
    week = np.nan_to_num(daily[:, -7:])
    if week.shape[1] < 7:
        return week.mean(axis=1) * left
    return week[:, np.arange(left) % 7].sum(axis=1)


METHODS = {"naive": last_day, "seasonal naive": last_week, "level and week": level_and_week}


def past_errors(daily: Floats, left: int) -> Floats:
    """Return log(actual / forecast) of the same horizon asked on past days: groups by origins, NaN where unknown.

    Where history is shorter than the horizon, the longest horizon it holds stands in, widened by the root of time.
    """
    days = daily.shape[1]
    horizon = max(1, min(left, days // 2))
    origins = range(max(days - horizon - ORIGINS, 7), days - horizon + 1)
    errors = np.full((len(daily), max(len(origins), 1)), np.nan)
    for place, origin in enumerate(origins):
        past, came = daily[:, :origin], daily[:, origin : origin + horizon]
        known = np.isfinite(past).sum(axis=1) >= 3
        forecast, actual = level_and_week(past, horizon), np.nan_to_num(came).sum(axis=1)
        known &= forecast > 0
        small = SMALL_SHARE * forecast[known]
        errors[known, place] = np.log((np.maximum(actual[known], 0) + small) / (forecast[known] + small))
    return errors * np.sqrt(left / horizon) if left > horizon else errors


def backtest(daily: Floats, *, horizons: tuple[int, ...] = (7, 14, 21), first: int = 28) -> pd.DataFrame:
    """Return how far off each method was, walking through the days: one row per method and horizon.

    ``error`` is the sum of absolute errors over the sum of what came; ``inside`` the share of outcomes within the
    range (only ours has one).
    """
    rows = []
    for horizon in horizons:
        origins = range(first, daily.shape[1] - horizon + 1)
        missed, came, inside = dict.fromkeys(METHODS, 0.0), 0.0, []
        for origin in origins:
            past, actual = daily[:, :origin], np.nan_to_num(daily[:, origin : origin + horizon]).sum(axis=1)
            lived = np.isfinite(past[:, -7:]).all(axis=1)
            came += float(actual[lived].sum())
            for name, method in METHODS.items():
                missed[name] += float(np.abs(method(past, horizon) - actual)[lived].sum())
            if origin % 7 == 0:
                said = remainder(past, left=horizon)
                inside.append(((actual >= said.low) & (actual <= said.high))[lived])
        share = float(np.concatenate(inside).mean()) if inside else np.nan
        for name in METHODS:
            is_ours = name == "level and week"
            rows.append((name, horizon, missed[name] / max(came, 1e-12), share if is_ours else np.nan))
    return pd.DataFrame(rows, columns=["method", "horizon", "error", "inside"])


def _profile(recent: Floats, weekday: np.ndarray) -> Floats:
    """Return per group how much of a mean day each weekday is, from whole weeks; 1 where nothing is known."""
    whole = recent[:, recent.shape[1] % 7 :]
    profile = np.ones((len(recent), 7))
    if whole.shape[1] < 14:
        return profile
    weeks = whole.reshape(len(whole), -1, 7)
    level = weeks.mean(axis=2, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(level > 0, weeks / level, np.nan)
    known = np.isfinite(share).sum(axis=1)
    middle = np.nan_to_num(_median(np.moveaxis(share, 1, 2).reshape(-1, share.shape[1])).reshape(known.shape), nan=1.0)
    first = weekday[recent.shape[1] % 7]
    mixed = (middle * known + SHRINK) / (known + SHRINK)
    profile[:, (np.arange(7) + first) % 7] = np.maximum(mixed / mixed.mean(axis=1, keepdims=True), 0.02)
    return profile


def _median(rows: Floats) -> Floats:
    """Return the median of what is known in each row; NaN where nothing is."""
    return pd.DataFrame(rows).median(axis=1).to_numpy()
