"""How wide is a forecast's range? As wide as the same forecast was wrong before, of this group and of the others.

Every group has a scale: the mean size of its own past errors, drawn to that of all groups where its own are few. Errors
over scales are scores, and the range ends at quantiles of everybody's scores times the group's scale. Forecasts of
``h`` days that begin a day apart share most of what came: each counts as 1/h of an error. Where few of that horizon are
over, errors of a week stand in, stretched. Until errors are known, heavy-tailed ones of a usual size are assumed.

An end is no error of some size: of groups that stop it is counted how many did, and where that is more than the range
leaves out below, the range begins at 0.
"""

from __future__ import annotations

import numpy as np

from models.panel import Floats

ENDED = np.log(0.2)  # less than a fifth of the forecast came: the group ended
LARGEST = 0.7  # a larger error says no more about how wide usual ones are: twice, or half
WEEK = 7
USUAL = 0.15  # mean size of a week's log error, until some are known
FROM_ALL = 4.0  # own errors weigh as much as everybody's when they are so many
STAND_IN = 8.0  # a week's errors weigh half when so many of the horizon asked for are over
STRETCH = 0.3  # errors grow with this power of the horizon: a level that moves, and noise that evens out
ASSUMED = 3.0  # how many errors the assumed ones count as
# Of an error: with n independent ones the range ends that much further out, as the next may lie beyond all of them.
FINITE = 0.25
INNERMOST = 0.3  # of what a tail leaves out, at least


def reach(own: Floats, weeks: Floats, *, horizon: int, coverage: float) -> Floats:
    """Return how far outcomes lie below and above a forecast, in logs: groups by the two ends.

    Args:
        own: log(what came / forecast) over ``horizon`` days: groups by consecutive past days, NaN where unknown.
        weeks: the same over seven days, for the same past days.
        horizon: days that are forecast.
        coverage: share of outcomes that the range is to hold.

    """
    parts = [_counted(own, 1 / horizon, 1.0)]
    if horizon > WEEK:
        over = float(parts[0][1].sum())
        parts.append(_counted(weeks, STAND_IN / (STAND_IN + over) / WEEK, (horizon / WEEK) ** STRETCH))
    usual = USUAL * (horizon / WEEK) ** STRETCH
    lasting = [np.where(np.isfinite(errors), counts, 0) for errors, counts in parts]
    weights = np.sum(lasting, axis=0)
    sizes = np.sum(
        [np.minimum(np.abs(errors), LARGEST) * counts for (errors, _), counts in zip(parts, lasting, strict=True)],
        axis=0,
    )
    count, total = weights.sum(axis=1, keepdims=True), sizes.sum(axis=1, keepdims=True)
    scale = _scale(count, total, usual)
    # A score is an error over the scale without the errors near it, as the one to come is not in its scale either.
    beside = _scale(count - _near(weights, horizon), total - _near(sizes, horizon), usual)
    scores = np.concatenate([*((errors / beside)[counts > 0] for errors, counts in parts), _assumed()])
    counts = np.concatenate([*(counts[counts > 0] for _, counts in parts), np.full(20, ASSUMED / 20)])
    # Groups of one account are not independent of each other: between the longest history's errors and everybody's.
    independent = np.sqrt((counts.sum() - ASSUMED) * max(float(count.max(initial=0.0)), 0.0))
    low, high = _ends(scores, counts, independent, coverage)
    return scale * np.array([[low, high]])


def _counted(errors: Floats, each: float, stretch: float) -> tuple[Floats, Floats]:
    """Return errors, stretched, 0 where unknown and minus infinity where a group ended; and what each counts as."""
    known = np.isfinite(errors)
    size = np.where(errors < ENDED, -np.inf, errors * stretch)
    return np.where(known, size, 0.0), np.where(known, each, 0.0)


def _scale(count: Floats, total: Floats, usual: float) -> Floats:
    """Return the mean size of errors per group, drawn to everybody's, which begins as one of the usual size."""
    count, total = np.maximum(count, 0), np.maximum(total, 0)
    everybody = (usual + total.sum(axis=0)) / (1 + count.sum(axis=0))
    return (FROM_ALL * everybody + total) / (FROM_ALL + count)


def _near(values: Floats, days: int) -> Floats:
    """Return per origin the sum over those less than ``days`` away."""
    sums = np.pad(values.cumsum(axis=1), ((0, 0), (1, 0)))
    place = np.arange(values.shape[1])
    return sums[:, np.minimum(place + days, len(place))] - sums[:, np.maximum(place - days + 1, 0)]


def _assumed() -> Floats:
    """Return scores of errors before any are known: Student's t with four degrees of freedom, times 1.2."""
    share = (np.arange(20) + 0.5) / 20
    spread = np.sqrt(4 * share * (1 - share))
    return 1.2 * np.sign(share - 0.5) * 2 * np.sqrt(np.cos(np.arccos(spread) / 3) / spread - 1)


def _ends(scores: Floats, counts: Floats, independent: float, coverage: float) -> tuple[float, float]:
    """Return the scores between which ``coverage`` of them lie, further out the fewer there are."""
    half = (1 - coverage) / 2
    tail = max(half - (1 - half) * FINITE / (independent + ASSUMED), INNERMOST * half)
    order = np.argsort(scores, kind="stable")
    scores, counts = scores[order], counts[order]
    below = (counts.cumsum() - counts / 2) / counts.sum()
    lasting = np.isfinite(scores)
    ended = float(counts[~lasting].sum() / counts.sum())
    # Where the lower end holds all that ended, the upper need not leave out as little.
    upper = 1 - tail if ended < tail else max(1 - ended, 1 - 2 * tail)
    low = -np.inf if ended >= tail else float(np.interp(tail, below[lasting], scores[lasting]))
    return min(low, 0.0), max(float(np.interp(upper, below[lasting], scores[lasting])), 0.0)
