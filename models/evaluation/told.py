"""What the detector says of a history: its table, and enough of its first stage to rank again and again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.context import Candidates, candidates
from models.detector import SpikeDetector, held_back, on_scale
from models.evaluation.judged import Judged, Laid, judged, matrix
from models.panel import Floats, Panel
from models.prior import shipped
from models.ranker import Blend, IncidentRanker
from models.ranking import log_odds
from models.threshold import week_by_week
from models.walk import Judged as StageOne


class Remembering(SpikeDetector):
    """The detector, walking through a panel once however often it is asked about it."""

    def judge(self, lines: Panel) -> StageOne:
        """Return stage one of a panel."""
        if getattr(self, "walked", None) is not lines:
            self.walked, self.said = lines, super().judge(lines)
        return self.said


@dataclass(frozen=True)
class Told:
    """A history after stage one; ``expected`` is NaN and ``stage_one`` minus infinity outside a line's life.

    ``score`` is the shipped detector's; ``away`` says which candidates may be flagged.
    """

    laid: Laid
    expected: Floats
    stage_one: Floats
    score: Floats
    found: Candidates
    away: NDArray[np.bool_]

    def whole(self) -> Judged:
        """Return the shipped detector on the common gate."""
        return judged(self.laid, self.expected, self.score)

    def first(self) -> Judged:
        """Return stage one on the common gate."""
        return judged(self.laid, self.expected, self.stage_one)

    @cached_property
    def unlabeled_thresholds(self) -> Floats:
        """Return the threshold of every bar where nobody labeled anything."""
        return week_by_week(self.laid.panel, self.found, log_odds(shipped().ranker, self.found.rows))

    def ranked(self, ranker: IncidentRanker | Blend) -> Judged:
        """Return both stages on the common gate, thresholds as time went by; the rest but candidates is not flagged."""
        odds = log_odds(ranker, self.found.rows)
        thresholds = week_by_week(self.laid.panel, self.found, odds) / 2 + self.unlabeled_thresholds / 2
        score = np.full(self.laid.shape, -np.inf)
        score[self.found.cells] = held_back(on_scale(odds - thresholds[self.found.cells[1]]), self.away)
        return judged(self.laid, self.expected, score)


def told(laid: Laid, *, threads: int) -> tuple[Told, pd.DataFrame]:
    """Walk through a history; return what is worth keeping of it, and the detector's table."""
    detector = Remembering(threads=threads)
    table = detector.score(laid.panel)
    one, dead = detector.judge(laid.panel), ~laid.panel.alive()
    score = matrix(table, "score", laid.lines, laid.shape, empty=-np.inf)
    expected, stage_one = np.where(dead, np.nan, one.expected), np.where(dead, -np.inf, one.stage_one())
    found = candidates(one)
    return Told(laid, expected, stage_one, score, found, one.away(found.cells)), table
