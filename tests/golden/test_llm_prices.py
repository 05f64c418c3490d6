"""Published totals of real LLM usage, through the door and the rating, to the last digit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from jobs.golden_prices import golden_costs
from jobs.rating import sync_and_rate
from metering.decode import decode_events
from metering.door import admit, history_terms


def test_every_golden_usage_is_priced_exactly(store, data: Path) -> None:
    folder = data / "prices"
    costs = golden_costs(store, folder / "llm_price_golden.csv.gz", folder / "genai_prices_data.json.gz")
    assert [cost for cost in costs if not cost.is_exact] == []
    assert len(costs) == 1539


# The sums of the two traces as one aggregated usage each; no call of either is long enough for a tier.
@pytest.mark.parametrize(
    ("provider", "model", "time", "buckets", "total"),
    [
        (
            "openai",
            "gpt-4o",
            "2023-11-16T18:30:00Z",
            {"input_tokens": 22_361_870, "output_tokens": 4_088_665},
            "96.791325",
        ),
        (
            "anthropic",
            "claude-sonnet-4-5",
            "2026-01-05T00:30:00Z",
            {
                "input_tokens": 144_793_823 - 54_098_411,
                "cache_read_tokens": 54_098_411,
                "output_tokens": 4_122_048,
            },
            "350.1464793",
        ),
    ],
)
def test_the_package_s_prices_give_the_traces_totals(
    store, provider: str, model: str, time: str, buckets: dict[str, int], total: str
) -> None:
    event = {
        "source": "trace",
        "event_id": "all",
        "time": time,
        "resource_id": "all",
        "provider": provider,
        "model": model,
        "call_input_tokens": 1,
        "quantities": {"requests": 1, **buckets},
    }
    for name, staged in decode_events([event]).items():
        assert admit(store, name, staged, history_terms("test")).quarantined == 0
    sync_and_rate(store)
    [row] = store.rows("SELECT sum(list_cost) AS list_cost, sum(billed_cost) AS billed_cost FROM charges")
    assert row == {"list_cost": Decimal(total), "billed_cost": Decimal(total)}
