"""From scores to alerts to figures: precision, recall, dollars, time to detect, false alerts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from models.evaluation.history import HOUR, START
from models.evaluation.judged import MINIMUM_IMPACT, Judged, Laid

MERGE = 24  # hours: flags closer than this are one alert
GRACE = 24  # hours after an incident's end in which a flag still tells of it (a daily method can do no better)


@dataclass(frozen=True)
class Truth:
    """Incidents of a history by app and hour, within the days that are judged.

    Attributes:
        big: index into ``incidents`` of the incident an (app, hour) belongs to, -1 for none.
        small: whether an incident below the least impact is there; alerts on it are neither right nor wrong.
        living: apps that are alive on a mean day of those that are judged; the others are drawn, but not there.

    """

    incidents: pd.DataFrame
    start: np.ndarray
    big: np.ndarray
    small: np.ndarray
    begin: int
    end: int
    living: float


def truth(laid: Laid, *, begin: int, end: int, minimum_impact: float = MINIMUM_IMPACT) -> Truth:
    """Return the incidents that begin within ``[begin, end)`` hours; earlier and smaller ones are neutral."""
    history = laid.history
    start = ((history.incidents["started_at"] - START) // HOUR).to_numpy()
    stop = ((history.incidents["ended_at"] - START) // HOUR).to_numpy()
    app = laid.apps.get_indexer(history.incidents["app_id"])
    counts = (history.incidents["impact"].to_numpy() >= minimum_impact) & (start >= begin) & (start < end)
    big = np.full((len(laid.apps), history.hours), -1, dtype=np.int32)
    small = np.zeros(big.shape, dtype=bool)
    incidents = history.incidents[counts].reset_index(drop=True)
    for row in np.flatnonzero(~counts):
        small[app[row], start[row] : stop[row] + GRACE] = True
    for number, row in enumerate(np.flatnonzero(counts)):
        big[app[row], start[row] : stop[row] + GRACE] = number
    return Truth(incidents, start[counts], big, small, begin, end, living(laid, begin=begin, end=end))


def living(laid: Laid, *, begin: int, end: int) -> float:
    """Return how many apps are alive on a mean day of the hours ``[begin, end)``."""
    hours = laid.panel.alive()[:, begin:end]
    days = np.logical_or.reduceat(hours, np.arange(0, hours.shape[1], 24), axis=1)
    apps = np.zeros((len(laid.apps), days.shape[1]), dtype=bool)
    np.logical_or.at(apps, laid.owner, days)
    return float(apps.sum(axis=0).mean())


def figures(judged: Judged, facts: Truth, threshold: float) -> dict[str, float]:
    """Return what a threshold gives.

    Keys: precision, recall, dollar_recall, f1, ttd_median, ttd_p90 (hours), false_alerts (per day per 1,000 apps
    drawn), false_alerts_living (per 1,000 apps alive that day), living, alerts, incidents, and ``recall_<kind>`` for
    every kind.
    """
    chosen = (judged.score >= threshold) & (judged.hour >= facts.begin) & (judged.hour < facts.end)
    app, hour = judged.app[chosen], judged.hour[chosen]
    opens = np.ones(len(app), dtype=bool)
    opens[1:] = (np.diff(app) != 0) | (np.diff(hour) > MERGE)
    alert = np.cumsum(opens) - 1
    count = int(opens.sum())
    incident = facts.big[app, hour]
    right = np.zeros(count, dtype=bool)
    right[alert[incident >= 0]] = True
    neutral = np.zeros(count, dtype=bool)
    neutral[alert[facts.small[app, hour]]] = True
    hits, wrong = int(right.sum()), int((~right & ~neutral).sum())
    first = np.full(len(facts.incidents), np.inf)
    np.minimum.at(first, incident[incident >= 0], hour[incident >= 0])
    found = np.isfinite(first)
    late = np.maximum(first[found] - facts.start[found], 0)
    impact = facts.incidents["impact"].to_numpy()
    precision, recall = _share(hits, hits + wrong), _share(found.sum(), len(found))
    days = (facts.end - facts.begin) / 24
    kinds = facts.incidents["kind"].to_numpy()
    return {
        "precision": precision,
        "recall": recall,
        "dollar_recall": _share(impact[found].sum(), impact.sum()),
        "f1": _share(2 * precision * recall, precision + recall),
        "ttd_median": float(np.median(late)) if len(late) else np.nan,
        "ttd_p90": float(np.quantile(late, 0.9)) if len(late) else np.nan,
        "false_alerts": wrong / days / len(judged.laid.apps) * 1000,
        "false_alerts_living": wrong / days / facts.living * 1000,
        "living": facts.living,
        "alerts": float(count),
        "incidents": float(len(found)),
        **{f"recall_{kind}": float(found[kinds == kind].mean()) for kind in np.unique(kinds)},
    }


def candidates(judged: list[Judged], count: int = 80) -> np.ndarray:
    """Return thresholds worth trying: quantiles of the scores that passed the gate, denser towards the top."""
    scores = np.concatenate([one.score for one in judged])
    if not len(scores):
        return np.array([np.inf])
    return np.unique(np.quantile(scores, 1 - np.geomspace(1, 1e-3, count)))


def best_threshold(pairs: list[tuple[Judged, Truth]], *, measure: str = "f1") -> float:
    """Return the threshold with the best mean F1 over tuning histories, smoothed over its neighbours."""
    tried = candidates([judged for judged, _ in pairs])
    means = np.array([np.mean([figures(*pair, threshold)[measure] for pair in pairs]) for threshold in tried])
    padded = np.pad(means, 1, mode="edge")
    return float(tried[np.argmax((padded[:-2] + padded[1:-1] + padded[2:]) / 3)])


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0
