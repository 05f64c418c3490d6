"""Scoring hours: which lines' hours are new or changed, what was expected of them, how unusual they are.

A line is an app and a meter. Hours are scored once their lateness is over; when their charges change they are scored
again, and so is what came after them in their app. The model reads floats; what it scored is kept as exact money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from config.settings import settings
from jobs.lines import HOUR, Lines, Reread, exact_amounts, laid, read_lines, reread
from jobs.progress import Tell, untold
from models.detector import SpikeDetector, told
from models.newest import blank, cut
from models.panel import Floats, Ints, Panel
from models.walk import Judged
from queries.hours_to_score import hours_to_score
from warehouse.connect import Store
from warehouse.tables import table

BACKFILL = timedelta(days=30)  # what a first look scores
HISTORY = timedelta(days=35)  # what the model reads before the first hour it scores
READ, JUDGED, SCORED = 0.06, 0.75, 0.95  # of a look anew: the share that is behind it then
_EXPECTATION = pa.decimal128(38, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A detector and the version that its scores carry."""

    version: str
    detector: SpikeDetector


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What one look did: how many hours of lines were scored, per app the first of them, and the apps with a flag."""

    rows: int = 0
    since: Mapping[str, datetime] = field(default_factory=dict)
    flagged: frozenset[str] = frozenset()


@dataclass(slots=True)
class Memory:
    """What the last look read and judged: the next one reads and judges only what is new since.

    ``wanted`` is the version that was in use then; ``chosen`` another one if its file was gone.
    """

    wanted: str = ""
    chosen: Chosen | None = None
    lines: Lines | None = None
    judged: Judged | None = None

    def goes_on(self, version: str, known: datetime | None) -> bool:
        """Whether it is of the detector in use and ends where the store's scores do."""
        return self.lines is not None and self.wanted == version and self.lines.end == known

    def last(self) -> tuple[Chosen, Lines, Judged]:
        """Return what was kept.

        Raises:
            ValueError: nothing was.

        """
        if self.chosen is None or self.lines is None or self.judged is None:
            raise ValueError("no look is remembered: score anew")
        return self.chosen, self.lines, self.judged

    def keep(self, chosen: Chosen, lines: Lines, judged: Judged, *, start: datetime) -> None:
        """Remember the hours from ``start`` on."""
        past = max(lines.hour(start), 0)
        self.chosen, self.lines = chosen, lines.after(past)
        self.judged = judged if not past else cut(judged, past)

    def forget(self) -> None:
        """Remember nothing."""
        self.chosen = self.lines = self.judged = None


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


def score_anew(
    store: Store,
    chosen: Chosen,
    memory: Memory,
    *,
    found: pa.Table | None,
    since: datetime,
    until: datetime,
    tell: Tell = untold,
) -> Scored:
    """Score the hours of ``found`` and all hours of living lines from ``since`` on, reading all of their past.

    Of an app whose past changed everything after the change is scored again. Nothing from after ``until`` is read.
    """
    memory.forget()
    changed = _hours_of(found)
    begin = min([since, *(at for _, _, at in changed)]) - HISTORY
    # All lines, whichever changed: what a line's kind does everywhere is part of what is judged.
    lines = read_lines(
        store,
        start=begin,
        end=until,
        on_day=lambda done, of: tell(f"reading charges, {done} of {of} days", READ * done / of),
    ).and_of({(app, meter) for app, meter, _ in changed})
    if not lines.keys:
        return Scored()
    tell("judging every line by its past, the longest step", READ)
    judged = chosen.detector.judge(laid(store, lines))
    places, is_news = {key: row for row, key in enumerate(lines.keys)}, np.zeros(lines.amounts.shape, dtype=bool)
    for app, meter, at in changed:
        is_news[places[app, meter], lines.hour(at)] = True
    done = _scored(store, chosen, judged, is_news, lines.hour(since), lines, tell)
    memory.keep(chosen, lines, judged, start=until - HISTORY)
    return done


def score_on(store: Store, memory: Memory, *, first: datetime, until: datetime) -> Scored:
    """Score what is new since the last look, its hours and what late data changed from ``first`` on.

    It says what scoring anew by the same models would say, and reads and judges only what is new.
    """
    chosen, lines, before = memory.last()
    read = reread(store, lines, start=lines.end - HISTORY, end=until)
    if not read.new and not read.changed.any():
        memory.lines = replace(lines, generations=read.lines.generations)
        return Scored()
    memory.forget()
    judged = blank(laid(store, read.lines), before.latest)
    for held, earlier in zip(judged.matrices(), before.matrices(), strict=True):
        held[: len(read.kept), : read.old] = earlier[read.kept, read.shift :]
    whole = _to_judge_whole(read, judged.panel, before.panel)
    rest = np.flatnonzero(~whole & (judged.panel.last > read.old))
    chosen.detector.judge_newest(judged, whole=np.flatnonzero(whole), rest=rest, new=read.new)
    is_news = np.pad(read.changed, ((0, 0), (0, read.new)))
    is_news[:, : max(read.lines.hour(first), 0)] = False
    done = _scored(store, chosen, judged, is_news, read.old, read.lines)
    memory.keep(chosen, read.lines, judged, start=read.lines.start)
    return done


def _to_judge_whole(read: Reread, now: Panel, before: Panel) -> NDArray[np.bool_]:
    """Return the lines that are new, were charged otherwise, came back after a day, or were declared otherwise."""
    whole = read.changed.any(axis=1)
    whole[len(read.kept) :] = True
    ended = before.last[read.kept] - read.shift
    same = slice(0, len(read.kept))
    whole[same] |= (ended < read.old) & (now.last[same] > ended)
    whole[same] |= np.nan_to_num(now.declared[same]) != np.nan_to_num(before.declared[read.kept])
    return whole


def _hours_of(found: pa.Table | None) -> list[tuple[str, str, datetime]]:
    """Return app, meter and time of the hours that are news."""
    if found is None:
        return []
    return list(zip(*(found[name].to_pylist() for name in ("app_id", "meter", "time")), strict=True))


def _scored(
    store: Store,
    chosen: Chosen,
    judged: Judged,
    is_news: NDArray[np.bool_],
    since: int,
    lines: Lines,
    tell: Tell = untold,
) -> Scored:
    """Score all lines from the hour ``since`` on, and of apps with news from their first news on; keep the scores."""
    panel = judged.panel
    app, begins = _from(panel, is_news, since)
    scores = chosen.detector.scores(judged, since=begins)
    # An hour that lost its charges outside of its line's life is told too: that it costs nothing now.
    wanted = (panel.alive() | is_news) & (np.arange(panel.bars) >= begins[:, None])
    told_of, first, flagged = 0, np.full(int(app.max(initial=-1)) + 1, panel.bars), np.zeros(len(panel.ids), dtype=bool)
    days = list(lines.days(int(begins.min(initial=panel.bars))))
    for number, (day, hours) in enumerate(days):
        tell(f"scoring {day:%B %-d}", JUDGED + (SCORED - JUDGED) * number / len(days))
        row, column = np.nonzero(wanted[:, hours])
        if len(row):
            rows = _rows(store, judged, scores, (row, column + hours.start), lines, day, chosen.version)
            store.insert_arrow("scored_hours", rows)
            told_of += len(row)
            np.minimum.at(first, app[row], column + hours.start)
            flagged[row[rows["is_flagged"].to_numpy()]] = True
    names = dict(zip(app.tolist(), panel.apps, strict=True))
    return Scored(
        rows=told_of,
        since={names[number]: lines.start + int(hour) * HOUR for number, hour in enumerate(first) if hour < panel.bars},
        flagged=frozenset(panel.apps[flagged]),
    )


def _from(panel: Panel, is_news: NDArray[np.bool_], since: int) -> tuple[Ints, Ints]:
    """Return a number per line that is its app's, and per line the first hour to score."""
    app = np.unique(panel.apps.astype(str), return_inverse=True)[1]
    first = np.full(int(app.max(initial=-1)) + 1, since)
    row = np.flatnonzero(is_news.any(axis=1))
    np.minimum.at(first, app[row], is_news[row].argmax(axis=1))
    return app, first[app]


def _rows(
    store: Store, judged: Judged, scores: Floats, cells: tuple[Ints, Ints], lines: Lines, day: date, version: str
) -> pa.Table:
    """Return scores of a day's cells as rows of the store, each with the exact cost of its hour."""
    said = told(judged, scores, cells)
    places, costs = exact_amounts(store, lines, day)
    place = places[cells[0], (cells[1] + lines.start.hour) % 24]
    amount = costs.take(pa.array(place, mask=place < 0))
    nothing = pa.scalar(0, type=pa.int32()).cast(costs.type)
    evidence = [name for name in said.columns if name.startswith("evidence_")]
    return pa.table(
        {
            "app_id": pa.array(judged.panel.apps[cells[0]], type=pa.string()),
            "meter": pa.array(judged.panel.line_types[cells[0]], type=pa.string()),
            "time": pa.array(said["ts"], type=pa.timestamp("ms", tz="UTC")),
            "amount": amount.fill_null(nothing),
            **{
                name: pa.array(said[name].clip(lower=0.0), type=pa.float64()).cast(_EXPECTATION, safe=False)
                for name in ("expected", "lower", "upper")
            },
            "score": pa.array(said["score"].fillna(0.0), type=pa.float64()),
            "is_flagged": pa.array(said["flag"], type=pa.bool_()),
            "basis": pa.array(said["basis"].astype(str), type=pa.string()),
            "evidence": _maps(said, evidence),
            "detector_version": pa.array([version] * len(said), type=pa.string()),
        }
    )


def _maps(scores: pd.DataFrame, names: list[str]) -> pa.Array:
    """Return the evidence columns as one map a row."""
    keys = [name.removeprefix("evidence_") for name in names]
    offsets = pa.array(range(0, len(scores) * len(keys) + 1, len(keys)), type=pa.int32())
    items = pa.array(scores[names].to_numpy(dtype=float).ravel(), type=pa.float64())
    return pa.MapArray.from_arrays(offsets, pa.array(keys * len(scores), type=pa.string()), items)
