"""Stage one: expected value and calibrated evidence of every bar of every line, each block judged by what came before.

A block is judged by a model that was fitted on rows before it. What is judged never moves when more data come.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.calibration import TailCalibration
from models.evidence import WINDOWS, evidence
from models.expectation import ExpectationModel
from models.features import ANNOUNCED, CATEGORICAL, Features, features
from models.panel import Floats, Ints, Panel
from models.sampling import drawn, share_per_bar

CHUNK = 500  # lines at a time: matrices that fit in caches and come from the heap, not from the kernel
EDGES_DAYS = (3, 7)  # then every week
TRAINING_DAYS, CALIBRATION_DAYS = 42, 28
FEWEST_ROWS, FEWEST_OF_GROUP = 3_000, 1_500
GROUPS = 6  # younger than a day, a week, older; each without and with a deploy in the last 24 hours
LARGEST_GROUP = 2  # older, without a deploy: nine tenths of all bars
MORE_OF_THE_REST = 4  # times as many bars of the others, so that each has enough to learn its tail from
MOST = 60_000.0  # what half a float holds
AWAY = 0.5  # of the band's half: nearer to what was expected, a bar is not flagged
STAGE_ONE = (0, 1, 2)  # z1, r3, r6: their mean found more than any other set (F1 .80, against .73 for the largest)


@dataclass(frozen=True)
class Learned:
    """What one fit knows: the expectation model and the tails of all bars, then of each group."""

    expectation: ExpectationModel
    tails: list[TailCalibration]


@dataclass(frozen=True)
class Judged:
    """A panel after stage one; matrices of series by bars.

    Attributes:
        expected: in the values' unit.
        band: by which factor (its logarithm) nine in ten bars miss at most.
        rarity: -log10 p per window.
        latest: what judged the last bars.

    """

    panel: Panel
    expected: Floats
    band: Floats
    rarity: list[Floats]
    latest: Learned

    def matrices(self) -> list[Floats]:
        """Return everything that is held per bar."""
        return [self.expected, self.band, *self.rarity]

    def away(self, cells: tuple[Ints, ...]) -> NDArray[np.bool_]:
        """Return which of some bars lie ``AWAY`` or more of the way from what was expected to the edge of their band.

        Windows of hours are strange for as long as an incident is in them; a bar that is back is nothing to look at.
        """
        expected = self.expected[cells]
        edge = expected * np.exp(np.minimum(self.band[cells].astype(np.float32), 20))
        over = self.panel.values[cells] - expected
        return np.asarray((over >= AWAY * (edge - expected)) & (over > 0))

    def stage_one(self, rows: slice = slice(None)) -> Floats:
        """Return the mean -log10 p of the short windows, of some lines."""
        total = sum(self.rarity[window][rows].astype(np.float32) for window in STAGE_ONE)
        return np.asarray(total / np.float32(len(STAGE_ONE)))


@dataclass(frozen=True, slots=True)
class Sample:
    """Drawn rows, what they should say, their bars, and from which bar on their line is known to have come to rest."""

    rows: Floats
    targets: Floats
    bars: Ints
    dead: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How to walk. ``rows`` is the most one fit learns from."""

    rows: int = 100_000
    random_state: int = 0
    threads: int = 1
    chunk: int = CHUNK

    def forward(self, panel: Panel, prior: Learned) -> Judged:
        """Judge every bar by models fitted on earlier rows, ``prior`` until there are enough of those."""
        edges = self._edges(panel)
        sample = self._sample(panel)
        models = [prior.expectation]
        for edge in edges[1:-1]:
            begin = edge - TRAINING_DAYS * panel.bars_per_day
            models.append(self._fitted(sample, begin, edge) or models[-1])
        return self._judged(panel, edges, models, prior)

    def apply(self, panel: Panel, learned: Learned) -> Judged:
        """Judge every bar by one model."""
        return self._judged(panel, [0, panel.bars], [learned.expectation], learned)

    def fit(self, panel: Panel, prior: Learned) -> Judged:
        """Learn from the end of a panel; return it judged by that, with what was learned as ``latest``."""
        begin = panel.bars - TRAINING_DAYS * panel.bars_per_day
        model = self._fitted(self._sample(panel), begin, panel.bars) or prior.expectation
        expected, band, windows, groups = self._evident(panel, [0, panel.bars], [model])
        recent = slice(max(panel.bars - CALIBRATION_DAYS * panel.bars_per_day, 0), panel.bars)
        learned = Learned(model, calibrated(windows, groups, self._for_tails(panel, groups), recent) or prior.tails)
        make_rare(windows, groups, learned.tails, slice(0, panel.bars))
        return Judged(panel, expected, band, windows, learned)

    def _edges(self, panel: Panel) -> list[int]:
        days = [*EDGES_DAYS, *range(14, panel.bars // panel.bars_per_day + 8, 7)]
        edges = [0, *(day * panel.bars_per_day for day in days)]
        return [edge for edge in edges if edge < panel.bars] + [panel.bars]

    def _sample(self, panel: Panel) -> Sample:
        share = share_per_bar(panel, self.rows * 7 // TRAINING_DAYS)
        rows, targets, bars, dead = [], [], [], []
        for _, part in panel.chunks(self.chunk):
            known = features(part)
            chosen = np.nonzero(part.alive() & (drawn(part, seed=self.random_state) < share))
            rows.append(known.rows(chosen))
            targets.append(known.target[chosen])
            bars.append(chosen[1])
            dead.append(part.known_dead()[chosen])
        return Sample(*map(np.concatenate, (rows, targets, bars, dead)))

    def _fitted(self, sample: Sample, begin: int, end: int) -> ExpectationModel | None:
        # The hours after a line's last use say nothing of what lines cost that live on.
        chosen = (sample.bars >= begin) & (sample.bars < end) & (sample.dead >= end)
        if chosen.sum() < FEWEST_ROWS:
            return None
        model = expectation(random_state=self.random_state, threads=self.threads)
        return model.fit(sample.rows[chosen], sample.targets[chosen])

    def _judged(self, panel: Panel, edges: list[int], models: list[ExpectationModel], prior: Learned) -> Judged:
        """Predict block by block, then calibrate block by block."""
        expected, band, windows, groups = self._evident(panel, edges, models)
        chosen = self._for_tails(panel, groups)
        tails = [prior.tails]
        for edge in edges[1:-1]:
            begin = max(edge - CALIBRATION_DAYS * panel.bars_per_day, 0)
            tails.append(calibrated(windows, groups, chosen, slice(begin, edge)) or tails[-1])
        for (begin, end), block in zip(pairwise(edges), tails, strict=True):
            make_rare(windows, groups, block, slice(begin, end))
        return Judged(panel, expected, band, windows, Learned(models[-1], tails[-1]))

    def _for_tails(self, panel: Panel, groups: NDArray[np.int8]) -> NDArray[np.bool_]:
        """Return which bars tails are learned from."""
        share = share_per_bar(panel, self.rows // 2)
        chosen = np.zeros(panel.values.shape, dtype=bool)
        for rows, part in panel.chunks(self.chunk):
            wanted = np.where(groups[rows] == LARGEST_GROUP, share, MORE_OF_THE_REST * share)
            chosen[rows] = part.alive() & (drawn(part, seed=self.random_state + 1) < wanted)
        return chosen

    def _evident(
        self, panel: Panel, edges: list[int], models: list[ExpectationModel]
    ) -> tuple[Floats, Floats, list[Floats], NDArray[np.int8]]:
        """Return expected value, band, evidence and groups of every bar, each block by its own model."""
        shape = panel.values.shape
        expected = np.zeros(shape, dtype=np.float32)
        band = np.zeros(shape, dtype=np.float16)
        windows = [np.zeros(shape, dtype=np.float16) for _ in WINDOWS]
        groups = np.zeros(shape, dtype=np.int8)
        for rows, part in panel.chunks(self.chunk):
            since = part.since_deploy()
            known = features(part, since_deploy=since)
            center, reach = _predicted(part, known, edges, models)
            found = evidence(part, known, center, reach)
            expected[rows], band[rows] = found.expected, reach
            for window, one in zip(windows, found.windows, strict=True):
                window[rows] = np.clip(one, -MOST, MOST)
            groups[rows] = group(part, since)
        return expected, band, windows, groups


def raw_windows(panel: Panel, model: ExpectationModel) -> tuple[list[Floats], NDArray[np.int8]]:
    """Return the evidence of every bar by one model, not yet calibrated, and the bars' groups."""
    return Walk()._evident(panel, [0, panel.bars], [model])[2:]


def expectation(*, random_state: int = 0, threads: int = 1) -> ExpectationModel:
    """Return the model of what a bar should cost, not yet fitted."""
    return ExpectationModel(categorical=(CATEGORICAL,), announced=ANNOUNCED, random_state=random_state, threads=threads)


def foreseen(
    model: ExpectationModel, known: Features, cells: tuple[NDArray[np.intp], ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return center and band of chosen cells."""
    rows = known.rows(cells)
    return model.predict(rows), model.predict_band(rows)


def group(panel: Panel, since_deploy: Floats) -> NDArray[np.int8]:
    """Return the calibration group of every bar: by age, and whether the app was deployed in the last 24 hours."""
    age = panel.age()
    return ((age >= 24).astype(np.int8) + (age >= 168) + 3 * (since_deploy < 24)).astype(np.int8)


def calibrated(
    windows: list[Floats], groups: NDArray[np.int8], sampled: NDArray[np.bool_], bars: slice
) -> list[TailCalibration] | None:
    """Return the tails of sampled bars: of all, then per group; None if all together are too few.

    A group with too few rows has the tail of all groups that are as near to a deploy, and those too few that of all.
    """
    chosen = sampled[:, bars]
    if chosen.sum() < FEWEST_ROWS:
        return None
    rows = np.column_stack([window[:, bars][chosen] for window in windows])
    return grouped_tails(rows, groups[:, bars][chosen])


def grouped_tails(rows: Floats, of: NDArray[np.integer[Any]]) -> list[TailCalibration]:
    """Return the tails of rows (a column per window): of all, then per group, by what is nearest where it is small."""

    def tail(chosen: NDArray[np.bool_], otherwise: TailCalibration) -> TailCalibration:
        return TailCalibration().fit(rows[chosen]) if chosen.sum() >= FEWEST_OF_GROUP else otherwise

    whole = TailCalibration().fit(rows)
    deployed = of >= GROUPS // 2
    near = [tail(~deployed, whole), tail(deployed, whole)]
    return [whole, *(tail(of == number, near[number >= GROUPS // 2]) for number in range(GROUPS))]


def make_rare(windows: list[Floats], groups: NDArray[np.int8], tails: list[TailCalibration], bars: slice) -> None:
    """Replace evidence by its -log10 p, in place."""
    for first in range(0, len(groups), CHUNK):
        rows = slice(first, first + CHUNK)
        of = groups[rows, bars]
        for number in np.unique(of):
            row, column = np.nonzero(of == number)
            cells = (row + first, column + bars.start)
            rare = tails[1 + number].transform(np.column_stack([window[cells] for window in windows]))
            for place, window in enumerate(windows):
                window[cells] = rare[:, place]


def _predicted(part: Panel, known: Features, edges: list[int], models: list[ExpectationModel]) -> tuple[Floats, Floats]:
    """Return center and band of every lived bar, each block by its own model."""
    center = np.zeros(part.values.shape, dtype=np.float32)
    band = np.ones(part.values.shape, dtype=np.float32)
    alive = part.alive()
    for (begin, end), model in zip(pairwise(edges), models, strict=True):
        row, column = np.nonzero(alive[:, begin:end])
        if len(row):
            cells = (row, column + begin)
            center[cells], band[cells] = foreseen(model, known, cells)
    return center, band
