"""Long tables from outside as a panel in which no later row changes what the hours before it were.

A line lives while it had a row in the last day; hours without one cost 0 until then. Where it comes back later it
begins a new life, a line of its own here, so that whether it comes back says nothing of the hours before. What a life
is (its app, its type, what was declared) is what its first row says, and a bar is as long as the first steps are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.panel import BARS, DAY, HOUR, Ints, Panel, named, panel, utc

ALIVE_BARS = 7  # a line lives on for a day without a row, and never for fewer bars: daily tables have weekends
MOST_CELLS = 50_000_000  # lines by bars: 20,000 lines by the hour for a hundred days
FIRST_STEPS = 24  # that say how long a bar is


def lived(series: pd.DataFrame, markers: pd.DataFrame | None = None, *, bar: str | pd.Timedelta = "auto") -> Panel:
    """Return a long table (``series_id``, ``ts``, ``value`` and optional columns) as a panel with a line per life.

    ``ids`` repeats the series that lived more than once; its lives follow each other.

    Raises:
        ValueError: the panel would not fit in memory.

    """
    codes, names = named(series["series_id"])
    moments = utc(series["ts"])
    is_auto = isinstance(bar, str) and bar == "auto"
    width = first_bar(codes, moments) if is_auto else pd.Timedelta(bar)
    columns = ((moments - moments.min().floor(width)) // width).to_numpy()
    rest = max(round(DAY / width), ALIVE_BARS)
    order = np.lexsort((moments.to_numpy(), codes))
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (np.diff(codes[order]) != 0) | (np.diff(columns[order]) > rest + 1)
    life = np.empty(len(order), dtype=np.int64)
    life[order] = np.cumsum(begins) - 1
    born = order[begins]
    bars = int(columns.max()) + 1
    if len(born) * bars > MOST_CELLS:
        raise ValueError(
            f"{len(born):,} lines by {bars:,} bars of {width / HOUR:g} h are more than {MOST_CELLS:,} cells: "
            "score fewer series, or a shorter time, at once"
        )
    keys = pd.Categorical.from_codes(life, categories=[f"{number:09d}" for number in range(len(born))])
    rows = pd.DataFrame({"series_id": keys, "ts": moments.to_numpy(), "value": series["value"].to_numpy()})
    laid = panel(rows, markers, bar=width)
    ids = names[codes[born]]
    declared = _said(series, "declared", born, np.full(len(born), np.nan)).astype(float)
    return replace(
        laid,
        ids=ids,
        apps=_said(series, "app_id", born, ids),
        line_types=_said(series, "line_type", born, np.full(len(born), "other", dtype=object)),
        declared=np.where(declared > 0, declared, np.nan),  # nothing is no announcement
        last=np.minimum(laid.last + rest, laid.bars),
        rest=rest,
    )


def first_bar(codes: Ints, moments: pd.Series) -> pd.Timedelta:
    """Return the usual distance of two rows of one series where a table begins, as a bar that people use."""
    seconds = moments.to_numpy(dtype="datetime64[s]").astype(np.int64)
    order = np.lexsort((seconds, codes))
    steps = np.diff(seconds[order])
    is_step = (np.diff(codes[order]) == 0) & (steps > 0)
    steps, ends = steps[is_step], seconds[order][1:][is_step]
    if not len(steps):
        return HOUR
    until = np.sort(ends)[:FIRST_STEPS][-1]
    usual = usual_step(steps[ends <= until])
    return min(BARS, key=lambda bar: abs(np.log(bar.total_seconds() / usual)))


def usual_step(steps: Ints) -> float:
    """Return the step that is taken most often, the shortest of them."""
    found, counts = np.unique(steps, return_counts=True)
    return float(found[counts.argmax()])


def _said(series: pd.DataFrame, column: str, rows: Ints, default: NDArray[Any]) -> NDArray[Any]:
    """Return what some rows say in a column; the default where they say nothing."""
    if column not in series:
        return default
    said = series[column].iloc[rows].to_numpy(dtype=object)
    return np.where(pd.isna(said), default, said)
