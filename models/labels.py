"""What people said about alerts, as rows for the ranker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.context import Candidates
from models.panel import Floats, Panel, utc

CONFIRMED = "confirmed"


@dataclass(frozen=True)
class LabelRows:
    """Candidate rows within labelled alerts. ``is_incident`` and ``weight`` per row; each alert weighs 1 in all."""

    rows: Floats
    is_incident: NDArray[np.bool_]
    weight: Floats
    alerts: int


def label_rows(lines: Panel, found: Candidates, labels: pd.DataFrame) -> LabelRows:
    """Return the candidates of labelled alerts (``app_id, started_at, ended_at, label``; ended_at exclusive).

    An alert weighs the same however many bars it lasted. A planned increase is no incident: it is ranked like a false
    one, and its level is learned by stage one.
    """
    apps = lines.apps.astype(str)[found.cells[0]]
    order = np.argsort(apps, kind="stable")
    names = apps[order]
    kept, is_incident, weight = [], [], []
    begin = ((utc(labels["started_at"]) - lines.start) // lines.bar).to_numpy()
    end = -((lines.start - utc(labels["ended_at"])) // lines.bar).to_numpy()
    said = (labels["label"] == CONFIRMED).to_numpy()
    for app, first, last, real in zip(labels["app_id"].astype(str), begin, end, said, strict=True):
        of_app = order[np.searchsorted(names, app, side="left") : np.searchsorted(names, app, side="right")]
        bar = found.cells[1][of_app]
        rows = of_app[(bar >= first) & (bar < max(last, first + 1))]
        if len(rows):
            kept.append(rows)
            is_incident.append(np.full(len(rows), bool(real)))
            weight.append(np.full(len(rows), 1 / len(rows)))
    if not kept:
        return LabelRows(found.rows[:0], np.zeros(0, dtype=bool), np.zeros(0), 0)
    return LabelRows(found.rows[np.concatenate(kept)], np.concatenate(is_incident), np.concatenate(weight), len(kept))
