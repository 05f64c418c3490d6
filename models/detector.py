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
from models.discipline import below_one
from models.evidence import WINDOWS
from models.features import YOUNG_HOURS
from models.labels import label_rows
from models.lives import lived
from models.newest import judge_lines, judge_newest
from models.panel import Floats, Ints, Panel
from models.prior import Prior, ranked_from, shipped
from models.ranker import Blend, IncidentRanker
from models.ranking import log_odds
from models.threshold import DAYS, Recent, quieted, week_by_week
from models.walk import CHUNK, STAGE_ONE, Judged, Walk

FLAG_AT = 1.0  # scores are on one scale: at 1 and above a row is flagged
REST = -9.0  # where rows below every gate begin: they keep their order and are never flagged
BASES = ("history", "declared", "cohort")


class SpikeDetector(BaseEstimator):
    """Expected value, band and score of every bar of every line, from the past only.

    It takes long tables with names and times, not arrays, so scikit-learn's ``check_estimator`` has nothing to ask it;
    its parameters, clones and determinism are those of an estimator, and tested as such.

    Args:
        random_state: seeds whatever is drawn; two fits are equal.
        threads: OpenMP threads of a fit.
        bar: length of a bar, or 'auto'.
        alerts_per_day: how many alerts a day may bring, all apps together; None takes the shipped threshold, raised
            where too much falls just short of it.
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
        prior = self._prior()
        judged = self._walk().fit(lines, prior.learned)
        self.learned_ = judged.latest
        self.trained_until_ = lines.start + lines.bars * lines.bar
        self.ranker_ = prior.ranker
        if labels is not None and len(labels):
            # As they were when somebody was asked: judged by what came before them.
            seen = candidates(self._walk().forward(lines, prior.learned))
            said = label_rows(lines, seen, labels)
            self.ranker_ = ranked_from(prior, said, random_state=self.random_state, threads=self.threads)
        self.threshold_ = self._threshold(judged)
        return self

    def _threshold(self, judged: Judged) -> float:
        """Return the threshold that people's budget, or the account's own near misses, ask for."""
        lines = judged.panel
        begin = max(lines.bars - DAYS * lines.bars_per_day, 0)
        found = candidates(judged, since=np.full(len(lines.ids), begin))
        odds = log_odds(self.ranker_, found.rows)
        if self.alerts_per_day is not None:
            return Recent.of(lines, found, odds, until=lines.bars).budgeted(self.alerts_per_day)
        unlabeled = log_odds(self._prior().ranker, found.rows)
        return quieted(lines, found, odds, unlabeled, until=lines.bars)

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
        lines, found = judged.panel, candidates(judged, since=since)
        odds, begin = log_odds(self._ranker(), found.rows), 0 if since is None else int(since.min(initial=0))
        if hasattr(self, "threshold_"):
            thresholds = np.full(lines.bars, self.threshold_)
        else:
            thresholds = week_by_week(lines, found, odds, since=begin)
        thresholds = thresholds.astype(np.float32)
        scores = np.full(judged.expected.shape, np.nan, dtype=np.float32)
        for rows, part in lines.chunks(CHUNK):
            late = slice(0 if since is None else int(since[rows].min()), None)
            rest = np.minimum(judged.stage_one(rows)[:, late], np.float32(8)) + np.float32(REST)
            over = on_scale(rest - thresholds[late])
            scores[rows, late] = np.where(part.alive()[:, late], over, np.float32(np.nan))
        scores[found.cells] = held_back(on_scale(odds - thresholds[found.cells[1]]), judged.away(found.cells))
        return scores

    def reasons(self, judged: Judged) -> tuple[Candidates, NDArray[np.float64]]:
        """Return candidates and, per row and feature, what the feature adds to the log odds."""
        found = candidates(judged)
        return found, self._ranker().reasons(found.rows)

    def _ranker(self) -> IncidentRanker | Blend:
        return getattr(self, "ranker_", None) or self._prior().ranker

    def _panel(self, series: pd.DataFrame | Panel, markers: pd.DataFrame | None) -> Panel:
        return series if isinstance(series, Panel) else lived(series, markers, bar=self.bar)

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


def held_back(scores: Floats, away: NDArray[np.bool_]) -> Floats:
    """Return scores of which only bars away from what was expected are flagged; the others keep their order."""
    return np.where(away, scores, below_one(scores)).astype(scores.dtype)


def told(judged: Judged, score: Floats, cells: tuple[Ints, ...]) -> pd.DataFrame:
    """Return chosen cells (lines, bars) of what was judged and scored as a long table, a row each."""
    lines = judged.panel
    line, lines_told = pd.factorize(lines.ids)  # a series may have lived more than once
    app, names = pd.factorize(lines.apps.astype(str))
    expected, value = judged.expected[cells], lines.values[cells]
    factor = np.exp(np.minimum(judged.band[cells].astype(np.float32), 20))
    scores = score[cells]
    return pd.DataFrame(
        {
            "series_id": pd.Categorical.from_codes(line[cells[0]], categories=pd.Index(lines_told)),
            "app_id": pd.Categorical.from_codes(app[cells[0]], categories=pd.Index(names)),
            "ts": lines.times[cells[1]],
            "value": value,
            "expected": expected,
            "lower": expected / factor,
            "upper": expected * factor,
            "score": scores,
            "stage_1": np.mean([judged.rarity[window][cells] for window in STAGE_ONE], axis=0, dtype=np.float32),
            "excess": value - expected,
            **{
                f"evidence_{name}": rarity[cells].astype(np.float32)
                for name, rarity in zip(WINDOWS, judged.rarity, strict=True)
            },
            "flag": scores >= FLAG_AT,
            "basis": pd.Categorical.from_codes(_basis(lines, cells), categories=BASES),
        }
    )


def _basis(lines: Panel, cells: tuple[Ints, ...]) -> NDArray[np.int8]:
    """Return what each cell was expected by: its own past, what the app declared, or what young lines of a kind do."""
    born = lines.first[cells[0]]
    young = (cells[1] - born) * lines.bar_hours < YOUNG_HOURS
    said = np.isfinite(lines.declared)[cells[0]]
    is_new = born > 0  # what was there from the first bar on may be old
    return np.where(young & said, 1, np.where(young & is_new, 2, 0)).astype(np.int8)
