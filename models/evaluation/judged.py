"""What a method said about a history, laid beside the truth as matrices of lines by hours; gated by impact alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.evaluation.history import HOUR, START, History

MINIMUM_IMPACT = 25.0


@dataclass(frozen=True)
class Judged:
    """Scores that passed the impact gate, one row per (app, hour): the strongest line's.

    Attributes:
        history: the truth.
        app: index into ``apps``, ascending; ``hour`` ascending within an app; ``score`` the strongest score there.
        apps: the app ids.
        expected: USD per line and hour as the method expected them; lines as in ``lines``.

    """

    history: History
    app: np.ndarray
    hour: np.ndarray
    score: np.ndarray
    apps: pd.Index
    lines: pd.Index
    expected: np.ndarray


def judged(history: History, scores: pd.DataFrame, *, minimum_impact: float = MINIMUM_IMPACT) -> Judged:
    """Lay scores beside a history and keep the rows whose excess would matter."""
    lines = pd.Index(history.series["series_id"].cat.categories)
    shape = (len(lines), history.hours)
    value = matrix(history.series, "value", lines, shape)
    expected = matrix(scores, "expected", lines, shape, empty=np.nan)
    score = matrix(scores, "score", lines, shape, empty=-np.inf)
    open_gate = gate(value, expected, minimum_impact)
    owner = history.series.drop_duplicates("series_id").set_index("series_id")["app_id"].astype(str).reindex(lines)
    apps = pd.Index(sorted(owner.unique()))
    line, hour = np.nonzero(open_gate & np.isfinite(score))
    app = apps.get_indexer(owner)[line]
    rows = pd.DataFrame({"app": app, "hour": hour, "score": score[line, hour]})
    strongest = rows.groupby(["app", "hour"], sort=True)["score"].max().reset_index()
    return Judged(
        history=history,
        app=strongest["app"].to_numpy(),
        hour=strongest["hour"].to_numpy(),
        score=strongest["score"].to_numpy(),
        apps=apps,
        lines=lines,
        expected=expected,
    )


def matrix(rows: pd.DataFrame, column: str, lines: pd.Index, shape: tuple[int, int], *, empty: float = 0.0):
    """Lay a column of a long table out as lines by hours."""
    ids = rows["series_id"]
    if isinstance(ids.dtype, pd.CategoricalDtype):
        line = lines.get_indexer(ids.cat.categories)[ids.cat.codes.to_numpy()]
    else:
        codes, names = pd.factorize(ids)
        line = lines.get_indexer(names)[codes]
    hour = ((rows["ts"] - START) // HOUR).to_numpy()
    inside = (line >= 0) & (hour >= 0) & (hour < shape[1])
    laid = np.full(shape, empty, dtype=np.float64)
    laid[line[inside], hour[inside]] = rows[column].to_numpy(dtype=float)[inside]
    return laid


def gate(value: np.ndarray, expected: np.ndarray, minimum_impact: float) -> np.ndarray:
    """Return where the excess matters, for lines by hours.

    The last 24 hours ran a quarter of the least impact over what was expected, or the last three hours run at a rate
    that makes the whole of it within a day and a tenth of it is there already. Where nothing was expected (NaN) the
    gate is closed.
    """
    excess = np.nan_to_num(value - expected)
    day, last = _trailing(excess, 24), _trailing(excess, 3)
    accrued = np.maximum(day, last)
    matters = (accrued >= minimum_impact / 4) | ((last * 8 >= minimum_impact) & (accrued >= minimum_impact / 10))
    return matters & np.isfinite(expected)


def _trailing(values: np.ndarray, length: int) -> np.ndarray:
    total = np.cumsum(values, axis=1)
    total[:, length:] -= total[:, :-length].copy()
    return total
