"""What other lines do at the same time: those of the app, and those of the same kind everywhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from models.evidence import trailing
from models.features import SMALL, line_type_codes
from models.panel import Floats, Ints, Panel
from models.walk import CHUNK, Judged

HOT, STRONG = 1.2, 2.0  # mean -log10 p
MEMORY_HOURS = 504
OTHERS_HOURS = (3, 24)
FEWEST_LINES = 5  # a share of fewer lines says nothing


@dataclass(frozen=True)
class Crowd:
    """Matrices of apps by bars and of line types by bars, and which app and type each line is of.

    ``cost`` is what apps cost, ``should`` what was expected of them; ``reach`` are spans in bars to look at others in.
    """

    app: NDArray[np.intp]
    lines: Floats
    hot: Floats
    cost: Floats
    should: Floats
    reach: tuple[int, ...]
    type: NDArray[np.intp]
    type_hot: Floats
    type_strong_before: Floats

    @classmethod
    def of(cls, judged: Judged) -> Crowd:
        """Count the living, the hot and the strong lines of every app and of every type."""
        panel = judged.panel
        names, app = np.unique(panel.apps.astype(str), return_inverse=True)
        codes, kind = np.unique(line_type_codes(panel), return_inverse=True)
        lines, hot, cost, should = (np.zeros((len(names), panel.bars), dtype=np.float32) for _ in range(4))
        living, warm, strong = (np.zeros((len(codes), panel.bars), dtype=np.float32) for _ in range(3))
        for rows, part in panel.chunks(CHUNK):
            alive, level = part.alive(), judged.stage_one(rows)
            is_hot, is_strong = (alive & (level >= HOT), alive & (level >= STRONG))
            of_app = ((lines, alive), (hot, is_hot), (cost, part.values), (should, judged.expected[rows]))
            for total, one in of_app:
                _add(total, app[rows], one)
            for total, one in ((living, alive), (warm, is_hot), (strong, is_strong)):
                _add(total, kind[rows], one)
        living = np.maximum(living, FEWEST_LINES)
        reach = tuple(map(panel.in_bars, OTHERS_HOURS))
        return cls(app, lines, hot, cost, should, reach, kind, warm / living, _before(panel, strong / living))

    def around(
        self,
        line: NDArray[np.intp],
        bar: NDArray[np.intp],
        value: Floats,
        expected: Floats,
        cells: tuple[NDArray[np.intp], ...],
    ) -> list[Floats]:
        """Return of cells: lines of the app, the hot share of them, the line's share of its cost; then of the type.

        Then how far the app's other lines are over what is expected of them, in 3 and in 24 hours: a campaign lifts
        them all, a runaway one or two.
        """
        app, kind = self.app[line], self.type[line]
        lines = np.maximum(self.lines[app, bar], 1)
        of_app = [lines, self.hot[app, bar] / lines, value[cells] / np.maximum(self.cost[app, bar], SMALL)]
        # Prices and clocks move all lines of a type; and some types are bursty, all of them.
        of_type = [self.type_hot[kind, bar], self.type_strong_before[kind, bar]]
        others = []
        apps, own = np.unique(app, return_inverse=True)  # not of all at once: for 6,000 apps that was 0.4 GB
        for bars in self.reach:
            is_ = trailing(self.cost[apps], bars)[own, bar] - trailing(value, bars)[cells]
            usual = trailing(self.should[apps], bars)[own, bar] - trailing(expected, bars)[cells]
            ratio = np.log((np.maximum(is_, 0) + SMALL) / (np.maximum(usual, 0) + SMALL))
            others.append(np.where(lines > 1, ratio, np.nan))
        return [*of_app, *of_type, *others]


def shifted(values: Floats, bars: int) -> Floats:
    """Return what stood some bars ago; 0 before the panel."""
    moved = np.zeros_like(values)
    if bars < values.shape[1]:
        moved[:, bars:] = values[:, : values.shape[1] - bars]
    return moved


def _add(total: Floats, of: Ints, rows: Floats | NDArray[np.bool_]) -> None:
    """Add each row to the row of what it is of."""
    places, place = np.unique(of, return_inverse=True)
    ones = np.ones(len(of), dtype=np.float32)
    which = csr_array((ones, (place, np.arange(len(of)))), shape=(len(places), len(of)))
    total[places] += which @ rows.astype(np.float32, copy=False)


def _before(panel: Panel, share: Floats) -> Floats:
    """Return the mean share of the three weeks until a day ago."""
    bars = panel.in_bars(MEMORY_HOURS)
    known = np.minimum(np.arange(panel.bars) + 1, bars)
    return shifted(trailing(share, bars) / known, panel.in_bars(24))
