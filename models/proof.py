"""Does a ranking that learned from labels hold on labels of apps it did not learn from?"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd

from models.context import Candidates, candidates
from models.detector import SpikeDetector
from models.labels import CONFIRMED, label_rows
from models.panel import Floats, Panel, utc
from models.prior import ranked_from, shipped
from models.ranking import log_odds

FOLDS = 4
FEWEST = 10  # labeled alerts: a trial on fewer says nothing of the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Labeled alerts judged without labels (before) and by rankings that learned from other apps' labels (after).

    ``alerts`` is how many have a candidate bar. A precision is the share of real ones among those that would be
    flagged, NaN where none would; a loss is the mean log loss of real or not, lower is better.
    """

    alerts: int
    precision_before: float
    precision_after: float
    loss_before: float
    loss_after: float

    @property
    def says_enough(self) -> bool:
        """Whether there were labels enough to tell."""
        return self.alerts >= FEWEST

    @property
    def holds(self) -> bool:
        """Whether what was learned may be used."""
        return self.says_enough and not self.loses

    @property
    def loses(self) -> bool:
        """Whether what was learned is worse than not to have learned."""
        return self.loss_after > self.loss_before


def prove(detector: SpikeDetector, lines: Panel, labels: pd.DataFrame) -> Proof:
    """Judge labeled alerts (``app_id, started_at, ended_at, label``) by what was learned from other apps' labels.

    ``detector`` is fitted; its stage one and threshold judge both sides.
    """
    found = candidates(detector.judge(lines))
    prior = shipped(threads=detector.threads)
    before = log_odds(prior.ranker, found.rows)
    after, fold = before.copy(), _folds(labels["app_id"])
    of_line = _folds(pd.Series(lines.apps.astype(str)))[found.cells[0]]
    for number in np.unique(fold):
        others = label_rows(lines, found, labels[fold != number])
        if others.alerts:
            ranker = ranked_from(prior, others, random_state=detector.random_state, threads=detector.threads)
            chosen = of_line == number
            after[chosen] = log_odds(ranker, found.rows[chosen])
    strongest = [_strongest(lines, found, odds - detector.threshold_, labels) for odds in (before, after)]
    known = np.isfinite(strongest[0])
    real = (labels["label"] == CONFIRMED).to_numpy()[known]
    odds_before, odds_after = (odds[known] for odds in strongest)
    return Proof(
        alerts=int(known.sum()),
        precision_before=_precision(odds_before, real),
        precision_after=_precision(odds_after, real),
        loss_before=_loss(odds_before, real),
        loss_after=_loss(odds_after, real),
    )


def _strongest(lines: Panel, found: Candidates, over: Floats, labels: pd.DataFrame) -> Floats:
    """Return per labeled alert how far its strongest bar is over the threshold; -inf without a candidate."""
    apps = lines.apps.astype(str)[found.cells[0]]
    begin = ((utc(labels["started_at"]) - lines.start) // lines.bar).to_numpy()
    end = -((lines.start - utc(labels["ended_at"])) // lines.bar).to_numpy()
    strongest = np.full(len(labels), -np.inf)
    for place, (app, first, last) in enumerate(zip(labels["app_id"].astype(str), begin, end, strict=True)):
        inside = (apps == app) & (found.cells[1] >= first) & (found.cells[1] < max(last, first + 1))
        if inside.any():
            strongest[place] = over[inside].max()
    return strongest


def _folds(apps: pd.Series) -> np.ndarray:
    """Return a fold for each app: the same app is always in the same one."""
    numbers = {app: blake2b(str(app).encode(), digest_size=4).digest()[0] % FOLDS for app in apps.unique()}
    return apps.map(numbers).to_numpy()


def _precision(over: Floats, real: np.ndarray) -> float:
    flagged = over >= 0
    return float(real[flagged].mean()) if flagged.any() else float("nan")


def _loss(over: Floats, real: np.ndarray) -> float:
    return float(np.mean(np.logaddexp(0, np.where(real, -over, over)))) if len(over) else 0.0
