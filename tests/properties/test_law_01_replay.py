"""Law 1: ingesting anything twice, in any order, in any batching, changes nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.rate import rate
from tests.properties.engine import charges, emptied, rated, record_all, send
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store

BAD = "SELECT event_type, event_id, reason, raw FROM quarantine ORDER BY ALL"


@given(platform=platforms(), batch=st.integers(1, 30), chance=st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_replay_changes_nothing(reused_store: Store, platform: Platform, batch: int, chance) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    first, facts = rated(store), stored(store)
    quarantined = store.rows(BAD)

    again = list(platform.sent)
    chance.shuffle(again)
    receipts = send(store, again, batch=max(batch, 8))

    assert sum(receipt.accepted for receipt in receipts) == 0
    assert rate(store) == [], "a replay made a day dirty"
    assert charges(store) == first
    assert stored(store) == facts
    assert store.rows(BAD) == quarantined


def stored(store: Store) -> list[dict]:
    usage = store.rows("SELECT source, event_id, meter, time, quantity FROM usage_events ORDER BY ALL")
    return usage + store.rows("SELECT source, event_id, time, list_cost FROM platform_cost_events ORDER BY ALL")
