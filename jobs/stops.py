"""When apps were stopped on purpose: that they cost nothing then is no outage, and nobody misses them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from jobs.lines import HOUR
from warehouse.connect import Store

REACH = timedelta(hours=6)  # before it fell silent: a stop longer ago was of something else, since it went on


@dataclass(frozen=True, slots=True)
class Stop:
    """An app was stopped from a moment on, until it was started or changed again; None while it still is."""

    at: datetime
    until: datetime | None = None


def stops(store: Store, apps: Collection[str], *, until: datetime) -> dict[str, list[Stop]]:
    """Return the stops of some apps before a moment, by app, the earliest first.

    An app is stopped where one of its resources is and none that was started runs on, and where the registry no longer
    has it though it had.
    """
    parameters = {"apps": sorted(apps), "until": f"{until:%Y-%m-%d %H:%M:%S}"}
    marks = store.rows(
        "SELECT app_id, resource_id, time, action FROM lifecycle WHERE app_id IN {apps:Array(String)} "
        "AND time < {until:DateTime64(3)} ORDER BY app_id, time, event_id",
        parameters,
    )
    held = store.rows(
        "SELECT app_id, valid_from, valid_to FROM apps WHERE app_id IN {apps:Array(String)} "
        "AND valid_from < valid_to ORDER BY app_id, valid_from",
        parameters,
    )
    return {
        app: sorted(
            [
                *_by_markers(row for row in marks if row["app_id"] == app),
                *_by_registry([row for row in held if row["app_id"] == app], until),
            ],
            key=lambda stop: stop.at,
        )
        for app in apps
    }


def unmissed(drop: Mapping[str, Any], stopped: Sequence[Stop], *, used_until: datetime) -> datetime | None:
    """Return from when on nobody misses what fell silent: its start if it was stopped then; None if it is missed.

    ``used_until`` is the end of the last hour with use before: a night may lie between it and the first hour in which
    something is missing. A stop that came after it was flagged ends it with the hour of the stop.
    """
    started, flagged = drop["started_at"], drop["flagged_at"] + HOUR
    for stop in stopped:
        if stop.at < min(started, used_until) - REACH or (stop.until is not None and stop.until <= started):
            continue
        if stop.at <= flagged:
            return started
        return stop.at.replace(minute=0, second=0, microsecond=0) + HOUR
    return None


def _by_markers(rows: Iterable[Mapping[str, Any]]) -> list[Stop]:
    found: list[Stop] = []
    running: set[str] = set()
    at: datetime | None = None
    for row in rows:
        if row["action"] == "stop":
            running.discard(row["resource_id"])
            at = at or (None if running else row["time"])
            continue
        if row["action"] == "start":
            running.add(row["resource_id"])
        if at is not None:
            found.append(Stop(at, row["time"]))
            at = None
    return [*found, Stop(at)] if at is not None else found


def _by_registry(rows: Sequence[Mapping[str, Any]], until: datetime) -> list[Stop]:
    found = []
    for row, later in zip(rows, [*rows[1:], None], strict=True):
        back = None if later is None or later["valid_from"] >= until else later["valid_from"]
        if row["valid_to"] < until and back != row["valid_to"]:
            found.append(Stop(row["valid_to"], back))
    return found
