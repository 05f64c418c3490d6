"""Law 3: event order and batch borders do not change a cent, nor a digest."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.rate import rate
from tests.properties.engine import charges, emptied, rated, record_all, send
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store


@given(platform=platforms(repeats=False), batch=st.integers(5, 30), chance=st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_any_order_and_any_batching_charge_the_same(
    reused_store: Store, platform: Platform, batch: int, chance
) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    first = rated(store)

    store = emptied(reused_store)
    shuffled = list(platform.sent)
    chance.shuffle(shuffled)
    # Some before the histories are known and rated at once, the rest late.
    early = len(shuffled) // 2
    send(store, shuffled[:early], batch=batch)
    rate(store)
    record_all(store, platform.histories)
    send(store, shuffled[early:], batch=batch)
    assert rated(store) == first
    rate(store, again=True)
    assert charges(store) == first
