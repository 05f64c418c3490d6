"""Prices LLM usage whose cost is known through the whole pipeline, and says where the answer differs.

The golden file holds real API usage with the cost that genai-prices computes for it. Each row goes through the door as
an event, meets the prices of the given list and is rated; nothing is shortened for the check.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from billing.price_book import sync
from billing.price_sources.genai import read_genai
from billing.price_sources.json_file import read_text
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store

GOLDEN_TIME = "2025-11-06T12:00:00Z"  # what the expected costs were computed for


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenCost:
    """One row: the cost that was expected and the one that was rated, in USD."""

    row: int
    provider: str
    model: str
    input_expected: Decimal
    input_rated: Decimal
    output_expected: Decimal
    output_rated: Decimal

    @property
    def is_exact(self) -> bool:
        return self.input_rated == self.input_expected and self.output_rated == self.output_expected


def golden_costs(store: Store, golden: Path, data: Path) -> list[GoldenCost]:
    """Rate the text-only usages of ``golden`` in an empty store with the prices of ``data``.

    Raises:
        ValueError: the store is not empty, a file is not of its shape, or the door did not take every row.

    """
    if store.scalar("SELECT count() FROM batch_states"):
        raise ValueError(f"{store.location} holds events; golden prices are checked in an empty store")
    rows = [(number, row) for number, row in enumerate(_rows(golden), start=2) if row["text_only"] == "1"]
    for event_type, staged in decode_events(_event(number, row) for number, row in rows).items():
        receipt = admit(store, event_type, staged, history_terms("golden"))
        if receipt.accepted != receipt.received:
            raise ValueError(f"{golden}: the door took {receipt.accepted} of {receipt.received} usage rows")
    sync(store, listed=read_genai(data))
    rate(store)
    return list(_costs(store, rows))


def _rows(golden: Path) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(read_text(golden).splitlines())
    wanted = {"provider_id", "model", "usage_json", "text_only", "input_price_usd", "output_price_usd"}
    if missing := sorted(wanted - set(reader.fieldnames or ())):
        raise ValueError(f"{golden}: has no column {', '.join(missing)}")
    return reader


def _event(number: int, row: dict[str, str]) -> dict[str, Any]:
    usage = json.loads(row["usage_json"])
    read, written = usage.get("cache_read_tokens", 0), usage.get("cache_write_tokens", 0)
    return {
        "type": "usage",
        "source": "golden",
        "event_id": f"golden-{number}",
        "time": GOLDEN_TIME,
        "resource_id": f"golden-{number}",
        "provider": row["provider_id"],
        "model": row["model"],
        # The file's input includes what was cached; our meters are disjoint. Its output includes reasoning, as ours.
        "quantities": {
            "requests": 1,
            "input_tokens": usage["input_tokens"] - read - written,
            "cache_read_tokens": read,
            "cache_write_tokens": written,
            "output_tokens": usage.get("output_tokens", 0),
        },
    }


def _costs(store: Store, rows: list[tuple[int, dict[str, str]]]) -> Iterator[GoldenCost]:
    rated = {
        row["resource_id"]: row
        for row in store.rows(
            "SELECT resource_id, sumIf(list_cost, meter != 'output_tokens') AS input, "
            "sumIf(list_cost, meter = 'output_tokens') AS output, countIf(pricing_status = 'unpriced') AS unpriced "
            "FROM charges GROUP BY resource_id"
        )
    }
    for number, row in rows:
        found = rated[f"golden-{number}"]
        missing = Decimal("NaN") if found["unpriced"] else Decimal(0)  # unpriced usage equals nothing
        yield GoldenCost(
            row=number,
            provider=row["provider_id"],
            model=row["model"],
            input_expected=Decimal(row["input_price_usd"]),
            input_rated=(found["input"] or Decimal(0)) + missing,
            output_expected=Decimal(row["output_price_usd"]),
            output_rated=(found["output"] or Decimal(0)) + missing,
        )
