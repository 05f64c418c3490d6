"""What an on-call person would have said of a method's alerts, from the truth; also with mistakes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.evaluation.alerts import MERGE, Truth
from models.evaluation.history import HOUR, START
from models.evaluation.judged import Judged

CONFIRMED, EXPECTED, DISMISSED = "confirmed", "expected", "dismissed"
REACH = pd.Timedelta(hours=48)  # a look-alike this long before explains an alert


def labels(judged: Judged, facts: Truth, *, threshold: float, begin: int, end: int) -> pd.DataFrame:
    """Return a label per alert of some hours: ``app_id, started_at, ended_at, label``.

    Confirmed where an incident is, whatever its size; expected where a deploy, campaign or job explains it; dismissed
    otherwise. ``ended_at`` is exclusive.
    """
    chosen = (judged.score >= threshold) & (judged.hour >= begin) & (judged.hour < end)
    app, hour = judged.app[chosen], judged.hour[chosen]
    if not len(app):
        return pd.DataFrame(columns=["app_id", "started_at", "ended_at", "label"])
    opens = np.ones(len(app), dtype=bool)
    opens[1:] = (np.diff(app) != 0) | (np.diff(hour) > MERGE)
    rows = pd.DataFrame(
        {"alert": np.cumsum(opens), "app": app, "hour": hour, "real": ((facts.big >= 0) | facts.small)[app, hour]}
    )
    alerts = rows.groupby("alert").agg(app=("app", "first"), first=("hour", "min"), last=("hour", "max"))
    is_real = rows.groupby("alert")["real"].any()
    alerts["app_id"] = judged.laid.apps[alerts["app"]].astype(str)
    alerts["started_at"] = START + alerts["first"] * HOUR
    alerts["ended_at"] = START + (alerts["last"] + 1) * HOUR
    alike = judged.laid.history.lookalikes
    moments = {str(name): part["ts"].to_numpy() for name, part in alike.groupby("app_id")}
    explained = [
        bool(((told <= row.started_at) & (told > row.started_at - REACH)).any())
        for row in alerts.itertuples()
        for told in [pd.DatetimeIndex(moments.get(row.app_id, []), tz="UTC")]
    ]
    alerts["label"] = np.where(is_real, CONFIRMED, np.where(explained, EXPECTED, DISMISSED))
    return alerts[["app_id", "started_at", "ended_at", "label"]].reset_index(drop=True)


def drawn(said: pd.DataFrame, count: int, *, seed: int, wrong: float = 0.0) -> pd.DataFrame:
    """Return some of the labels by chance, a share of them wrong: what is real dismissed, what is not confirmed."""
    rng = np.random.default_rng([seed, count])
    some = said.iloc[np.sort(rng.permutation(len(said))[:count])].reset_index(drop=True)
    flipped = rng.random(len(some)) < wrong
    other = np.where(some["label"] == CONFIRMED, DISMISSED, CONFIRMED)
    return some.assign(label=np.where(flipped, other, some["label"]))
