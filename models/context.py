"""What stands around a suspicious bar: what else its app does, whether this comes every day, how long it lasts.

One row per candidate: a bar with loose evidence whose excess might matter. These rows are what the ranker sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from models.crowd import HOT, MEMORY_HOURS, STRONG, Crowd, shifted
from models.evidence import WINDOWS, trailing
from models.features import SMALL
from models.impact import is_open
from models.panel import Floats, Ints, Panel
from models.walk import CHUNK, Judged

NAMES = (
    *WINDOWS, "stage_one", "log_ratio", "log_ratio_3h", "log_ratio_24h", "log_excess_24h", "log_excess_3h",
    "age", "since_deploy", "band", "over_peak", "hours_hot", "strongest_before", "strong_hours_before",
    "growth_day", "growth_days",
    "over_week", "over_days_before", "growth_week", "growth_week_before", "growth_week_usual", "growth_strange",
    "climb", "over_weeks",
    "ratio_before", "ratio_last", "ratio_6h",
    "same_hour_of_days", "same_hour_of_weeks", "same_hour_of_months", "app_lines", "app_hot_share", "app_cost_share",
    "type_hot_share",
    "type_strong_before", "others_ratio_3h", "others_ratio_24h", "shape", "month_turn",
)  # fmt: skip
LOOSE = 0.9
DEPLOY_HOURS = 200  # for a week after it, a deploy may explain that a day costs more than that of last week
LEAST_GROWTH = 0.05  # no line's weeks are more alike
UNKNOWN_HOURS = 24  # of a table: what was there when it began is not new, and nothing is known of it
UNDECLARED_HOURS = 3  # before, a new line has nothing to be held against, unless it declared something
SMALLEST_IMPACT = 4.0  # candidates reach below any limit somebody may set


@dataclass(frozen=True)
class Candidates:
    """Bars worth a second look: where they are, and what stands around them, one row each."""

    cells: tuple[NDArray[np.intp], NDArray[np.intp]]
    rows: Floats


def candidates(judged: Judged, *, since: Ints | None = None) -> Candidates:
    """Return the bars with loose evidence and some excess, with their surroundings; of each line from ``since`` on."""
    panel = judged.panel
    crowd, turn = Crowd.of(judged), _month_turn(panel)
    rows, where = [np.zeros((0, len(NAMES)), dtype=np.float32)], [np.zeros((2, 0), dtype=np.intp)]
    for chosen, part in panel.chunks(CHUNK):
        hot = judged.stage_one(chosen)
        strongest = np.maximum(hot, 0.8 * np.maximum(judged.rarity[3][chosen], judged.rarity[4][chosen]))
        known = part.alive() & (part.age() >= _unknown_hours(part)[:, None])
        open_gate = is_open(part, judged.expected[chosen], SMALLEST_IMPACT) & known & (strongest >= LOOSE)
        if since is not None:
            open_gate &= np.arange(panel.bars) >= since[chosen, None]
        cells = np.nonzero(open_gate)
        if not len(cells[0]):
            continue
        line = cells[0] + chosen.start
        if since is not None:  # few lines have one, and only these are looked at
            some, row = np.unique(cells[0], return_inverse=True)
            part, hot, chosen, cells = part.take(some), hot[some], some + chosen.start, (row, cells[1])
        columns = [*(rarity[chosen][cells] for rarity in judged.rarity), hot[cells]]
        columns += [matrix[cells] for matrix in _surroundings(part, judged, chosen, hot)]
        columns += crowd.around(line, cells[1], part.values, judged.expected[chosen], cells)
        columns.append(columns[WINDOWS.index("r3")] - columns[WINDOWS.index("r24")])
        columns.append(turn[cells[1]])
        rows.append(np.column_stack(columns).astype(np.float32))
        where.append(np.stack([line, cells[1]]))
    found = np.concatenate(where, axis=1)
    return Candidates((found[0], found[1]), np.concatenate(rows))


def _unknown_hours(part: Panel) -> Floats:
    """Return per line for how long nothing can be said of it."""
    new = np.where(np.isfinite(part.declared), 0, UNDECLARED_HOURS)
    return np.where(part.first > 0, new, UNKNOWN_HOURS).astype(np.float32)


def _surroundings(part: Panel, judged: Judged, chosen: slice | Ints, hot: Floats) -> list[Floats]:
    """Return matrices in the order of ``NAMES`` from log_ratio to same_hour_of_months."""
    expected, values = judged.expected[chosen], part.values
    day = part.in_bars(24)
    ratios, excesses = [], []
    for bars in (1, part.in_bars(3), day):
        is_, should = trailing(values, bars), trailing(expected, bars)
        ratios.append(_ratio(is_, should))
        excesses.append(np.sign(is_ - should) * np.log1p(np.abs(is_ - should)))
    since = part.since_deploy()
    peak = _strongest(values, part.in_bars(MEMORY_HOURS), day)
    near = maximum_filter1d(hot, 3, axis=1, origin=0) if part.bar_hours < 24 else hot
    days = [shifted(near, part.in_bars(24 * number)) for number in range(1, 8)]
    weeks = [days[6], *(shifted(near, part.in_bars(168 * number)) for number in (2, 3, 4))]
    months = [shifted(near, part.in_bars(24 * number)) for number in (28, 29, 30, 31)]
    strong = trailing((hot >= STRONG).astype(np.float32), part.in_bars(MEMORY_HOURS))
    return [
        *ratios,
        excesses[2],
        excesses[1],
        np.minimum(part.age(), 1000),
        np.where(since < DEPLOY_HOURS, since, np.nan),
        judged.band[chosen],
        np.log((values + 0.03 * expected + SMALL) / (peak + 0.03 * expected + SMALL)),
        _run(hot >= HOT) * part.bar_hours,
        _strongest(hot, part.in_bars(MEMORY_HOURS), day),
        shifted(strong, day),
        _growth(part, 24),
        _growth(part, 72),
        *_slow(part),
        _over_weeks(part, expected),
        _strongest(ratios[0], part.in_bars(MEMORY_HOURS), day),
        shifted(ratios[0], 1),
        _ratio(trailing(values, part.in_bars(6)), trailing(expected, part.in_bars(6))),
        np.max(days, axis=0),
        np.max(weeks, axis=0),
        np.max(months, axis=0),
    ]


def _growth(part: Panel, hours: int) -> Floats:
    """Return how much the last 24 hours grew over those some hours ago: a leak climbs, a deploy steps."""
    day = trailing(part.values, part.in_bars(24))
    before = shifted(day, part.in_bars(hours))
    known = part.age() >= hours + 24
    return np.where(known, np.log((day + SMALL) / (before + 0.03 * day + SMALL)), np.nan)


def _slow(part: Panel) -> list[Floats]:
    """Return how the last 24 hours stand to a week and to the costliest day until three days ago, and to last week.

    A leak is three days old before a single hour of it is strange, so what it is held against ends before that.
    """
    bars, age = part.in_bars(24), part.age()
    day, lag = trailing(part.values, bars), part.in_bars(72)
    week = trailing(part.values, part.in_bars(168)) / 7
    growth = np.where(age >= 192, _ratio(day, shifted(day, part.in_bars(168))), np.nan)
    usual = trailing(np.abs(np.nan_to_num(growth)), part.in_bars(336))
    counted = trailing(np.isfinite(growth).astype(np.float32), part.in_bars(336))
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = np.where(counted > 0, usual / counted, np.nan)
    known = age >= 240
    usual = _later(usual, lag)
    days = [growth, *(_later(growth, part.in_bars(hours)) for hours in (24, 48, 72))]
    climb = np.min([late - early for late, early in pairwise(days)], axis=0)
    return [
        np.where(known, _ratio(day, shifted(week, lag)), np.nan),
        np.where(known, _ratio(day, _strongest(day, part.in_bars(MEMORY_HOURS), lag)), np.nan),
        growth,
        days[3],
        usual,
        growth / (usual + LEAST_GROWTH),
        climb,
    ]


def _over_weeks(part: Panel, expected: Floats) -> Floats:
    """Return how a bar stands to the largest of the same time, give or take an hour, one to four weeks ago."""
    near = maximum_filter1d(part.values, 3, axis=1) if part.bar_hours < 24 else part.values
    largest = np.max([shifted(near, part.in_bars(168 * number)) for number in (1, 2, 3, 4)], axis=0)
    return np.where(
        part.age() >= 168, np.log((part.values + 0.03 * expected + SMALL) / (largest + 0.03 * expected + SMALL)), np.nan
    )


def _ratio(is_: Floats, should: Floats) -> Floats:
    return np.log((is_ + 0.03 * should + SMALL) / (1.03 * should + SMALL))


def _later(values: Floats, bars: int) -> Floats:
    """Return what stood some bars ago; NaN before the panel."""
    moved = shifted(values, bars)
    moved[:, :bars] = np.nan
    return moved


def _month_turn(panel: Panel) -> Floats:
    """Return per bar how many days the turn of the month is away: jobs and closings gather there."""
    times = panel.times
    return np.minimum(times.day - 1, times.days_in_month - times.day).to_numpy().astype(np.float32)


def _strongest(values: Floats, length: int, lag: int) -> Floats:
    """Return the largest value of ``length`` bars that end ``lag`` bars ago."""
    size = min(length, values.shape[1])
    largest = maximum_filter1d(values, size, axis=1, mode="constant", cval=0.0, origin=(size - 1) // 2)
    return shifted(largest, lag)


def _run(hot: NDArray[np.bool_]) -> Floats:
    """Return how many bars in a row were hot, a bar's own among them; one cool bar does not end a run."""
    run = np.zeros(hot.shape, dtype=np.float32)
    length = np.zeros(len(hot), dtype=np.float32)
    cool = np.zeros(len(hot), dtype=np.int8)
    for bar in range(hot.shape[1]):
        cool = np.where(hot[:, bar], 0, np.minimum(cool + 1, 2))
        length = np.where(cool < 2, length + 1, 0) * (length + hot[:, bar] > 0)
        run[:, bar] = length
    return run
