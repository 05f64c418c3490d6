"""Trace: what only looks like an invoice, a month or a charge is something else, or nothing; never a crash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from tests.sample_platform import _call
from warehouse.histories import record


@pytest.mark.parametrize(
    "text",
    [
        "FA-2026-13-0001", "zzz/9999-99", "cc-growth/0000-01", "FA-9999-12-0001",
        "0001-01-01T00|a|b", "9999-12-31T23|a|b",
    ],
)  # fmt: skip
def test_what_names_nothing_is_said_whatever_it_looks_like(open_page, platform, text: str) -> None:
    app = open_page("trace", id=text)
    assert not app.exception
    assert not app.error
    assert "that you may see" in " ".join(element.value for element in app.info)


def test_an_event_may_be_called_like_an_invoice(open_page, store) -> None:
    at = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    price = {
        "sku_id": "input_tokens/openai/gpt-4o", "sku_price_id": "in", "list_unit_price": Decimal("2.5"),
        "pricing_block": 1_000_000, "pricing_unit": "Tokens", "tier_starts": [], "tier_unit_prices": [],
    }  # fmt: skip
    record(store, "prices", [price], by="test")
    call = _call(at, "ranker-lab", "gpt-4o", 1_000_000) | {"source": "run"}
    calls = [call | {"event_id": name} for name in ("2026-47", "FA-2026-13-0002")]
    for name, staged in decode_events(calls).items():
        admit(store, name, staged, history_terms("test"))
    rate(store)
    for text in ("run/2026-47", "FA-2026-13-0002"):
        app = open_page("trace", id=text)
        assert not app.exception
        assert f"Event {text}" in [element.value.replace("\\", "") for element in app.subheader]
