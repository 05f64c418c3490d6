"""Scoring hours: which lines' hours are new or changed, what was expected of them, how unusual they are.

A line is an app and a meter. Hours are scored once their lateness is over; when their charges change they are scored
again, and so is what came after them in their app. The model reads floats; what it scored is kept as exact money.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd
import pyarrow as pa

from config.settings import settings
from queries.app_lifecycle_markers import app_lifecycle_markers
from queries.hours_to_score import hours_to_score
from queries.line_hours import line_hours
from warehouse.connect import Store
from warehouse.tables import table, to_sql

HOUR = timedelta(hours=1)
BACKFILL = timedelta(days=30)  # what a first look scores
HISTORY = timedelta(days=35)  # what the model reads before the first hour it scores
ALIVE = timedelta(hours=24)  # a line that was used since then costs 0 in an hour without usage
BETWEEN = "/"
NOBODY = ""
_MARKERS = ("start", "stop", "scale", "deploy")

# From long tables (series, markers) to scores: the walk-forward function, or a fitted detector's method.
Scorer = Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What one look did: how many hours of lines were scored, and per app the first of them."""

    rows: int
    since: Mapping[str, datetime]


def settled_until(store: Store, as_of: datetime) -> datetime | None:
    """Return the end of the last hour whose lateness is over at ``as_of``; None without any charge of usage.

    Hours after the last charge are not settled: that nothing at all arrives is for the health page, not an anomaly.
    """
    last = store.rows(
        "SELECT max(charge_period_end) AS until, count() AS charges FROM charges "
        "WHERE charge_category = 'Usage' AND charge_date >= (SELECT max(charge_date) - 1 FROM charge_generations)"
    )[0]
    if not last["charges"]:
        return None
    closed = as_of - timedelta(minutes=settings().lateness_minutes)
    return min(closed.replace(minute=0, second=0, microsecond=0), last["until"])


def scored_until(store: Store) -> datetime | None:
    """Return the end of the last hour that was scored; None before the first."""
    last = store.rows("SELECT max(time) AS last, count() AS scores FROM scored_hours")[0]
    return last["last"] + HOUR if last["scores"] else None


def news(store: Store, *, start: datetime, end: datetime) -> pa.Table:
    """Return the hours of lines to score (``hours_to_score``), with their exact cost."""
    return store.arrow(hours_to_score(table("charges"), table("line_scores"), start=start, end=end))


def series(store: Store, *, start: datetime, end: datetime) -> pd.DataFrame:
    """Return the lines by hour as the models' long table: series_id, app_id, line_type, ts, value.

    It begins at ``start`` whatever is charged, with a line of no app that costs nothing. A model takes a table's
    beginning for the beginning of time, and knows no incident from the first weeks of that.
    """
    hours = to_sql(line_hours(table("charges"), start=start, end=end))
    frame = store.arrow(f"SELECT app_id, meter, time, toFloat64(amount) AS value FROM ({hours})").to_pandas()
    frame = _with_zeros(frame, pd.Timestamp(end) - HOUR)
    if frame.empty:
        return frame
    anchor = pd.DataFrame({"app_id": [NOBODY], "meter": [NOBODY], "time": [pd.Timestamp(start)], "value": [0.0]})
    frame = pd.concat([anchor.astype(frame.dtypes), frame], ignore_index=True)
    return pd.DataFrame(
        {
            "series_id": frame["app_id"] + BETWEEN + frame["meter"],
            "app_id": frame["app_id"],
            "line_type": frame["meter"],
            "ts": frame["time"],
            "value": frame["value"].clip(lower=0.0),
        }
    )


def markers(store: Store, *, start: datetime, end: datetime) -> pd.DataFrame:
    """Return what happened to apps as the models' long table: app_id, ts, kind."""
    asked = app_lifecycle_markers(table("lifecycle"), start=start, end=end, kinds=_MARKERS, limit=10_000_000)
    frame = store.arrow(f"SELECT app_id, time AS ts, kind FROM ({to_sql(asked)})").to_pandas()
    return frame[frame["app_id"] != ""]


def score_news(
    store: Store, found: pa.Table, scorer: Scorer, version: str, *, since: datetime, until: datetime
) -> Scored:
    """Score the hours of ``found``, and all hours of living lines from ``since`` on, and keep the scores.

    Of an app whose past changed everything after the change is scored again. Nothing from after ``until`` is read.
    """
    changed = found.select(["app_id", "meter", "time"]).to_pandas()
    firsts = changed.groupby("app_id")["time"].min()
    begin = min([pd.Timestamp(since), *firsts]).to_pydatetime() - HISTORY
    # All lines, whichever changed: what a line's kind does everywhere is part of what is judged.
    lines = series(store, start=begin, end=until)
    if lines.empty:
        return Scored(rows=0, since={})
    scores = scorer(lines, markers(store, start=begin, end=until))
    scores = scores.assign(app_id=scores["app_id"].astype(str), series_id=scores["series_id"].astype(str))
    scores = scores[scores["app_id"] != NOBODY]
    # Reindexed, not mapped: without any news (an hour of nobody's usage only) a mapping would forget what times are.
    since_of = pd.Series(firsts.reindex(scores["app_id"]).array, index=scores.index).fillna(pd.Timestamp(since))
    fresh = scores[scores["ts"] >= since_of.clip(upper=pd.Timestamp(since))].reset_index(drop=True)
    store.insert_arrow("scored_hours", _kept(store, fresh, version, until))
    since_of_app = {str(app): at.to_pydatetime() for app, at in fresh.groupby("app_id")["ts"].min().items()}
    return Scored(rows=len(fresh), since=since_of_app)


def _with_zeros(frame: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    """Let lines that were used a moment ago live on: their hours up to the last one cost 0."""
    latest = frame.groupby(["app_id", "meter"], as_index=False)["time"].max()
    quiet = latest[(latest["time"] < last) & (latest["time"] >= last - ALIVE)]
    return pd.concat([frame, quiet.assign(time=last, value=0.0)], ignore_index=True)


def _kept(store: Store, scores: pd.DataFrame, version: str, until: datetime) -> pa.Table:
    """Return scores as rows of the store, each with the exact cost of its hour."""
    start = scores["ts"].min().to_pydatetime()
    costs = store.arrow(
        line_hours(table("charges"), start=start, end=until).select("app_id", "meter", "time", "amount")
    )
    places = costs.select(["app_id", "meter", "time"]).to_pandas()
    places["place"] = range(len(places))
    known = scores[["series_id", "app_id"]].drop_duplicates("series_id").set_index("series_id")["app_id"]
    meters = scores["series_id"].map({name: name[len(app) + 1 :] for name, app in known.items()})
    rows = pd.DataFrame({"app_id": scores["app_id"], "meter": meters, "time": scores["ts"]}).merge(
        places, how="left", on=["app_id", "meter", "time"]
    )
    taken = costs["amount"].combine_chunks().take(pa.array(rows["place"], type=pa.int64(), from_pandas=True))
    nothing = pa.scalar(0, type=pa.int32()).cast(taken.type)
    expectation = pa.decimal128(38, 9)
    evidence = [name for name in scores.columns if name.startswith("evidence_")]
    return pa.table(
        {
            "app_id": pa.array(rows["app_id"], type=pa.string()),
            "meter": pa.array(rows["meter"], type=pa.string()),
            "time": pa.array(rows["time"], type=pa.timestamp("ms", tz="UTC")),
            "amount": taken.fill_null(nothing),
            **{
                name: pa.array(scores[name].clip(lower=0.0), type=pa.float64()).cast(expectation, safe=False)
                for name in ("expected", "lower", "upper")
            },
            "score": pa.array(scores["score"], type=pa.float64()),
            "is_flagged": pa.array(scores["flag"], type=pa.bool_()),
            "basis": pa.array(scores["basis"] if "basis" in scores else ["history"] * len(scores), type=pa.string()),
            "evidence": _maps(scores, evidence),
            "detector_version": pa.array([version] * len(scores), type=pa.string()),
        }
    )


def _maps(scores: pd.DataFrame, names: list[str]) -> pa.Array:
    """Return the evidence columns as one map a row."""
    keys = [name.removeprefix("evidence_") for name in names]
    offsets = pa.array(
        range(0, len(scores) * len(keys) + 1, len(keys)) if keys else [0] * (len(scores) + 1), type=pa.int32()
    )
    items = pa.array(scores[names].to_numpy(dtype=float).ravel() if keys else [], type=pa.float64())
    return pa.MapArray.from_arrays(offsets, pa.array(keys * len(scores), type=pa.string()), items)
