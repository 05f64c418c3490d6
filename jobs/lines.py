"""What every line cost by the hour, as the models' matrix. A look that remembers the one before reads only what is new.

A line is an app and a meter. The charges of a day are read again when the day was rated again, or was not over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from models.features import YOUNG_HOURS
from models.panel import Floats, Ints, Panel, deploy_bars
from models.resting import Resting, living
from queries.line_hours import line_hours
from warehouse.connect import Store
from warehouse.tables import table, to_sql

HOUR = timedelta(hours=1)
ALIVE_HOURS = 24  # after its last use a line costs 0 in an hour without usage; then it rests, until it comes back
BETWEEN = "/"
HOURS_A_MONTH = 730
EVEN = 0.1  # of a declaration: a line that begins with nothing may cost something
_MARKERS = ("start", "stop", "scale", "deploy")

Key = tuple[str, str]
OnDay = Callable[[int, int], None]


@dataclass(frozen=True)
class Lines:
    """Cost of lines (app, meter) by the hour from ``start`` on; NaN where nothing was charged.

    ``generations`` are those of the days it was read from.
    """

    start: datetime
    keys: list[Key] = field(default_factory=list)
    amounts: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    generations: Mapping[date, int] = field(default_factory=dict)

    @property
    def hours(self) -> int:
        return self.amounts.shape[1]

    @property
    def end(self) -> datetime:
        return self.start + self.hours * HOUR

    def hour(self, at: datetime) -> int:
        """Return the place of an hour."""
        return round((at - self.start) / HOUR)

    def days(self, first: int) -> Iterator[tuple[date, slice]]:
        """Yield each day from the hour ``first`` on, with the places of its hours."""
        while first < self.hours:
            at = self.start + first * HOUR
            after = min(first + 24 - at.hour, self.hours)
            yield at.date(), slice(first, after)
            first = after

    def and_of(self, keys: Set[Key]) -> Lines:
        """Return the same with these lines too, which were not charged."""
        more = sorted(keys - set(self.keys))
        empty = np.full((len(more), self.hours), np.nan)
        return replace(self, keys=[*self.keys, *more], amounts=np.concatenate([self.amounts, empty]))

    def after(self, first: int) -> Lines:
        """Return the same without its first hours."""
        if not first:
            return self
        return replace(self, start=self.start + first * HOUR, amounts=self.amounts[:, first:].copy())

    def life(self) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """Return the first hour of every line, the end of its last, and which hours it lived: all that it was used in.

        And those of the day after each, whatever comes later: of an hour nobody knew then whether the line comes back.
        """
        known = np.isfinite(self.amounts)
        used = known.any(axis=1)
        first = np.where(used, known.argmax(axis=1), self.hours)
        last = np.where(used, np.minimum(self.hours - known[:, ::-1].argmax(axis=1) + ALIVE_HOURS, self.hours), 0)
        return first, last, living(known, ALIVE_HOURS)


@dataclass(frozen=True)
class Reread:
    """Lines as they are now beside those of an earlier look.

    Attributes:
        lines: as they are now; those that were there before come first, in their order.
        kept: which of the earlier lines these are.
        shift: how many hours the beginning moved.
        new: how many hours came at the end.
        changed: lines by hours: which of the hours that were read before cost something else, or are charged now.

    """

    lines: Lines
    kept: Ints
    shift: int
    new: int
    changed: NDArray[np.bool_]

    @property
    def old(self) -> int:
        """How many hours were read before."""
        return self.lines.hours - self.new


def read_lines(store: Store, *, start: datetime, end: datetime, on_day: OnDay = lambda *_: None) -> Lines:
    """Return the lines that were charged in ``[start, end)``; both are full hours."""
    return reread(store, Lines(start), start=start, end=end, on_day=on_day).lines


def reread(store: Store, before: Lines, *, start: datetime, end: datetime, on_day: OnDay = lambda *_: None) -> Reread:
    """Return the lines of ``[start, end)``, reading only days that are not as they were at the look before.

    ``on_day`` is told after each day how many are read, and how many there are.
    """
    if start < before.start:
        before = Lines(start)
    now = _generations(store, start, end)
    shift = min(max(round((start - before.start) / HOUR), 0), before.hours)
    hours = round((end - start) / HOUR)
    old = before.hours - shift
    days = [
        day for day, number in now.items() if before.generations.get(day) != number or _begin(day + _DAY) > before.end
    ]
    parts = {}
    for number, day in enumerate(days, 1):
        parts[day] = _day(store, day)
        on_day(number, len(days))
    kept = np.flatnonzero(np.isfinite(before.amounts[:, shift:]).any(axis=1))
    places = {before.keys[row]: place for place, row in enumerate(kept)}
    for part in parts.values():
        for key in part.keys:
            places.setdefault(key, len(places))
    amounts = np.full((len(places), hours), np.nan)
    amounts[: len(kept), :old] = before.amounts[kept, shift:]
    changed = np.zeros((len(places), old), dtype=bool)
    for day, part in parts.items():
        first = round((_begin(day) - start) / HOUR)
        inside = slice(max(first, 0), min(first + 24, hours))
        was = amounts[:, inside].copy()
        amounts[:, inside] = np.nan
        rows = np.array([places[key] for key in part.keys], dtype=np.int64)[part.rows]
        at = first + part.hours
        held = (at >= 0) & (at < hours)
        amounts[rows[held], at[held]] = part.amounts[held]
        differs = ~((was == amounts[:, inside]) | (np.isnan(was) & np.isnan(amounts[:, inside])))
        seen = max(min(inside.stop, old) - inside.start, 0)
        changed[:, inside.start : inside.start + seen] = differs[:, :seen]
    return Reread(Lines(start, list(places), amounts, now), kept, shift, hours - old, changed)


def exact_amounts(store: Store, lines: Lines, day: date) -> tuple[Ints, pa.Array]:
    """Return where the exact cost of a day's cells is (lines by 24 hours; -1: nothing was charged), and the costs."""
    part = _day(store, day)
    rows = {key: row for row, key in enumerate(lines.keys)}
    of = np.array([rows.get(key, -1) for key in part.keys], dtype=np.int64)[part.rows]
    places = np.full((len(lines.keys), 24), -1, dtype=np.int64)
    known = np.flatnonzero(of >= 0)
    places[of[known], part.hours[known]] = known
    return places, part.exact


def laid(store: Store, lines: Lines) -> Panel:
    """Return lines as the models see them, with the deploys and the declarations of their apps."""
    first, last, lived = lines.life()
    apps = np.array([app for app, _ in lines.keys], dtype=object)
    marks = markers(store, start=lines.start, end=lines.end)
    begin = pd.Timestamp(lines.start)
    return Resting(
        ids=np.array([f"{app}{BETWEEN}{meter}" for app, meter in lines.keys], dtype=object),
        apps=apps,
        line_types=np.array([meter for _, meter in lines.keys], dtype=object),
        start=begin,
        bar=pd.Timedelta(HOUR),
        values=np.maximum(np.nan_to_num(lines.amounts), 0.0).astype(np.float32),
        first=first,
        last=last,
        declared=_declared(store, lines, first),
        deploys=deploy_bars(marks, begin, pd.Timedelta(HOUR)),
        lived=lived,
        rest=ALIVE_HOURS,
    )


def markers(store: Store, *, start: datetime, end: datetime) -> pd.DataFrame:
    """Return what happened to apps as the models' long table: app_id, ts, kind."""
    return store.arrow(
        "SELECT app_id, time AS ts, action AS kind FROM lifecycle "
        "WHERE app_id != '' AND action IN {kinds:Array(String)} "
        "AND time >= {start:DateTime64(3)} AND time < {end:DateTime64(3)} ORDER BY ts, app_id, event_id",
        {"kinds": list(_MARKERS), "start": f"{start:%Y-%m-%d %H:%M:%S}", "end": f"{end:%Y-%m-%d %H:%M:%S}"},
    ).to_pandas()


def _declared(store: Store, lines: Lines, first: Ints) -> Floats:
    """Return what lines of young apps may cost an hour by what the app declared for a month; NaN without a word.

    It is what was in force in the app's first hour. Nobody declares lines: a line's part is that of its own first hour,
    so that it is as far over its part as the app is over the whole, and nothing that came later has a say.
    """
    said = np.full(len(lines.keys), np.nan)
    rows = store.rows(
        "SELECT app_id, toFloat64(expected_spend) AS spend, valid_from, valid_to FROM app_declarations "
        "WHERE valid_from < valid_to AND expected_spend > 0 ORDER BY app_id, valid_from"
    )
    of_app: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        of_app.setdefault(row["app_id"], []).append(row)
    places: dict[str, list[int]] = {}
    for place, (app, _) in enumerate(lines.keys):
        if app in of_app:
            places.setdefault(app, []).append(place)
    for app, own in places.items():
        born = int(first[own].min())
        if not 0 < born < lines.hours:
            continue  # it is older than what is read
        over = lines.start + (born + 1) * HOUR
        spend = next((row["spend"] for row in of_app[app] if row["valid_from"] < over <= row["valid_to"]), None)
        if spend is None:
            continue
        for place in own:
            if first[place] < min(born + YOUNG_HOURS, lines.hours):
                said[place] = spend / HOURS_A_MONTH * _part(lines, own, place, first[place])
    return said


def _part(lines: Lines, own: list[int], place: int, hour: int) -> float:
    """Return a line's part of its app by what was charged in an hour; a tenth is split evenly, and all of nothing."""
    cost = np.where(np.isfinite(lines.amounts[own, hour]), np.maximum(lines.amounts[own, hour], 0.0), np.nan)
    even, whole = 1 / int(np.isfinite(cost).sum()), float(np.nansum(cost))
    return EVEN * even + (1 - EVEN) * float(cost[own.index(place)]) / whole if whole > 0 else even


_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Day:
    keys: list[Key]
    rows: Ints  # which key a cell is of
    hours: Ints
    amounts: Floats
    exact: pa.Array


def _day(store: Store, day: date) -> _Day:
    """Return what lines cost in the hours of a day."""
    found = store.arrow(_day_sql(), {"day": day})
    hours, amounts = found["hours"].combine_chunks(), found["amounts"].combine_chunks()
    sizes = pa.compute.list_value_length(hours).to_numpy(zero_copy_only=False)
    return _Day(
        keys=list(zip(found["app_id"].to_pylist(), found["meter"].to_pylist(), strict=True)),
        rows=np.repeat(np.arange(len(sizes)), sizes),
        hours=hours.flatten().to_numpy(zero_copy_only=False).astype(np.int64),
        amounts=amounts.flatten().to_numpy(zero_copy_only=False),
        exact=found["exact"].combine_chunks().flatten(),
    )


@lru_cache(maxsize=1)
def _day_sql() -> str:
    # Compiled once: the day is a parameter. A row per line keeps twenty thousand of them small.
    return (
        "WITH charges AS (SELECT * FROM charges WHERE charge_date = {day:Date}) "
        "SELECT app_id, meter, groupArray(toHour(time)) AS hours, groupArray(toFloat64(amount)) AS amounts, "
        "groupArray(amount) AS exact "
        f"FROM ({to_sql(line_hours(table('charges')))}) GROUP BY app_id, meter ORDER BY app_id, meter"
    )


def _generations(store: Store, start: datetime, end: datetime) -> dict[date, int]:
    rows = store.rows(
        "SELECT charge_date, max(generation) AS generation FROM charge_generations "
        "WHERE charge_date >= {first:Date} AND charge_date <= {last:Date} GROUP BY charge_date ORDER BY charge_date",
        {"first": start.date(), "last": (end - HOUR).date()},
    )
    return {row["charge_date"]: row["generation"] for row in rows}


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
