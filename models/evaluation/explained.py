"""Was the right line named, and was the impact right? Of the detector's incidents against the planted ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.evaluation.alerts import GRACE, Truth
from models.evaluation.history import HOUR, START
from models.evaluation.judged import MINIMUM_IMPACT, Laid, matrix
from models.incidents import incidents

REACH = 6  # hours at the first flag that say which line it is
CLOSE = 0.25


def run(laid: Laid, facts: Truth, scores: pd.DataFrame) -> dict[str, float]:
    """Return shares over the planted incidents that the detector's incidents found.

    ``first``: the line with the largest excess of the last six hours when the flag went up is the line the incident
    cost most on. ``among``: it is one of the incident's lines. ``impact_close``: the excess the incident closed with
    is within a quarter of the planted one. ``impact_error``: median relative error.
    """
    raised = incidents(scores, laid.history.markers, minimum_impact=MINIMUM_IMPACT)
    if raised.empty:
        return {"matched": 0.0, "first": 0.0, "among": 0.0, "impact_close": 0.0, "impact_error": np.nan}
    expected = matrix(scores, "expected", laid.lines, laid.shape, empty=np.nan)
    over = np.nan_to_num(laid.value - expected)
    parts = laid.history.parts.groupby("incident_id")
    app = laid.apps.get_indexer(raised["app_id"].astype(str))
    flagged = ((raised["flagged_at"] - START) // HOUR).to_numpy()
    first, among, errors = [], [], []
    for incident in facts.incidents.itertuples():
        begin, end = (incident.started_at - START) // HOUR, (incident.ended_at - START) // HOUR
        mine = np.flatnonzero(
            (app == laid.apps.get_loc(incident.app_id)) & (flagged >= begin) & (flagged < end + GRACE)
        )
        if not len(mine):
            continue
        chosen = mine[np.argmin(flagged[mine])]
        hit = parts.get_group(incident.incident_id).set_index("series_id")["impact"]
        lines = np.flatnonzero(laid.owner == app[chosen])
        recent = over[lines, max(flagged[chosen] - REACH + 1, 0) : flagged[chosen] + 1].sum(axis=1)
        named = laid.lines[lines[np.argmax(recent)]]
        first.append(named == hit.idxmax())
        among.append(named in hit.index)
        errors.append(abs(float(raised["excess"].iloc[chosen]) - incident.impact) / incident.impact)
    if not errors:
        return {"matched": 0.0, "first": 0.0, "among": 0.0, "impact_close": 0.0, "impact_error": np.nan}
    return {
        "matched": float(len(errors)),
        "first": float(np.mean(first)),
        "among": float(np.mean(among)),
        "impact_close": float(np.mean(np.array(errors) <= CLOSE)),
        "impact_error": float(np.median(errors)),
    }
