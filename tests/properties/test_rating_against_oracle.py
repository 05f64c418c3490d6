"""The strongest test: what the engine charges is what plain Python decimals charge, to the last digit."""

from __future__ import annotations

from hypothesis import given, settings

from tests.properties.engine import comparable, emptied, rated, record_all, send
from tests.properties.oracle import charges_of, judge
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store


@given(platform=platforms(most=60, any_rules=True))
@settings(max_examples=12)
def test_engine_and_oracle_agree(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    receipts = send(store, platform.sent)
    outcome = judge(platform.sent)

    assert sum(receipt.received for receipt in receipts) == outcome.received
    assert sum(receipt.accepted for receipt in receipts) == len(outcome.facts)
    assert sum(receipt.duplicates for receipt in receipts) == outcome.duplicates
    assert comparable(rated(store)) == comparable(charges_of(outcome.facts, platform.histories))
