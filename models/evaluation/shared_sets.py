"""Public series with labels: NAB, Microsoft's cloud monitoring, real token spend with injected incidents."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score

from config.settings import ROOT

STEP = pd.Timedelta(hours=1)
ORIGIN = pd.Timestamp("2026-01-05T00:00:00+08:00").tz_convert("UTC")  # where the injected set's hours begin


@dataclass(frozen=True)
class SharedSet:
    """Rows of labelled series: ``series_id, row, ts, value, label`` and what a set has beside.

    A row is a row of the published file, in its order; two rows may carry one stamp.
    """

    name: str
    rows: pd.DataFrame

    @property
    def series(self) -> pd.DataFrame:
        """What a detector is given."""
        kept = [name for name in ("series_id", "app_id", "line_type", "ts", "value") if name in self.rows]
        return self.rows[kept]

    def scored(self, scores: pd.DataFrame) -> pd.Series:
        """Lay scores on the published rows: each row takes the score of the bar it lies in; 0 where there is none."""
        order = ["ts", "series_id"]
        left = self.rows[["series_id", "ts"]].astype({"series_id": str}).reset_index().sort_values(order)
        right = scores[["series_id", "ts", "score"]].astype({"series_id": str}).sort_values(order)
        for frame in (left, right):
            frame["ts"] = frame["ts"].astype("datetime64[us, UTC]")
        laid = pd.merge_asof(left, right, on="ts", by="series_id").set_index("index")["score"]
        return laid.reindex(self.rows.index).fillna(0.0)


def folder(named: Path | None = None) -> Path:
    """Return where the shared sets lie: the argument, FARTHING_REAL_DATA, or ``shared/data`` beside the checkout."""
    return named or Path(os.environ.get("FARTHING_REAL_DATA", ROOT.parent / "shared" / "data"))


def nab(data: Path) -> SharedSet | None:
    """NAB's series; ``label`` says whether a row lies in a window."""
    return _read(data / "anomaly" / "nab.parquet", "NAB", {"series": "series_id", "in_window": "label"})


def microsoft(data: Path) -> SharedSet | None:
    """Microsoft's cloud monitoring series, labelled by the people who ran the services; empty values are left out."""
    return _read(data / "anomaly" / "ms_cloud_monitoring.parquet", "Microsoft", {"series": "series_id"})


def injected(data: Path) -> SharedSet | None:
    """Real hourly token spend of single clients, with incidents injected into it; natural bursts are not labelled."""
    path = data / "anomaly" / "billing_spikes_injected.parquet"
    if not path.is_file():
        return None
    rows = pd.read_parquet(path)
    rows["ts"] = ORIGIN + rows["hour"] * STEP
    rows["line_type"] = "llm_tokens"
    rows = rows.rename(columns={"cost_usd": "value"})
    rows["series_id"] = rows["app_id"].astype(str)
    return SharedSet("injected", rows.sort_values(["series_id", "ts"]).reset_index(drop=True))


def _read(path: Path, name: str, names: dict[str, str]) -> SharedSet | None:
    if not path.is_file():
        return None
    rows = pd.read_parquet(path).rename(columns=names).dropna(subset="value")
    rows["ts"] = rows["ts"].dt.tz_localize("UTC")
    rows["series_id"] = rows["series_id"].astype(str)
    return SharedSet(name, rows.sort_values(["series_id", "row"]).reset_index(drop=True))


def precision_by_series(rows: pd.DataFrame, score: pd.Series) -> pd.Series:
    """Return the average precision of every series with a label."""
    found = {}
    for name, part in rows.assign(score=np.asarray(score)).groupby("series_id", observed=True):
        label = part["label"].to_numpy().astype(bool)
        if label.any() and not label.all():
            found[str(name)] = float(average_precision_score(label, part["score"]))
    return pd.Series(found, dtype=float)
