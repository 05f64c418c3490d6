"""Mooncake conversation trace (Apache-2.0, FAST 2025): one row per call, with the prefix it shares.

A conversation (``prefix_key``) belongs to one of 150 apps, and all calls are taken as ``anthropic/claude-sonnet-4-5``
from 2026-01-05 on: assumptions. Token counts, order and the shared prefixes are real; ``cached_input_tokens_ub`` is
what an unbounded cache would have read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from metering.recipes.calls import instants, staged_calls
from metering.recipes.files import parquet_tables
from metering.recipes.owners import registered
from metering.recipes.recipe import Batch, Recipe, dataset_name, event_id

APPS = 150
START = pd.Timestamp("2026-01-05T00:00:00Z")
_COLUMNS = ("ts_ms", "input_tokens", "output_tokens", "cached_input_tokens_ub", "prefix_key")
_METERS = ("requests", "input_tokens", "cache_read_tokens", "output_tokens")


def read(paths: tuple[Path, ...]) -> Iterator[Batch]:
    """Give the calls of one trace file."""
    (path,) = paths
    dataset, first = dataset_name("mooncake", path), 0
    for table, fraction in parquet_tables(path, _COLUMNS):
        trace = table.to_pandas()
        rows = range(first, first + len(trace))
        first += len(trace)
        calls = pd.DataFrame(
            {
                "event_id": [event_id(dataset, row) for row in rows],
                "time": instants(START + pd.to_timedelta(trace["ts_ms"], unit="ms")),
                "app_id": [f"mc-{number:03d}" for number in trace["prefix_key"] % APPS],
                "provider": "anthropic",
                "model": "claude-sonnet-4-5",
                "call_input_tokens": trace["input_tokens"].astype(str),
                "is_estimated": "false",
                "requests": "1",
                "input_tokens": (trace["input_tokens"] - trace["cached_input_tokens_ub"]).astype(str),
                "cache_read_tokens": trace["cached_input_tokens_ub"].astype(str),
                "output_tokens": trace["output_tokens"].astype(str),
            }
        )
        for held, staged in staged_calls("mooncake", calls, _METERS):
            histories = registered(held["app_id"], is_leased=True)
            yield Batch(event_type="usage", staged=staged, histories=histories, fraction=fraction)


RECIPE = Recipe(
    name="mooncake",
    description="Mooncake conversation trace: one row per call, as anthropic/claude-sonnet-4-5, over 150 apps",
    files="a Parquet file with ts_ms, input_tokens, output_tokens, cached_input_tokens_ub, prefix_key",
    read=read,
)
