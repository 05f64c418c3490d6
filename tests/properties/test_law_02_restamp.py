"""Law 2: a retry with another time stamp changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.rate import rate
from tests.properties.engine import charges, emptied, rated, record_all, send
from tests.properties.platforms import INSTANTS, Platform, platforms, stamp
from warehouse.connect import Store


@given(platform=platforms(repeats=False), at=st.sampled_from(INSTANTS))
@settings(max_examples=5)
def test_a_later_stamp_is_the_same_event(reused_store: Store, platform: Platform, at) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    first = rated(store)

    sound = [item for item in platform.sent if not item.reason]
    # The end of a cost's period is payload, its start is its time.
    retries = [
        replace(item, event=item.event | ({"time": stamp(at)} if item.kind == "usage" else earlier(item.event)))
        for item in sound
    ]
    receipts = send(store, retries)

    assert sum(receipt.duplicates for receipt in receipts) == sum(receipt.received for receipt in receipts)
    assert rate(store) == []
    assert charges(store) == first


def earlier(event: dict) -> dict:
    return {"period_start": "2025-12-31T23:59:59.999Z"}
