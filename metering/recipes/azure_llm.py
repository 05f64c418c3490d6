"""Azure LLM inference trace 2023 (CC-BY-4.0, Microsoft): one row per call, without app or model.

The trace names no app: 200 apps share the calls by a Zipf(1.1) law, drawn from the row number so that every replay
draws alike. All calls are taken as ``openai/gpt-4o``. Both are assumptions; times and token counts are real.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from metering.recipes.calls import instants, staged_calls
from metering.recipes.files import parquet_tables
from metering.recipes.owners import registered
from metering.recipes.recipe import Batch, Recipe, dataset_name, event_id

APPS = 200
_COLUMNS = ("ts_utc", "context_tokens", "generated_tokens")
_METERS = ("requests", "input_tokens", "output_tokens")


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the calls of one trace file."""
    (path,) = paths
    dataset, first = dataset_name("azure-llm", path), 0
    for table, fraction in parquet_tables(path, _COLUMNS):
        trace = table.to_pandas()
        rows = np.arange(first, first + len(trace))
        first += len(trace)
        calls = pd.DataFrame(
            {
                "event_id": [event_id(dataset, row) for row in rows],
                "time": instants(trace["ts_utc"]),
                "app_id": [f"az-{number:03d}" for number in zipf_apps(rows)],
                "provider": "openai",
                "model": "gpt-4o",
                "call_input_tokens": trace["context_tokens"].astype(str),
                "is_estimated": "false",
                "requests": "1",
                "input_tokens": trace["context_tokens"].astype(str),
                "output_tokens": trace["generated_tokens"].astype(str),
            }
        )
        for held, staged in staged_calls("azure-llm", calls, _METERS):
            histories = registered(held["app_id"], is_leased=True)
            yield Batch(event_type="usage", staged=staged, histories=histories, fraction=fraction)


def zipf_apps(rows: np.ndarray) -> np.ndarray:
    """Return the app number of each row: a golden-ratio walk over the row numbers through a Zipf(1.1) law."""
    weights = np.arange(1, APPS + 1, dtype=np.float64) ** -1.1
    cumulative = np.cumsum(weights) / weights.sum()
    uniform = (rows.astype(np.uint64) * np.uint64(2654435761) % np.uint64(2**32)) / 2**32
    return np.minimum(np.searchsorted(cumulative, uniform, side="right"), APPS - 1)


RECIPE = Recipe(
    name="azure-llm",
    description="Azure LLM inference trace 2023: one row per call, as openai/gpt-4o, over 200 apps",
    files="a Parquet file with ts_utc, context_tokens, generated_tokens",
    read=read,
)
