"""A cost is visible soon after its event, and an idle loop does not work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from jobs.loop import RateDirtyDays
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.histories import record

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
PRICE = {
    "sku_id": "input_tokens/openai/gpt-unheard-of",
    "sku_price_id": "in",
    "list_unit_price": "2.50",
    "tier_starts": [],
    "tier_unit_prices": [],
    "pricing_block": 1_000_000,
    "pricing_unit": "Tokens",
}


def send(store, event_id: str) -> None:
    event = {
        "type": "usage",
        "source": "gateway",
        "event_id": event_id,
        "time": AT.isoformat(),
        "resource_id": "r",
        "meter": "input_tokens",
        "quantity": 1_000_000,
        "provider": "openai",
        "model": "gpt-unheard-of",
    }
    for name, staged in decode_events([event]).items():
        admit(store, name, staged, history_terms(event_id))


def unpriced(store) -> int:
    return store.scalar("SELECT countIf(pricing_status = 'unpriced') FROM charges")


def settled(job: RateDirtyDays, store) -> list[str]:
    """What the job said until nothing was left: bringing the price book up to date is news to the next turn."""
    said = []
    while not said or said[-1] != "nothing to rate":
        said.append(job(store))
        assert len(said) < 5
    return said


def test_what_arrives_and_what_is_priced_is_rated_at_the_next_turn(store) -> None:
    job = RateDirtyDays()
    settled(job, store)
    send(store, "e-1")
    assert job(store) == "1 days rated"
    assert unpriced(store) == 1
    settled(job, store)
    record(store, "prices", [PRICE], by="test")
    assert job(store) == "1 days rated"
    assert unpriced(store) == 0
    settled(job, store)
    send(store, "e-2")
    assert job(store) == "1 days rated"
    assert store.scalar("SELECT sum(event_count) FROM charges") == 2


def test_an_idle_loop_does_not_look_for_dirty_days(store, monkeypatch) -> None:
    send(store, "e-1")
    job = RateDirtyDays()
    settled(job, store)
    settled(job, store)
    monkeypatch.setattr("jobs.loop.sync_and_rate", lambda *_, **__: 1 / 0)
    assert job(store) == "nothing to rate"
    send(store, "e-2")
    with pytest.raises(ZeroDivisionError):
        job(store)
