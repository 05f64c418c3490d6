"""Long tables of series as a matrix of series by bars, so that every model works on slices of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
HOUR = pd.Timedelta(hours=1)
DAY = pd.Timedelta(days=1)
BARS = [pd.Timedelta(minutes=minutes) for minutes in (1, 5, 10, 15, 30, 60, 360, 1440)]
FAR = 1e9  # hours: no marker in reach


@dataclass(frozen=True, slots=True)
class Panel:
    """Series by bars. Bars outside a series' life ``[first, last)`` hold 0 and are never scored.

    ``declared`` is what an app said it would cost per bar (NaN: it said nothing). ``deploys`` holds per app the bars of
    its markers. ``rest``: a life ends so many bars after its last use, when nobody waits for another any longer.
    """

    ids: NDArray[np.object_]
    apps: NDArray[np.object_]
    line_types: NDArray[np.object_]
    start: pd.Timestamp
    bar: pd.Timedelta
    values: Floats
    first: Ints
    last: Ints
    declared: Floats
    deploys: dict[str, Ints]
    rest: int = field(default=0, kw_only=True)

    @property
    def bars(self) -> int:
        return self.values.shape[1]

    @property
    def bars_per_day(self) -> int:
        return max(1, round(DAY / self.bar))

    @property
    def bar_hours(self) -> float:
        return self.bar / HOUR

    @property
    def times(self) -> pd.DatetimeIndex:
        return pd.date_range(self.start, periods=self.bars, freq=self.bar)

    def in_bars(self, hours: float) -> int:
        """Return a span in bars, at least one."""
        return max(1, round(hours / self.bar_hours))

    def take(self, rows: slice | Ints) -> Panel:
        """Return some of the series."""
        return replace(
            self,
            ids=self.ids[rows],
            apps=self.apps[rows],
            line_types=self.line_types[rows],
            values=self.values[rows],
            first=self.first[rows],
            last=self.last[rows],
            declared=self.declared[rows],
        )

    def chunks(self, series: int) -> Iterator[tuple[slice, Panel]]:
        """Yield parts of at most ``series`` series, so that features fit in memory."""
        for begin in range(0, len(self.ids), series):
            rows = slice(begin, begin + series)
            yield rows, self.take(rows)

    def age(self) -> Floats:
        """Return hours since a series' first bar, series by bars; negative before it."""
        columns = np.arange(self.bars, dtype=np.float32)
        return (columns[None, :] - self.first[:, None].astype(np.float32)) * np.float32(self.bar_hours)

    def alive(self) -> NDArray[np.bool_]:
        """Return which bars lie in a series' life."""
        columns = np.arange(self.bars)
        return (columns >= self.first[:, None]) & (columns < self.last[:, None])

    def known_dead(self) -> Ints:
        """Return from which bar on it is known of a bar that its line was not used for ``rest`` bars, series by bars.

        ``bars`` where it was used again before, or may yet be.
        """
        known = np.full(self.values.shape, self.bars, dtype=np.int32)
        if self.rest:
            alive = self.alive()
            for row, last in zip(*np.nonzero(alive[:, :-1] & ~alive[:, 1:]), strict=True):
                known[row, max(last + 1 - self.rest, 0) : last + 1] = last + 1
        return known

    def since_deploy(self) -> Floats:
        """Return hours since the app's last marker, series by bars; ``FAR`` where there was none."""
        hours = np.full(self.values.shape, FAR, dtype=np.float32)
        columns = np.arange(self.bars)
        for app in np.unique(self.apps[np.isin(self.apps, list(self.deploys))]):
            marks = np.concatenate([[-1], self.deploys[app]])
            latest = marks[np.searchsorted(self.deploys[app], columns, side="right")]
            hours[self.apps == app] = np.where(latest < 0, FAR, (columns - latest) * self.bar_hours)
        return hours


def panel(series: pd.DataFrame, markers: pd.DataFrame | None = None, *, bar: str | pd.Timedelta = "auto") -> Panel:
    """Return a long table (``series_id``, ``ts``, ``value`` and optional columns) as a panel.

    Bars missing inside a series' life are 0; values within one bar are added.

    Raises:
        ValueError: a column is missing, or the table is empty.

    """
    missing = {"series_id", "ts", "value"} - set(series.columns)
    if missing:
        raise ValueError(f"a long table needs series_id, ts and value; missing: {', '.join(sorted(missing))}")
    if series.empty:
        raise ValueError("the table has no rows")
    moments = utc(series["ts"])
    width = bar_of(series["series_id"], moments) if isinstance(bar, str) and bar == "auto" else pd.Timedelta(bar)
    start = moments.min().floor(width)
    columns = ((moments - start) // width).to_numpy()
    codes, ids = named(series["series_id"])
    width_in_bars = int(columns.max()) + 1
    amounts = np.nan_to_num(series["value"].to_numpy(dtype=float))
    summed = np.bincount(codes * width_in_bars + columns, weights=amounts, minlength=len(ids) * width_in_bars)
    values = summed.reshape(len(ids), width_in_bars).astype(np.float32)
    edges = pd.Series(columns).groupby(codes)
    return Panel(
        ids=np.asarray(ids, dtype=object),
        apps=_per_series(series, "app_id", codes, ids),
        line_types=_per_series(series, "line_type", codes, np.full(len(ids), "other", dtype=object)),
        start=start,
        bar=width,
        values=values,
        first=edges.min().to_numpy(),
        last=edges.max().to_numpy() + 1,
        declared=_per_series(series, "declared", codes, np.full(len(ids), np.nan)).astype(float),
        deploys=deploy_bars(markers, start, width),
    )


def utc(moments: pd.Series) -> pd.Series:
    """Return moments in UTC at one resolution; naive ones are taken as UTC."""
    return pd.to_datetime(moments, utc=True).astype("datetime64[us, UTC]")


def bar_of(series: pd.Series, moments: pd.Series) -> pd.Timedelta:
    """Return the usual distance of two rows of one series, as a bar that people use."""
    codes = pd.factorize(series)[0]
    seconds = moments.to_numpy(dtype="datetime64[s]").astype(np.int64)
    order = np.lexsort((seconds, codes))
    steps = np.diff(seconds[order])[np.diff(codes[order]) == 0]
    if not (steps > 0).any():
        return HOUR
    usual = float(np.median(steps[steps > 0]))
    return min(BARS, key=lambda bar: abs(np.log(bar.total_seconds() / usual)))


def deploy_bars(markers: pd.DataFrame | None, start: pd.Timestamp, bar: pd.Timedelta) -> dict[str, Ints]:
    """Return per app the bars of its deploys and scalings, in order."""
    if markers is None or markers.empty:
        return {}
    named = markers["app_id"] if "app_id" in markers else markers["series_id"]
    changes = markers["kind"].isin(["deploy", "scale"]).to_numpy()
    columns = ((utc(markers["ts"]) - start) // bar)[changes]
    columns = columns[columns >= 0]
    return {str(app): np.sort(bars.to_numpy(dtype=np.int64)) for app, bars in columns.groupby(named.astype(str))}


def _per_series(series: pd.DataFrame, column: str, codes: Ints, default: Any) -> NDArray[Any]:
    """Return a column's first known value per series; the default where the table has none."""
    chosen = np.asarray(default, dtype=object).copy()
    if column in series:
        known = np.flatnonzero(series[column].notna().to_numpy())
        found, first = np.unique(codes[known], return_index=True)
        chosen[found] = series[column].iloc[known[first]].to_numpy(dtype=object)
    return chosen


def named(ids: pd.Series) -> tuple[Ints, NDArray[np.object_]]:
    """Return a number per row and the ids in order; ids that no row has are left out."""
    if isinstance(ids.dtype, pd.CategoricalDtype):
        used, numbers = np.unique(ids.cat.codes.to_numpy(), return_inverse=True)
        names = ids.cat.categories.astype(str).to_numpy(dtype=object)[used]
        order = np.argsort(names)
        return np.argsort(order)[numbers], names[order]
    codes, names = pd.factorize(ids.astype(str), sort=True)
    return codes, np.asarray(names, dtype=object)
