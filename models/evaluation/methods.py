"""The methods that are compared, each with its own expected value, all on one gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.baselines import IsolationForestRows, RollingDay, SeasonalMad, WeekOverWeek, ZScore
from models.baselines.base import Baseline, trailing_moments
from models.evaluation.judged import MINIMUM_IMPACT, Judged, Laid, gate, judged


@dataclass(frozen=True)
class Method:
    """A baseline: how it is made, and whether its threshold is tuned on the tuning seeds or is the rule's own."""

    name: str
    make: Callable[[], Baseline]
    tuned: bool = True
    learns: bool = False

    def judge(self, laid: Laid, baseline: Baseline) -> Judged:
        """Score a history."""
        if isinstance(baseline, IsolationForestRows):
            # Asking a forest is slow: only where its expectation opens the gate can a score matter.
            expected, _ = trailing_moments(laid.panel, 168, at_least=48)
            expected, _, score = baseline.judge(laid.panel, gate(laid.value, expected, MINIMUM_IMPACT))
        else:
            expected, _, score = baseline.judge(laid.panel)
        dead = ~laid.panel.alive()
        return judged(laid, np.where(dead, np.nan, expected), np.where(dead | np.isnan(score), -np.inf, score))


BASELINES = (
    Method("3x week over week, top 20 apps, daily", lambda: WeekOverWeek(top=20), tuned=False),
    Method("3x week over week, all lines, daily", lambda: WeekOverWeek(), tuned=False),
    Method("z-score 7 days, z > 3", lambda: ZScore(), tuned=False),
    Method("z-score 7 days, tuned", lambda: ZScore()),
    Method("seasonal median/MAD, tuned", lambda: SeasonalMad()),
    Method("rolling 24 h by weekday (AWS-like), tuned", lambda: RollingDay()),
    Method("IsolationForest, tuned", lambda: IsolationForestRows(), learns=True),
)
