"""What a method said about a history, laid beside the truth as matrices of lines by hours; gated by impact alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.evaluation.history import HOUR, START, History
from models.panel import Floats, Panel, panel

MINIMUM_IMPACT = 25.0


@dataclass(frozen=True)
class Laid:
    """A history as matrices of lines by hours; lines in the order of their ids."""

    history: History
    panel: Panel
    lines: pd.Index
    apps: pd.Index
    owner: np.ndarray
    value: Floats

    @property
    def shape(self) -> tuple[int, int]:
        return self.value.shape


def lay(history: History) -> Laid:
    """Lay a history out once for all methods."""
    bars = panel(history.seen, history.markers, bar=HOUR)
    lines = pd.Index(bars.ids)
    apps = pd.Index(np.unique(bars.apps.astype(str)))
    value = matrix(history.series, "value", lines, (len(lines), history.hours))
    return Laid(history, bars, lines, apps, apps.get_indexer(bars.apps.astype(str)), value)


@dataclass(frozen=True)
class Judged:
    """Scores that passed the impact gate, one row per (app, hour): the strongest line's.

    Attributes:
        laid: the history.
        app: index into ``laid.apps``, ascending; ``hour`` ascending within an app; ``score`` the strongest score there.

    """

    laid: Laid
    app: np.ndarray
    hour: np.ndarray
    score: np.ndarray


def judged(laid: Laid, expected: Floats, score: Floats, *, minimum_impact: float = MINIMUM_IMPACT) -> Judged:
    """Keep the scores whose excess over what the method expected would matter."""
    line, hour = np.nonzero(gate(laid.value, expected, minimum_impact) & np.isfinite(score))
    rows = pd.DataFrame({"app": laid.owner[line], "hour": hour, "score": score[line, hour]})
    strongest = rows.groupby(["app", "hour"], sort=True)["score"].max().reset_index()
    return Judged(laid, *(strongest[name].to_numpy() for name in ("app", "hour", "score")))


def matrix(rows: pd.DataFrame, column: str, lines: pd.Index, shape: tuple[int, int], *, empty: float = 0.0) -> Floats:
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


def gate(value: Floats, expected: Floats, minimum_impact: float) -> np.ndarray:
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


def _trailing(values: Floats, length: int) -> Floats:
    total = np.cumsum(values, axis=1)
    total[:, length:] -= total[:, :-length].copy()
    return total
