"""From scores to flags: one open flag per app, told again only when there is news.

Scores say when and which lines; what a flag cost and should have cost are exact sums (``jobs.findings``). Whatever a
look finds anew is appended, and a look that finds nothing new appends nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from jobs.findings import columns, draft_of, priced, repriced
from jobs.lines import BETWEEN, HOUR, markers
from jobs.scoring import BACKFILL, Memory, Scored
from jobs.stops import Stop, stops, unmissed
from models.drops import WEEK_HOURS, fell_silent
from models.incidents import incidents
from queries.flag_list import DROP, SAMPLE
from warehouse.connect import Store

QUIET_SHARE = 0.2  # of the minimum impact: what projects less is not kept at all
ESCALATES = 2  # times the excess that was told before
MERGE = timedelta(hours=24)  # an alarm so soon after a flag's end reopens it
_NUMBERS = ("value", "expected", "lower", "upper", "score", "excess")

_Flags = dict[str, list[dict[str, Any]]]


def flag(
    store: Store, *, until: datetime, scored: Scored, version: str, minimum_impact: Decimal, silent: Collection[str]
) -> dict[str, int]:
    """Bring the flags of apps that were scored up to date with their scores; return how many changed, by reason.

    Besides apps with flagged hours and with open flags those are looked at that may have fallen ``silent``. A flag that
    was over a day before its app's scores are new is settled, and stays as it was told.
    """
    with store.writing:
        told = list(_news(store, until, scored, version, minimum_impact, silent))
        store.insert_rows("flag_findings", told)
        moved = list(_moved(store))
        store.insert_rows("flag_findings", moved)
    return dict(Counter(finding["reason"] for finding in (*told, *moved)))


def silent_apps(memory: Memory, since: Mapping[str, datetime], minimum_impact: Decimal) -> set[str]:
    """Return the apps that may have fallen silent in the hours that a look scored, by what it judged."""
    _, lines, judged = memory.last()
    panel = judged.panel
    begin = {app: max(lines.hour(at), 0) for app, at in since.items()}
    first = np.array([begin.get(app, panel.bars) for app in panel.apps], dtype=np.int64)
    least = float(minimum_impact) * QUIET_SHARE
    return set(panel.apps[fell_silent(panel, judged.expected, since=first, minimum_impact=least)])


def _news(
    store: Store, until: datetime, scored: Scored, version: str, minimum_impact: Decimal, silent: Collection[str]
) -> Iterator[dict[str, Any]]:
    start = until - BACKFILL
    settled, open_ones = _held(store, scored.since)
    apps = sorted({*scored.flagged, *silent, *open_ones})
    if not apps:
        return
    scores = scores_of(store, apps, start=start, end=until)
    begin = max(store.rows("SELECT min(time) AS at FROM scored_hours")[0]["at"], start)
    found = _found(scores, markers(store, start=start, end=until), float(minimum_impact) * QUIET_SHARE, begin, until)
    found = _missed(found, stops(store, [app for app in found if _drops(found[app])], until=until), scores)
    teams, drafts, gone = Teams(store), [], []
    for app in apps:
        left, own = open_ones.get(app, []), scores[scores["app_id"] == app]
        for incident in found.get(app, []):
            if any(_is_same(incident, row, until) for row in settled.get(app, [])):
                continue
            before = next((row for row in left if _is_same(incident, row, until)), None)
            left = [row for row in left if row is not before]
            team_id = teams.of(app, incident["started_at"])
            drafts.append(draft_of(app, incident, before, own, until=until, team_id=team_id, version=version))
        gone += [{**columns(row), "status": "withdrawn", "reason": "withdrawn"} for row in left]
    yield from repriced(store, gone)
    for wanted, before in priced(store, drafts):
        if told := _told(wanted, before, minimum_impact):
            yield told


def _held(store: Store, since: Mapping[str, datetime]) -> tuple[_Flags, _Flags]:
    """Return by app the flags that are settled, and those that new scores may change."""
    settled: _Flags = {}
    open_ones: _Flags = {}
    held = "SELECT * FROM flags WHERE status != 'withdrawn' AND kind != {sample:String} ORDER BY app_id, started_at"
    for row in store.rows(held, {"sample": SAMPLE}):
        is_missed = row["kind"] == DROP and row["ended_at"] is None  # though nothing of its app is scored any longer
        if row["app_id"] in since or is_missed:
            is_settled = row["ended_at"] is not None and row["ended_at"] + MERGE <= since[row["app_id"]]
            (settled if is_settled else open_ones).setdefault(row["app_id"], []).append(row)
    return settled, open_ones


class Teams:
    """Whose app it was, by the registry."""

    def __init__(self, store: Store) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}
        for row in store.rows("SELECT app_id, team_id, valid_from, valid_to FROM apps WHERE valid_from < valid_to"):
            self._rows.setdefault(row["app_id"], []).append(row)

    def of(self, app: str, at: datetime) -> str:
        """Return the team that had an app; empty if nobody had."""
        held = (row["team_id"] for row in self._rows.get(app, []) if row["valid_from"] <= at < row["valid_to"])
        return next(held, "")


def _told(wanted: dict[str, Any], before: dict[str, Any] | None, minimum_impact: Decimal) -> dict[str, Any] | None:
    """Return the finding with the reason why it is told; None if it says nothing new."""
    is_quiet = max(wanted["excess"], -wanted["excess"], wanted["projected_excess"]) < minimum_impact
    # What was loud once stays loud: people saw it.
    wanted["is_silent"] = is_quiet and (before is None or before["is_silent"])
    if before is None:
        return wanted
    held = columns(before)
    if all(wanted[name] == held[name] for name in wanted if name != "reason"):
        return None
    if wanted["status"] != held["status"]:
        wanted["reason"] = "ended" if wanted["status"] == "over" else "reopened"
    elif held["is_silent"] > wanted["is_silent"] or (
        not wanted["is_silent"] and wanted["excess"] >= ESCALATES * max(held["excess"], minimum_impact)
    ):
        wanted["reason"] = "escalated"
    else:
        wanted["reason"] = "updated"
    return wanted


def _is_same(incident: dict[str, Any], row: dict[str, Any], until: datetime) -> bool:
    """Whether an incident is a flag that is there already: they overlap."""
    ended = incident["ended_at"]
    ends = pd.Timestamp(until) if pd.isna(ended) else ended
    return bool(incident["started_at"] < (row["ended_at"] or row["scored_until"]) and row["started_at"] < ends)


def _moved(store: Store) -> Iterator[dict[str, Any]]:
    """Yield findings for flags whose app turns out to have been another team's when they started."""
    rows = store.rows(
        "SELECT flags.* EXCEPT (team_id), apps.team_id AS team_id FROM flags JOIN apps ON apps.app_id = flags.app_id "
        "WHERE apps.valid_from <= flags.started_at AND flags.started_at < apps.valid_to "
        "AND apps.team_id != flags.team_id ORDER BY flag_id"
    )
    for row in rows:
        yield {**columns(row), "reason": "moved"}


def scores_of(store: Store, apps: list[str], *, start: datetime, end: datetime) -> pd.DataFrame:
    """Return the scores of some apps, as the models' long table with ``meter``."""
    rows = store.arrow(
        "SELECT app_id, meter, time AS ts, toFloat64(amount) AS value, toFloat64(expected) AS expected, "
        "toFloat64(lower) AS lower, toFloat64(upper) AS upper, score, is_flagged AS flag, basis, evidence "
        "FROM line_scores WHERE time >= {start:DateTime64(3)} AND time < {end:DateTime64(3)} "
        "AND app_id IN {apps:Array(String)} ORDER BY app_id, meter, ts",
        {"start": f"{start:%Y-%m-%d %H:%M:%S}", "end": f"{end:%Y-%m-%d %H:%M:%S}", "apps": apps},
    )
    frame = rows.drop_columns(["evidence"]).to_pandas()
    frame.insert(0, "series_id", frame["app_id"] + BETWEEN + frame["meter"])
    frame["excess"] = frame["value"] - frame["expected"]
    evidence = pd.DataFrame([dict(row) for row in rows["evidence"].to_pylist()], index=frame.index)
    return frame.join(evidence.add_prefix("evidence_"))


def _found(
    scores: pd.DataFrame, changes: pd.DataFrame, minimum_impact: float, begin: datetime, until: datetime
) -> dict[str, list[dict[str, Any]]]:
    """Return the incidents by app, the earliest first. ``begin`` is where scores begin: what starts later is new.

    An incident of an app that is gone ended with it; that it is gone is a drop, for a week.
    """
    if scores.empty:
        return {}
    nothing = {"ts": pd.Timestamp(begin), "flag": False, **dict.fromkeys(_NUMBERS, 0.0)}
    anchor = scores.iloc[:1].assign(series_id=BETWEEN, app_id="", meter="", **nothing)
    rows = incidents(pd.concat([anchor, scores]), changes, minimum_impact=minimum_impact)
    lived = scores.groupby("app_id")["ts"].max() + HOUR
    by_app: dict[str, list[dict[str, Any]]] = {}
    for row in rows.sort_values(["app_id", "started_at"]).to_dict("records"):
        if pd.isna(row["ended_at"]) and lived[row["app_id"]] < until:
            gone = lived[row["app_id"]] if row["kind"] != DROP else row["started_at"] + timedelta(hours=WEEK_HOURS)
            row["ended_at"] = gone if gone <= until else pd.NaT
        by_app.setdefault(row["app_id"], []).append(row)
    return by_app


def _drops(incidents: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [one for one in incidents if one["kind"] == DROP]


def _missed(found: _Flags, stopped: Mapping[str, Sequence[Stop]], scores: pd.DataFrame) -> _Flags:
    """Return incidents without the drops of apps stopped on purpose; one that was stopped later ends there."""
    kept: _Flags = {}
    for app, all_of_app in found.items():
        for one in all_of_app:
            end = None
            if one["kind"] == DROP:
                end = unmissed(one, stopped.get(app, ()), used_until=_used_until(one, scores))
            if end is not None and end <= one["started_at"]:
                continue
            if end is not None and (pd.isna(one["ended_at"]) or end < one["ended_at"]):
                one = one | {"ended_at": pd.Timestamp(end)}
            kept.setdefault(app, []).append(one)
    return kept


def _used_until(drop: Mapping[str, Any], scores: pd.DataFrame) -> datetime:
    """Return the end of the last hour before a drop in which its lines were used."""
    before = scores["series_id"].isin(drop["lines"]) & (scores["ts"] < drop["started_at"]) & (scores["value"] > 0)
    last = scores.loc[before, "ts"].max()
    return drop["started_at"] if pd.isna(last) else last + HOUR
