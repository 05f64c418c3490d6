"""What stands around a suspicious bar: what else its app does, whether this comes every day, how long it lasts.

One row per candidate: a bar with loose evidence whose excess might matter. These rows are what the ranker sees.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from models.evidence import WINDOWS, trailing
from models.features import SMALL, line_type_codes
from models.impact import is_open
from models.panel import Floats, Panel
from models.walk import CHUNK, Judged

NAMES = (
    *WINDOWS, "stage_one", "log_ratio", "log_ratio_3h", "log_ratio_24h", "log_excess_24h", "log_excess_3h",
    "age", "since_deploy", "band", "over_peak", "hours_hot", "strongest_before", "strong_hours_before",
    "same_hour_of_days", "same_hour_of_weeks", "same_hour_of_months", "app_lines", "app_hot_share", "app_cost_share",
    "type_hot_share",
    "type_strong_before", "shape",
)  # fmt: skip
HOT, STRONG = 1.2, 2.0  # mean -log10 p
LOOSE = 0.9
SMALLEST_IMPACT = 4.0  # candidates reach below any limit somebody may set
MEMORY_HOURS = 504


@dataclass(frozen=True)
class Candidates:
    """Bars worth a second look: where they are, and what stands around them, one row each."""

    cells: tuple[NDArray[np.intp], NDArray[np.intp]]
    rows: Floats


def candidates(judged: Judged) -> Candidates:
    """Return the bars with loose evidence and some excess, with their surroundings."""
    panel, stage_one = judged.panel, judged.stage_one
    apps = _App.of(panel, stage_one)
    types = line_type_codes(panel).astype(int)
    of_type = _share_of_type(panel, types, stage_one >= HOT)
    before = _before(panel, _share_of_type(panel, types, stage_one >= STRONG))
    strongest = np.maximum(np.maximum(stage_one, judged.rarity[3] * 0.8), judged.rarity[4] * 0.8)
    rows, where = [], []
    for chosen, part in panel.chunks(CHUNK):
        expected, hot = judged.expected[chosen], stage_one[chosen]
        open_gate = is_open(part, expected, SMALLEST_IMPACT) & part.alive() & (strongest[chosen] >= LOOSE)
        cells = np.nonzero(open_gate)
        if not len(cells[0]):
            continue
        around = _surroundings(part, judged, chosen, hot)
        columns = [*(rarity[chosen][cells] for rarity in judged.rarity), hot[cells]]
        columns += [matrix[cells] for matrix in around]
        line = cells[0] + chosen.start
        columns += apps.of_cells(line, cells[1], part.values[cells])
        columns += [of_type[types[line], cells[1]], before[types[line], cells[1]]]
        columns.append(columns[WINDOWS.index("r3")] - columns[WINDOWS.index("r24")])
        rows.append(np.column_stack(columns).astype(np.float32))
        where.append((line, cells[1]))
    if not rows:
        return Candidates((np.zeros(0, dtype=int), np.zeros(0, dtype=int)), np.zeros((0, len(NAMES)), dtype=np.float32))
    return Candidates(
        (np.concatenate([line for line, _ in where]), np.concatenate([bar for _, bar in where])), np.concatenate(rows)
    )


def _surroundings(part: Panel, judged: Judged, chosen: slice, hot: Floats) -> list[Floats]:
    """Return matrices in the order of ``NAMES`` from log_ratio to same_hour_of_months."""
    expected, values = judged.expected[chosen], part.values
    day = part.in_bars(24)
    ratios, excesses = [], []
    for bars in (1, part.in_bars(3), day):
        is_, should = trailing(values, bars), trailing(expected, bars)
        ratios.append(np.log((is_ + 0.03 * should + SMALL) / (1.03 * should + SMALL)))
        excesses.append(np.sign(is_ - should) * np.log1p(np.abs(is_ - should)))
    since = part.since_deploy()
    peak = _strongest(values, part.in_bars(MEMORY_HOURS), day)
    near = maximum_filter1d(hot, 3, axis=1, origin=0) if part.bar_hours < 24 else hot
    days = [_shifted(near, part.in_bars(24 * number)) for number in range(1, 8)]
    weeks = [days[6], *(_shifted(near, part.in_bars(168 * number)) for number in (2, 3, 4))]
    months = [_shifted(near, part.in_bars(24 * number)) for number in (28, 29, 30, 31)]
    strong = trailing((hot >= STRONG).astype(np.float32), part.in_bars(MEMORY_HOURS))
    return [
        *ratios,
        excesses[2],
        excesses[1],
        np.minimum(part.age(), 1000),
        np.where(since < 72, since, np.nan),
        judged.band[chosen],
        np.log((values + 0.03 * expected + SMALL) / (peak + 0.03 * expected + SMALL)),
        _run(hot >= HOT) * part.bar_hours,
        _strongest(hot, part.in_bars(MEMORY_HOURS), day),
        _shifted(strong, day),
        np.max(days, axis=0),
        np.max(weeks, axis=0),
        np.max(months, axis=0),
    ]


def _shifted(values: Floats, bars: int) -> Floats:
    """Return what stood some bars ago; 0 before the panel."""
    moved = np.zeros_like(values)
    if bars < values.shape[1]:
        moved[:, bars:] = values[:, : values.shape[1] - bars]
    return moved


def _strongest(values: Floats, length: int, lag: int) -> Floats:
    """Return the largest value of ``length`` bars that end ``lag`` bars ago."""
    size = min(length, values.shape[1])
    largest = maximum_filter1d(values, size, axis=1, mode="constant", cval=0.0, origin=(size - 1) // 2)
    return _shifted(largest, lag)


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


def _share_of_type(panel: Panel, types: NDArray[np.intp], chosen: NDArray[np.bool_]) -> Floats:
    """Return per line type (by code) and bar the share of chosen lines: prices and clocks move everybody."""
    share = np.zeros((int(types.max()) + 1, panel.bars), dtype=np.float32)
    alive = panel.alive()
    for code in np.unique(types):
        of = types == code
        share[code] = (chosen[of] & alive[of]).sum(axis=0) / np.maximum(alive[of].sum(axis=0), 5)
    return share


def _before(panel: Panel, share: Floats) -> Floats:
    """Return the mean share of the three weeks until a day ago: some types are bursty, all of them."""
    bars, day = panel.in_bars(MEMORY_HOURS), panel.in_bars(24)
    known = np.minimum(np.arange(panel.bars) + 1, bars)
    return _shifted(trailing(share, bars) / known, day)


@dataclass(frozen=True)
class _App:
    """Per app and bar: how many lines live, how many are hot, what it cost in the last 24 hours."""

    code: NDArray[np.intp]
    lines: Floats
    hot: Floats
    cost: Floats

    @classmethod
    def of(cls, panel: Panel, stage_one: Floats) -> _App:
        names, code = np.unique(panel.apps.astype(str), return_inverse=True)
        order = np.argsort(code, kind="stable")
        starts = np.searchsorted(code[order], np.arange(len(names)))
        lines = np.add.reduceat(panel.alive()[order].astype(np.float32), starts, axis=0)
        hot = np.add.reduceat((stage_one >= HOT)[order].astype(np.float32), starts, axis=0)
        return cls(code, lines, hot, np.add.reduceat(panel.values[order], starts, axis=0))

    def of_cells(self, line: NDArray[np.intp], bar: NDArray[np.intp], value: Floats) -> list[Floats]:
        """Return lines of the app, the hot share among them, and the line's share of the app's cost."""
        app = self.code[line]
        lines = np.maximum(self.lines[app, bar], 1)
        return [lines, self.hot[app, bar] / lines, value / np.maximum(self.cost[app, bar], SMALL)]
