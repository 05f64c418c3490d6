"""Which flagged bars of which lines are one incident of one app, since when, of what kind, and what has it cost?

Detection says how unusual a bar is; the impact gate says whether anybody would care; an app has one open incident at a
time. The expectation is frozen where the incident began, so that what lasts does not become what is expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.baseline import frozen
from models.drops import drops
from models.impact import is_open
from models.panel import Floats, Panel, bar_of, deploy_bars, panel, utc

COLUMNS = [
    "app_id", "started_at", "flagged_at", "ended_at", "state", "kind", "peak_score", "excess", "projected_excess",
    "lines",
]  # fmt: skip
MERGE_HOURS, RECOVERED_HOURS, ACCEPTED_HOURS = 24, 6, 72
LINKED_HOURS, LAUNCH_HOURS, SPIKE_HOURS = 6, 6, 16
LEAK_GROWTH = 1.8  # last third over first third
LOOK_BACK_HOURS = 72  # how far before its first flag an incident may have begun
SHARE_OF_LARGEST = 0.1  # of the excess: below, a line is a bystander


@dataclass(frozen=True)
class _Lines:
    """The lines of one app as matrices of lines by bars."""

    panel: Panel
    value: Floats
    expected: Floats
    upper: Floats
    score: Floats
    alarm: NDArray[np.bool_]
    deploys: NDArray[Any]
    is_new: bool

    def at(self, bar: float) -> pd.Timestamp:
        return self.panel.start + int(bar) * self.panel.bar


def incidents(
    scores: pd.DataFrame, markers: pd.DataFrame | None = None, *, minimum_impact: float = 25.0
) -> pd.DataFrame:
    """Return one row per incident of an app, in order of app and start.

    Columns: ``app_id, started_at, flagged_at, ended_at`` (exclusive; NaT while open), ``state`` (open, recovered: back
    within its band for six hours, accepted: a new level that nothing flagged for 72 hours), ``kind`` (launch,
    deploy_linked, spike, leak, level_shift, drop), ``peak_score, excess`` (so far, over the frozen expectation),
    ``projected_excess`` (with another day at the last three hours' rate while open), ``lines`` (series, the largest
    excess first).
    """
    rows = scores[scores["app_id"].astype(str).isin(_worth_a_look(scores, minimum_impact))]
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    bar, begin = bar_of(rows["series_id"], utc(rows["ts"])), utc(scores["ts"]).min()
    found = [
        incident
        for app, part in rows.groupby(rows["app_id"].astype(str), sort=True)
        for incident in _of_app(str(app), _lines(part, markers, bar, minimum_impact, begin), minimum_impact)
    ]
    return pd.DataFrame(found, columns=COLUMNS)


def _worth_a_look(scores: pd.DataFrame, minimum_impact: float) -> pd.Index:
    """Return the apps with a flagged bar, or with enough missing to be a drop."""
    flagged = scores.loc[scores["flag"].to_numpy(dtype=bool), "app_id"]
    silent = scores[scores["value"] < 0.5 * scores["expected"]]
    missing = (silent["expected"] - silent["value"]).groupby(silent["app_id"].astype(str)).sum()
    return pd.Index(flagged.astype(str).unique()).union(missing.index[missing >= minimum_impact / 4])


def _lines(
    rows: pd.DataFrame, markers: pd.DataFrame | None, bar: pd.Timedelta, minimum_impact: float, begin: pd.Timestamp
) -> _Lines:
    laid = panel(rows[["series_id", "app_id", "ts", "value"]], None, bar=bar)

    def matrix(column: str) -> Floats:
        return panel(rows.assign(value=rows[column].astype(float)), None, bar=bar).values.astype(float)

    expected, flag = matrix("expected"), matrix("flag") > 0
    alarm = flag & is_open(laid, expected, minimum_impact)
    deploys = np.zeros(0, dtype=int)
    if markers is not None and len(markers):
        own = markers[markers["app_id"].astype(str) == str(laid.apps[0])]
        deploys = deploy_bars(own, laid.start, bar).get(str(laid.apps[0]), deploys)
    return _Lines(
        laid, laid.values.astype(float), expected, matrix("upper"), matrix("score"), alarm, deploys, laid.start > begin
    )


def _of_app(app: str, lines: _Lines, minimum_impact: float) -> list[dict[str, Any]]:
    """Return an app's incidents, one after the other."""
    found: list[dict[str, Any]] = []
    alarms = np.flatnonzero(lines.alarm.any(axis=0))
    free_from = 0  # an incident cannot begin within the one before
    while len(alarms := alarms[alarms >= free_from]):
        flagged = int(alarms[0])
        start = _start(lines, flagged, free_from)
        end, state, base = _follow(lines, start, flagged, alarms)
        found.append(_incident(app, lines, start, flagged, end, state, base))
        free_from = end
    spiking = [(one["started_at"], one["ended_at"]) for one in found]
    for drop in drops(lines.panel, lines.expected, minimum_impact=minimum_impact):
        if not any(
            start <= drop["started_at"] and (pd.isna(end) or drop["started_at"] < end) for start, end in spiking
        ):
            found.append({"app_id": app, **drop})
    return sorted(found, key=lambda one: one["started_at"])


def _start(lines: _Lines, flagged: int, free_from: int) -> int:
    """Return where the flagged lines left their band for good: back from the flag, over gaps of three hours."""
    day, gap = lines.panel.in_bars(LOOK_BACK_HOURS), lines.panel.in_bars(3) if lines.panel.bar_hours < 3 else 0
    line = np.flatnonzero(lines.alarm[:, flagged])
    over = np.any(lines.value[line] > lines.upper[line], axis=0)
    start, quiet = flagged, 0
    for bar in range(flagged - 1, max(flagged - day, free_from) - 1, -1):
        quiet = 0 if over[bar] else quiet + 1
        if quiet > gap:
            break
        if over[bar]:
            start = bar
    return start


def _follow(lines: _Lines, start: int, flagged: int, alarms: NDArray[Any]) -> tuple[int, str, Floats]:
    """Return where an incident ends (exclusive), in which state, and its frozen expectation to the panel's end."""
    laid = lines.panel
    base = np.array(
        [
            frozen(value, expected, start, laid.bars, laid.bars_per_day, first=int(first))
            for value, expected, first in zip(lines.value, lines.expected, laid.first, strict=True)
        ]
    )
    line = np.flatnonzero(lines.alarm[:, flagged : flagged + laid.in_bars(MERGE_HOURS)].any(axis=1))
    reach = np.maximum(lines.upper / np.maximum(lines.expected, 1e-9), 1.1)[line, start:]
    over = np.any(lines.value[line, start:] > base[line] * np.minimum(reach, 3.0), axis=0)
    calm, recovered, accepted = 0, laid.in_bars(RECOVERED_HOURS), laid.in_bars(ACCEPTED_HOURS)
    last_alarm = flagged
    upcoming = set(alarms.tolist())
    for bar in range(flagged, laid.bars):
        if bar in upcoming:
            last_alarm = bar
        calm = 0 if over[bar - start] or bar in upcoming else calm + 1
        if calm >= recovered and not _again(alarms, bar, bar - calm + 1 + laid.in_bars(MERGE_HOURS)):
            return bar - calm + 1, "recovered", base
        if bar - last_alarm >= accepted:
            return bar + 1, "accepted", base
    ended = int(laid.last.max())
    return (laid.bars - calm, "recovered", base) if ended < laid.bars else (laid.bars, "open", base)


def _again(alarms: NDArray[Any], after: int, until: int) -> bool:
    """Whether another alarm follows soon enough to be of the same incident."""
    return bool(((alarms > after) & (alarms < until)).any())


def _incident(app: str, lines: _Lines, start: int, flagged: int, end: int, state: str, base: Floats) -> dict[str, Any]:
    laid = lines.panel
    over = lines.value[:, start:end] - base[:, : end - start]
    over[~laid.alive()[:, start:end]] = 0
    by_line = over.sum(axis=1)
    alarmed = lines.alarm[:, start:end].any(axis=1)
    largest = max(float(by_line.max()), 1e-12)
    chosen = np.flatnonzero(alarmed | (by_line >= SHARE_OF_LARGEST * largest))
    chosen = chosen[np.argsort(-by_line[chosen], kind="stable")]
    excess = float(by_line[chosen].sum())
    recent = min(laid.in_bars(3), end - start)
    rate = float(over[chosen, end - start - recent :].sum()) / recent
    is_open_ = state == "open"
    return {
        "app_id": app,
        "started_at": lines.at(start),
        "flagged_at": lines.at(flagged),
        "ended_at": pd.NaT if is_open_ else lines.at(end),
        "state": state,
        "kind": _kind(lines, start, end, over[chosen].sum(axis=0)),
        "peak_score": float(np.nanmax(lines.score[:, start:end])),
        "excess": excess,
        "projected_excess": excess + (max(rate, 0.0) * laid.bars_per_day if is_open_ else 0.0),
        "lines": [str(laid.ids[line]) for line in chosen],
    }


def _kind(lines: _Lines, start: int, end: int, over: Floats) -> str:
    """Return what an incident looks like so far."""
    laid = lines.panel
    if lines.is_new and start * laid.bar_hours <= LAUNCH_HOURS:
        return "launch"
    since = start - lines.deploys
    if ((since >= -1) & (since * laid.bar_hours <= LINKED_HOURS)).any():
        return "deploy_linked"
    if (end - start) * laid.bar_hours <= SPIKE_HOURS:
        return "spike"
    third = max(len(over) // 3, 1)
    if over[-third:].sum() > LEAK_GROWTH * max(float(over[:third].sum()), 1e-9):
        return "leak"
    return "level_shift"
