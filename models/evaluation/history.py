"""A billing history whose truth is known: what lines cost, what they would have cost, and which incidents were real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

HOUR = pd.Timedelta(hours=1)
START = pd.Timestamp("2026-01-19", tz="UTC")  # a Monday; clocks change in the USA on day 48, in Europe on day 69


@dataclass(frozen=True)
class History:
    """Hourly lines of many apps over some days.

    Attributes:
        series: ``series_id, app_id, line_type, ts, value, declared, normal``; one row = one line for one hour it lived;
            ``normal`` is the value without incidents, which no detector may see (``seen`` leaves it out).
        markers: ``app_id, ts, kind`` with kind start, stop, deploy or scale.
        incidents: ``incident_id, app_id, kind, started_at, ended_at, impact``; ended_at is exclusive, impact in USD.
        parts: ``incident_id, series_id, impact``: which lines an incident hit.
        lookalikes: ``app_id, ts, kind, factor``: what looks like an incident and is none.
        hours: length of the window; it begins at ``START``.

    """

    series: pd.DataFrame
    markers: pd.DataFrame
    incidents: pd.DataFrame
    parts: pd.DataFrame
    lookalikes: pd.DataFrame
    hours: int

    @property
    def seen(self) -> pd.DataFrame:
        """What a detector is given."""
        return self.series.drop(columns="normal")

    @property
    def app_count(self) -> int:
        return self.series["app_id"].nunique()

    def of_apps(self, apps: Iterable[str]) -> History:
        """Return the part of some apps: splits by app cut here, so that no app stands on both sides."""
        chosen = set(apps)

        def kept(frame: pd.DataFrame) -> pd.DataFrame:
            return frame[frame["app_id"].isin(chosen)].reset_index(drop=True)

        incidents = kept(self.incidents)
        parts = self.parts[self.parts["incident_id"].isin(incidents["incident_id"])].reset_index(drop=True)
        series = kept(self.series)
        for name in ("app_id", "series_id"):
            series[name] = series[name].cat.remove_unused_categories()
        return History(series, kept(self.markers), incidents, parts, kept(self.lookalikes), self.hours)

    def until(self, ts: pd.Timestamp) -> History:
        """Return what lies before an instant: splits by time cut here."""

        def kept(frame: pd.DataFrame, name: str = "ts") -> pd.DataFrame:
            return frame[frame[name] < ts].reset_index(drop=True)

        incidents = kept(self.incidents, "started_at")
        parts = self.parts[self.parts["incident_id"].isin(incidents["incident_id"])].reset_index(drop=True)
        hours = min(self.hours, int((ts - START) / HOUR))
        return History(kept(self.series), kept(self.markers), incidents, parts, kept(self.lookalikes), hours)


@dataclass
class Draft:
    """A history being drawn: matrices of lines by hours, before rows are made of them.

    Attributes:
        app: index of the app of each line.
        types: line type of each line.
        born: first hour of each line; lines of hour 0 are older than the window.
        gone: hour after the last of each line.
        value: USD per line and hour.
        declared: expected USD per line and hour as declared at onboarding; NaN where nothing was.

    """

    hours: int
    app: np.ndarray
    types: np.ndarray
    born: np.ndarray
    gone: np.ndarray
    value: np.ndarray
    declared: np.ndarray
    prefix: str = "app"
    markers: list[tuple[int, int, str]] = field(default_factory=list)
    lookalikes: list[tuple[int, int, str, float]] = field(default_factory=list)
    incidents: list[tuple[int, str, int, int, dict[int, np.ndarray]]] = field(default_factory=list)

    def lines_of(self, app: int) -> np.ndarray:
        return np.flatnonzero(self.app == app)

    def app_id(self, app: int) -> str:
        return f"{self.prefix}-{app:04d}"

    def series_id(self, line: int) -> str:
        return f"{self.app_id(self.app[line])}/{self.types[line]}"

    def finished(self) -> History:
        """Lay the incidents over the normal values and make rows."""
        hour = np.arange(self.hours)
        lives = (hour >= self.born[:, None]) & (hour < self.gone[:, None])
        normal = np.where(lives, np.maximum(self.value, 0), 0).round(6)
        actual = normal.copy()
        rows, parts = [], []
        for number, (app, kind, start, end, added) in enumerate(self.incidents):
            impact = 0.0
            for line, extra in added.items():
                actual[line, start:end] = (actual[line, start:end] + np.where(lives[line, start:end], extra, 0)).round(
                    6
                )
                part = float((actual[line, start:end] - normal[line, start:end]).sum())
                parts.append((number, self.series_id(line), part))
                impact += part
            rows.append((number, self.app_id(app), kind, START + start * HOUR, START + end * HOUR, impact))
        line, at = np.nonzero(lives)
        lines = pd.Series([self.series_id(i) for i in range(len(self.app))])
        apps = pd.Series([self.app_id(i) for i in self.app])
        stamps = pd.date_range(START, periods=self.hours, freq="h")
        series = pd.DataFrame(
            {
                "series_id": pd.Categorical.from_codes(line, categories=lines),
                "app_id": pd.Categorical(apps).take(line),
                "line_type": pd.Categorical(self.types).take(line),
                "ts": stamps[at],
                "value": actual[line, at],
                "declared": self.declared[line],
                "normal": normal[line, at],
            }
        )
        stamped = [(self.app_id(app), START + at * HOUR, kind) for app, at, kind in sorted(self.markers)]
        alike = [(self.app_id(app), START + at * HOUR, kind, by) for app, at, kind, by in sorted(self.lookalikes)]
        return History(
            series=series,
            markers=_table(stamped, ["app_id", "ts", "kind"]),
            incidents=_table(rows, ["incident_id", "app_id", "kind", "started_at", "ended_at", "impact"]),
            parts=pd.DataFrame(parts, columns=["incident_id", "series_id", "impact"]),
            lookalikes=_table(alike, ["app_id", "ts", "kind", "factor"]),
            hours=self.hours,
        )


def _table(rows: list[tuple], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    for name in ("ts", "started_at", "ended_at"):
        if name in columns:
            frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame
