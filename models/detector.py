"""When did a line cost more than it should have, and is it worth waking somebody?

Stage one asks how rare a bar is given its line's past (``walk``); stage two ranks the rare ones that cost something by
what stands around them (``context``, ``ranker``). What it learned from drawn histories ships as a prior; a platform's
own bars replace it as soon as there are enough, and people's labels refine the ranking.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator

from models.context import Candidates, candidates
from models.evidence import WINDOWS
from models.features import YOUNG_HOURS
from models.labels import label_rows
from models.newest import judge_lines, judge_newest
from models.panel import Floats, Ints, Panel, panel
from models.prior import Prior, ranked_from, shipped
from models.ranker import IncidentRanker
from models.ranking import log_odds
from models.walk import CHUNK, STAGE_ONE, Judged, Walk

FLAG_AT = 1.0  # scores are on one scale: at 1 and above a row is flagged
THRESHOLD = 3.1  # log odds with evidence and stake at which a row is flagged when nobody set an alert budget
REST = -9.0  # where rows below every gate begin: they keep their order and are never flagged
BUDGET_DAYS = 28
BASES = ("history", "declared", "cohort")


class SpikeDetector(BaseEstimator):
    """Expected value, band and score of every bar of every line, from the past only.

    It takes long tables with names and times, not arrays, so scikit-learn's ``check_estimator`` has nothing to ask it;
    its parameters, clones and determinism are those of an estimator, and tested as such.

    Args:
        random_state: seeds whatever is drawn; two fits are equal.
        threads: OpenMP threads of a fit.
        bar: length of a bar, or 'auto'.
        alerts_per_day: how many alerts a day may bring, all apps together; None takes the shipped threshold.
        rows: the most rows one fit learns from.

    Attributes:
        learned_: stage one as fitted.
        ranker_: stage two, refined by labels.
        threshold_: log odds at which a row is flagged.
        trained_until_: the end of the newest bar learned from.

    """

    def __init__(
        self,
        *,
        random_state: int = 0,
        threads: int = 1,
        bar: str | pd.Timedelta = "auto",
        alerts_per_day: float | None = None,
        rows: int = 100_000,
    ):
        self.random_state = random_state
        self.threads = threads
        self.bar = bar
        self.alerts_per_day = alerts_per_day
        self.rows = rows

    def fit(
        self,
        series: pd.DataFrame | Panel,
        markers: pd.DataFrame | None = None,
        *,
        labels: pd.DataFrame | None = None,
    ) -> Self:
        """Learn lines from a long table (or a panel), and the ranking from labels of alerts in it.

        Args:
            series: one row per line and bar.
            markers: lifecycle of apps.
            labels: ``app_id, started_at, ended_at, label`` with label confirmed, expected or dismissed; ended_at is
                exclusive.

        """
        lines = self._panel(series, markers)
        walk, prior = self._walk(), self._prior()
        self.learned_ = walk.fit(lines, prior.learned)
        self.trained_until_ = lines.start + lines.bars * lines.bar
        self.refine(lines, labels=labels)
        return self

    def refine(
        self, series: pd.DataFrame | Panel, markers: pd.DataFrame | None = None, *, labels: pd.DataFrame | None = None
    ) -> Self:
        """Learn only the ranking: the prior, and labels of alerts as weighted rows beside it."""
        prior = self._prior()
        self.ranker_, self.threshold_ = prior.ranker, THRESHOLD
        asked = labels is not None and len(labels) > 0
        if not asked and self.alerts_per_day is None:
            return self
        lines = self._panel(series, markers)
        judged = self._walk().forward(lines, prior.learned)
        found = candidates(judged)
        if labels is not None and asked:
            said = label_rows(lines, found, labels)
            self.ranker_ = ranked_from(prior, said, random_state=self.random_state, threads=self.threads)
        if self.alerts_per_day is not None:
            self.threshold_ = _budgeted(lines, found, log_odds(self.ranker_, found.rows), self.alerts_per_day)
        return self

    def score(self, series: pd.DataFrame | Panel, markers: pd.DataFrame | None = None) -> pd.DataFrame:
        """Return a row per bar of each line with expected, lower, upper, score and flag; never from its future.

        A fitted detector judges by what it learned; another walks through the table, each week judged by those before.
        """
        lines = self._panel(series, markers)
        judged = self.judge(lines)
        return told(judged, self.scores(judged), np.nonzero(lines.alive()))

    def judge(self, lines: Panel) -> Judged:
        """Return stage one of a panel."""
        if hasattr(self, "learned_"):
            return self._walk().apply(lines, self.learned_)
        return self._walk().forward(lines, self._prior().learned)

    def judge_newest(self, judged: Judged, *, whole: Ints, rest: Ints, new: int) -> None:
        """Judge, in place and by what judged the bars before, every bar of some lines and the newest of the rest."""
        judge_lines(self._walk(), judged, whole)
        judge_newest(judged, rest, new)

    def scores(self, judged: Judged, *, since: Ints | None = None) -> Floats:
        """Return stage two of a panel: the score of every bar; NaN outside a line's life.

        ``since`` says per line from which bar on scores are asked for; bars before it hold no more than an order.
        """
        found = candidates(judged, since=since)
        threshold = np.float32(getattr(self, "threshold_", THRESHOLD))
        scores = np.full(judged.expected.shape, np.nan, dtype=np.float32)
        for rows, part in judged.panel.chunks(CHUNK):
            late = slice(0 if since is None else int(since[rows].min()), None)
            rest = np.minimum(judged.stage_one(rows)[:, late], np.float32(8)) + np.float32(REST)
            scores[rows, late] = np.where(part.alive()[:, late], on_scale(rest - threshold), np.float32(np.nan))
        scores[found.cells] = on_scale(log_odds(self._ranker(), found.rows) - threshold)
        return scores

    def reasons(self, judged: Judged) -> tuple[Candidates, NDArray[np.float64]]:
        """Return candidates and, per row and feature, what the feature adds to the log odds."""
        found = candidates(judged)
        return found, self._ranker().reasons(found.rows)

    def _ranker(self) -> IncidentRanker:
        return getattr(self, "ranker_", None) or self._prior().ranker

    def _panel(self, series: pd.DataFrame | Panel, markers: pd.DataFrame | None) -> Panel:
        return series if isinstance(series, Panel) else panel(series, markers, bar=self.bar)

    def _walk(self) -> Walk:
        return Walk(rows=self.rows, random_state=self.random_state, threads=self.threads)

    def _prior(self) -> Prior:
        return shipped(threads=self.threads)

    def __sklearn_is_fitted__(self) -> bool:
        return hasattr(self, "learned_")

    def __getstate__(self) -> dict[str, Any]:
        return dict(super().__getstate__())


def on_scale(over: Floats) -> Floats:
    """Return log odds over the threshold as scores: above 0, 1 at the threshold, even steps above."""
    return np.logaddexp(0, over + np.log(np.e - 1)).astype(over.dtype)


def _budgeted(lines: Panel, found: Candidates, raw: Floats, alerts_per_day: float) -> float:
    """Return the threshold that would have brought this many alerts a day over the last four weeks."""
    first = lines.bars - BUDGET_DAYS * lines.bars_per_day
    days = min(BUDGET_DAYS, lines.bars / lines.bars_per_day)
    recent = found.cells[1] >= first
    app = np.unique(lines.apps.astype(str), return_inverse=True)[1][found.cells[0][recent]]
    bar, over = found.cells[1][recent], raw[recent]
    low, high = -8.0, 16.0
    for _ in range(24):
        middle = (low + high) / 2
        hit = over >= middle
        order = np.lexsort((bar[hit], app[hit]))
        apart = (np.diff(app[hit][order]) != 0) | (np.diff(bar[hit][order]) > lines.in_bars(24))
        count = apart.sum() + 1 if hit.any() else 0
        low, high = (middle, high) if count > alerts_per_day * days else (low, middle)
    return high


def told(judged: Judged, score: Floats, cells: tuple[Ints, ...]) -> pd.DataFrame:
    """Return chosen cells (lines, bars) of what was judged and scored as a long table, a row each."""
    lines = judged.panel
    names = list(dict.fromkeys(lines.apps.astype(str)))
    app = pd.Index(names).get_indexer(lines.apps.astype(str))
    expected, value = judged.expected[cells], lines.values[cells]
    factor = np.exp(np.minimum(judged.band[cells].astype(np.float32), 20))
    scores = score[cells]
    return pd.DataFrame(
        {
            "series_id": pd.Categorical.from_codes(cells[0], categories=pd.Index(lines.ids)),
            "app_id": pd.Categorical.from_codes(app[cells[0]], categories=pd.Index(names)),
            "ts": lines.times[cells[1]],
            "value": value,
            "expected": expected,
            "lower": expected / factor,
            "upper": expected * factor,
            "score": scores,
            "stage_1": np.mean([judged.rarity[window][cells] for window in STAGE_ONE], axis=0, dtype=np.float32),
            "excess": value - expected,
            **{f"evidence_{name}": rarity[cells] for name, rarity in zip(WINDOWS, judged.rarity, strict=True)},
            "flag": scores >= FLAG_AT,
            "basis": pd.Categorical.from_codes(_basis(lines, cells), categories=BASES),
        }
    )


def _basis(lines: Panel, cells: tuple[Ints, ...]) -> NDArray[np.int8]:
    """Return what each cell was expected by: its own past, what the app declared, or what young lines of a kind do."""
    born = lines.first[cells[0]]
    young = ((cells[1] - born) * lines.bar_hours < YOUNG_HOURS) & (born > 0)
    said = np.isfinite(lines.declared)[cells[0]]
    return np.where(young, np.where(said, 1, 2), 0).astype(np.int8)
