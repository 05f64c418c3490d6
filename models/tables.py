"""Tables from outside, as the models may trust them; what is wrong is named with its column, row, value and remedy.

Rows are counted from 1. A value that is missing is no measurement: it is allowed, a wrong one is not.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.panel import utc

NEEDED = ("series_id", "ts", "value")
READ = (*NEEDED, "app_id", "line_type", "declared")
MARKED = ("app_id", "ts", "kind")
LARGEST = 1e15  # in the values' unit, of a line
LONGEST_BREAK = pd.Timedelta(days=366)


def checked_series(series: pd.DataFrame) -> pd.DataFrame:
    """Return a long table with its moments in UTC and its values as floats; Decimal and numeric text will do.

    Raises:
        ValueError: a column is missing or there twice, there are no rows, a series has no name, ``ts`` is no moment or
            ``value`` no finite number.

    """
    if missing := [name for name in NEEDED if name not in series]:
        raise ValueError(
            f"a long table needs series_id, ts and value; it has no {', '.join(missing)}, but "
            f"{', '.join(map(str, series.columns)) or 'no column'}"
        )
    _refuse_twice(series, READ)
    if series.empty:
        raise ValueError("the table has no rows: there is nothing to score")
    nameless = series["series_id"].isna() | (series["series_id"].astype(str) == "")
    _refuse(nameless, series, "series_id", "name its series, or leave the row out")
    return series.assign(ts=_moments(series), value=_numbers(series, "value"))


def checked_lines(series: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table that holds lines of apps, whose costs and declarations are amounts.

    Raises:
        ValueError: an amount is negative or beyond reason, or nothing at all has a row for more than a year.

    """
    value = series["value"]
    _refuse(value < 0, series, "value", "what lines of apps cost is not negative: leave credits out")
    _refuse(value > LARGEST, series, "value", f"more than {LARGEST:.0e} is no cost: choose a larger unit")
    if "declared" in series:
        series = series.assign(declared=_numbers(series, "declared"))
        _refuse(series["declared"] < 0, series, "declared", "what is announced is not negative: leave it empty")
    order = np.argsort(series["ts"].to_numpy(), kind="stable")
    moments = series["ts"].iloc[order]
    breaks = moments.diff().to_numpy() > LONGEST_BREAK.to_numpy()
    if breaks.any():
        at = int(breaks.argmax())
        raise ValueError(
            f"nothing has a row between {moments.iloc[at - 1]:%Y-%m-%d} (row {order[at - 1] + 1}) and "
            f"{moments.iloc[at]:%Y-%m-%d} (row {order[at] + 1}), for more than a year: "
            "mend the date that is wrong, or score the parts each by itself"
        )
    return series


def checked_markers(markers: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return what happened to apps with its moments in UTC; None for nothing.

    Raises:
        ValueError: a column is missing or there twice, an app has no name or ``ts`` is no moment.

    """
    if markers is None or markers.empty:
        return None
    if missing := [name for name in MARKED if name not in markers]:
        raise ValueError(
            f"markers need app_id, ts and kind; there is no {', '.join(missing)}, but "
            f"{', '.join(map(str, markers.columns))}"
        )
    _refuse_twice(markers, MARKED)
    _refuse(markers["app_id"].isna(), markers, "app_id", "name its app, or leave the marker out")
    return markers.assign(ts=_moments(markers))


def _moments(table: pd.DataFrame) -> pd.Series:
    said = table["ts"]
    remedy = "write moments like 2026-01-05T08:00:00Z"
    if pd.api.types.is_numeric_dtype(said):
        _refuse(pd.Series(True, index=said.index), table, "ts", f"a number says no moment: {remedy}")
    if isinstance(said.dtype, pd.PeriodDtype):
        raise ValueError(
            f"ts is of type {said.dtype}, a span and no moment: convert it with .dt.to_timestamp(), or {remedy}"
        )
    if pd.api.types.is_timedelta64_dtype(said):
        raise ValueError(f"ts is of type {said.dtype}, a length of time and no moment: {remedy}")
    if isinstance(said.dtype, pd.DatetimeTZDtype) or pd.api.types.is_datetime64_dtype(said):
        moments = utc(said)
    else:
        numbers = said.map(lambda one: isinstance(one, int | float) and not pd.isna(one))
        read = pd.to_datetime(said.where(~numbers), utc=True, errors="coerce", format="ISO8601")
        moments = read.astype("datetime64[us, UTC]")
    _refuse(moments.isna(), table, "ts", remedy)
    return moments


def _numbers(table: pd.DataFrame, column: str) -> pd.Series:
    said = table[column]
    if pd.api.types.is_datetime64_any_dtype(said) or said.dtype.kind in "mc" or isinstance(said.dtype, pd.PeriodDtype):
        raise ValueError(f"{column} is of type {said.dtype}, which is no number: write numbers like 12.5")
    read = pd.to_numeric(said, errors="coerce").astype(float)
    _refuse(read.isna() & said.notna(), table, column, "write a number like 12.5, or leave it empty")
    _refuse(np.isinf(read), table, column, "only finite numbers can be judged: leave it empty")
    return read


def _refuse_twice(table: pd.DataFrame, names: tuple[str, ...]) -> None:
    """Refuse a table in which one of these columns is there more than once: which is meant?"""
    columns = list(table.columns.get_level_values(0))
    for name in names:
        if (count := columns.count(name)) > 1:
            raise ValueError(f"the table has {count} columns named {name}: rename or leave out all but one")
        if name in columns and isinstance(table[name], pd.DataFrame):
            raise ValueError(f"column {name} has a name of several levels: give each column one name")


def _refuse(wrong: pd.Series, table: pd.DataFrame, column: str, remedy: str) -> None:
    """Refuse a table by the first of its wrong rows."""
    rows = np.flatnonzero(wrong.to_numpy(dtype=bool))
    if not len(rows):
        return
    row = int(rows[0])
    said = table[column].iloc[row]
    of = f" (series {table['series_id'].iloc[row]})" if "series_id" in table and column != "series_id" else ""
    more = f", and {len(rows) - 1:,} more" if len(rows) > 1 else ""
    told = "empty" if pd.isna(said) or said == "" else repr(said) if isinstance(said, str) else f"{said}"
    raise ValueError(f"{column} in row {row + 1:,}{of} is {told}{more}: {remedy}")
