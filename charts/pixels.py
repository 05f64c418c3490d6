"""From exact values to what a screen can draw.

Vega has floats only, and draws Arrow decimals ten to the power of their scale too large without a word. So decimals
become floats here, knowingly and last, and every builder refuses those that did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from charts.theme import NAMELESS

Data = pa.Table | pd.DataFrame


def pixels(exact: pa.Table) -> pa.Table:
    """Return the table with decimals as float64, to be drawn and never added up again."""
    fields = [
        pa.field(field.name, pa.float64()) if pa.types.is_decimal(field.type) else field for field in exact.schema
    ]
    return exact.cast(pa.schema(fields))


def drawable(data: Data, *columns: str) -> pd.DataFrame:
    """Return the named columns ready for a chart: days and instants as UTC timestamps, text as text.

    Raises:
        KeyError: a column is missing.
        TypeError: a column holds decimals.

    """
    names = list(dict.fromkeys(columns))
    present = data.column_names if isinstance(data, pa.Table) else list(data.columns)
    if missing := [name for name in names if name not in present]:
        raise KeyError(f"no column {', '.join(missing)} to draw; there are {', '.join(present)}")
    chosen = data.select(names) if isinstance(data, pa.Table) else data[names]
    _refuse_decimals(chosen)
    frame = chosen.to_pandas(date_as_object=False) if isinstance(chosen, pa.Table) else chosen.copy()
    for name in names:
        if pd.api.types.is_datetime64_any_dtype(frame[name]):
            frame[name] = _utc(frame[name])
        elif pd.api.types.is_string_dtype(frame[name]):
            frame[name] = frame[name].fillna("").astype(str).replace("", NAMELESS)
    return frame


def largest_first(frame: pd.DataFrame, series: str, value: str, last: str) -> list[str]:
    """Return the names of the series, largest in all first and ``last`` at the end: an order for colors and stacks."""
    sizes = frame.assign(_size=frame[value].abs()).groupby(series, sort=True)["_size"].sum()
    names = [str(name) for name in sizes.sort_values(ascending=False, kind="stable").index]
    return [name for name in names if name != last] + [name for name in names if name == last]


def _refuse_decimals(data: Data) -> None:
    if isinstance(data, pa.Table):
        guilty = [field.name for field in data.schema if pa.types.is_decimal(field.type)]
    else:
        guilty = [name for name in data.columns if _holds_decimals(data[name].dtype, data[name])]
    if guilty:
        raise TypeError(f"{', '.join(guilty)} holds decimals, which a chart draws wrongly: pass charts.pixels.pixels()")


def _holds_decimals(dtype: Any, values: Sequence[Any]) -> bool:
    if isinstance(dtype, pd.ArrowDtype):
        return bool(pa.types.is_decimal(dtype.pyarrow_dtype))
    return bool(pd.api.types.infer_dtype(values, skipna=True) == "decimal")


def _utc(instants: pd.Series) -> pd.Series:
    return instants.dt.tz_localize("UTC") if instants.dt.tz is None else instants.dt.tz_convert("UTC")
