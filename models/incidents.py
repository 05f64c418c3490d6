"""Which flagged bars of which lines are one incident of one app?"""

from __future__ import annotations

from typing import Any

import pandas as pd

MERGE = pd.Timedelta(hours=24)
RECOVERED = pd.Timedelta(hours=6)
COLUMNS = [
    "app_id", "started_at", "flagged_at", "ended_at", "state", "kind", "peak_score", "excess", "projected_excess",
    "lines",
]  # fmt: skip


def incidents(
    scores: pd.DataFrame, markers: pd.DataFrame | None = None, *, minimum_impact: float = 25.0
) -> pd.DataFrame:
    """Return one row per incident of an app: flagged bars at most a day apart, above the minimum impact.

    ``ended_at`` is NaT while open; ``lines`` lists the flagged series.
    """
    del markers  # kinds that need them come with the frozen baseline
    flagged = scores[scores["flag"]].sort_values(["app_id", "ts", "series_id"])
    if flagged.empty:
        return pd.DataFrame(columns=COLUMNS)
    apart = flagged.groupby("app_id")["ts"].diff() > MERGE
    numbers = apart.groupby(flagged["app_id"]).cumsum()
    end = scores["ts"].max()
    found = [_incident(app, rows, end) for (app, _), rows in flagged.groupby(["app_id", numbers])]
    return pd.DataFrame([row for row in found if row["projected_excess"] >= minimum_impact], columns=COLUMNS)


def _incident(app: Any, rows: pd.DataFrame, end: pd.Timestamp) -> dict[str, Any]:
    last = rows["ts"].max()
    is_open = end - last < RECOVERED
    excess = float(rows["excess"].sum())
    hours = max((last - rows["ts"].min()) / pd.Timedelta(hours=1), 1.0)
    return {
        "app_id": app,
        "started_at": rows["ts"].min(),
        "flagged_at": rows["ts"].min(),
        "ended_at": pd.NaT if is_open else last,
        "state": "open" if is_open else "ended",
        "kind": "spike" if hours <= 16 else "level_shift",
        "peak_score": float(rows["score"].max()),
        "excess": excess,
        "projected_excess": excess if not is_open else excess * max(24.0 / hours, 1.0),
        "lines": sorted(set(rows["series_id"])),
    }
