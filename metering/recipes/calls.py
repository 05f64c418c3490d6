"""LLM calls in columns to staged usage: one row per meter, one event per call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from metering.recipes.owners import endpoint_of, lease_of
from metering.recipes.recipe import BATCH_ROWS

CALL_COLUMNS = ("event_id", "time", "app_id", "provider", "model", "call_input_tokens", "is_estimated")


def staged_calls(source: str, calls: pd.DataFrame, meters: Sequence[str]) -> Iterator[tuple[pd.DataFrame, pa.Table]]:
    """Give calls as staged tables of bounded size, each with the calls it holds.

    ``calls`` has ``CALL_COLUMNS`` as text and a column of text per meter; a meter that counted nothing is no row.
    """
    step = BATCH_ROWS // len(meters)
    for start in range(0, len(calls), step):
        piece = calls.iloc[start : start + step]
        yield piece, pa.concat_tables([_rows(source, piece, meter) for meter in meters])


def instants(times: pd.Series) -> list[str]:
    """Return UTC instants as text, to the microsecond."""
    stamps = pa.array(times, pa.timestamp("us", "UTC"), from_pandas=True)
    return pc.strftime(stamps, format="%Y-%m-%dT%H:%M:%SZ").to_pylist()


def _rows(source: str, calls: pd.DataFrame, meter: str) -> pa.Table:
    counted = calls[~calls[meter].isin(["0", ""])]
    ids = counted["app_id"].tolist()
    columns = {name: pa.array(counted[name].tolist(), pa.string()) for name in CALL_COLUMNS}
    return pa.table(
        {
            **columns,
            "source": _constant(source, len(counted)),
            "meter": _constant(meter, len(counted)),
            "quantity": pa.array(counted[meter].tolist(), pa.string()),
            "resource_id": pa.array([endpoint_of(app_id) for app_id in ids], pa.string()),
            "lease_id": pa.array([lease_of(app_id) for app_id in ids], pa.string()),
        }
    )


def _constant(value: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), rows)
