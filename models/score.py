"""How unusual is each row of any long table? Walk-forward, one threshold; what ``farthing detect --input`` runs.

Lines of a bill help each other: one model for all of them. Metrics that have nothing to do with each other do not, and
are judged each by its own past. Which of the two a table holds is read from its columns and its first moment: no later
row can change it.
"""

from __future__ import annotations

import math

import pandas as pd
from threadpoolctl import threadpool_limits

from models.detector import FLAG_AT, SpikeDetector
from models.panel import utc
from models.rows import score_rows
from models.tables import checked_lines, checked_markers, checked_series
from models.walk import AWAY

MANY = 100  # series that begin together: too many to be fitted each by itself, enough to learn from each other
AMOUNTS = ("value", "expected", "lower", "upper", "excess")


def score(
    series: pd.DataFrame,
    markers: pd.DataFrame | None = None,
    *,
    detector: SpikeDetector | None = None,
    per_dollar: float = 1.0,
) -> pd.DataFrame:
    """Return expected, lower, upper, score and flag of each row, from rows before it only.

    Grain: one row per row of a table of metrics, one per (series_id, bar) of a table of lines. Scores of 1 and above
    are flagged, where the bar itself is away from what was expected. A detector that was fitted on
    earlier history judges lines with what it learned. What lines cost is read in US dollars, unless ``per_dollar`` says
    how many of the table's units make one: what is worth a flag depends on it. Rows of one series and one moment:
    amounts of lines are added, measurements are judged one after the other.

    Raises:
        ValueError: the table cannot be trusted (``models.tables``), is too large, or has markers and no apps, or
            ``per_dollar`` is not above 0.

    """
    if not 0 < per_dollar < math.inf:
        raise ValueError(f"per_dollar is {per_dollar}: say how many of the values' units make a dollar, 100 for cents")
    detector = detector or SpikeDetector()
    series, markers = checked_series(series), checked_markers(markers)
    if are_lines(series):
        lines = checked_lines(series)
        amounts = [name for name in ("value", "declared") if name in lines]
        scored = detector.score(lines.assign(**{name: lines[name] / per_dollar for name in amounts}), markers)
        return scored.assign(**{name: scored[name] * per_dollar for name in AMOUNTS})
    if markers is not None:
        raise ValueError(
            "markers are of apps, and the table names none: say in app_id of which app each series is, "
            "add a column declared (it may be empty), or leave the markers out"
        )
    return score_metrics(series, random_state=detector.random_state, threads=detector.threads)


def are_lines(series: pd.DataFrame) -> bool:
    """Return whether series are lines of apps: declarations have a column, apps are named, or they are very many."""
    if "declared" in series:
        return True
    moments = utc(series["ts"])
    first = series[(moments == moments.min()).to_numpy()]
    if "app_id" in first:
        named = first[first["app_id"].notna()]
        if (named["app_id"].astype(str) != named["series_id"].astype(str)).any():
            return True
    return first["series_id"].nunique() >= MANY


def score_metrics(series: pd.DataFrame, *, random_state: int = 0, threads: int = 1) -> pd.DataFrame:
    """Return the scores of metrics judged each by its own past, a row for a row and in the same order.

    A table that says which type of line each is holds money: a fall of it is no anomaly.
    """
    table = series[["series_id", "ts", "value"]].assign(ts=utc(series["ts"])).reset_index(drop=True)
    ordered = table.sort_values(["series_id", "ts"], kind="stable")
    with threadpool_limits(threads):
        parts = [
            score_rows(
                rows["ts"],
                rows["value"].to_numpy(dtype=float),
                rises_only="line_type" in series,
                random_state=random_state,
            )
            for _, rows in ordered.groupby("series_id", sort=False, observed=True)
        ]
    scored = table.join(pd.concat(parts)).assign(app_id=table["series_id"].astype(str))
    scored["excess"] = scored["value"] - scored["expected"]
    # Every bar of an event scores high; those that are back where they were expected are not what somebody has to see.
    away = scored["excess"].abs()
    is_away = (away >= AWAY * (scored["upper"] - scored["expected"])) & (away > 0)
    scored["flag"] = (scored["score"] >= FLAG_AT) & is_away
    return scored
