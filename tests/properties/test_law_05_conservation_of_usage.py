"""Law 5: the quantity over charges is that over accepted events, per meter, whatever is re-owned or re-priced."""

from __future__ import annotations

from collections import Counter
from decimal import localcontext

from hypothesis import given, settings

from jobs.doctor import checks, is_broken
from jobs.rate import dirty_days, rate
from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.oracle import EXACT, judge
from tests.properties.platforms import Platform, histories, platforms
from warehouse.connect import Store
from warehouse.histories import HISTORIES


@given(platform=platforms(), later=histories())
@settings(max_examples=3)
def test_every_accepted_quantity_is_charged_once(reused_store: Store, platform: Platform, later: dict) -> None:
    store = emptied(reused_store)
    send(store, platform.sent)
    accepted: Counter[str] = Counter()
    with localcontext(EXACT):
        for fact in judge(platform.sent).facts:
            accepted[fact.get("meter", "platform_cost")] += fact.get("quantity", 0)
    rate(store)
    assert charged(store) == accepted
    record_all(store, platform.histories)
    rate(store)
    assert charged(store) == accepted

    # Everything is withdrawn and said anew: the days that change are found by themselves.
    for name in later:
        store.command(f"TRUNCATE TABLE {HISTORIES[name].records}")
    record_all(store, later)
    incremental = rated(store)
    assert dirty_days(store) == []
    assert charged(store) == accepted
    assert not is_broken(checks(store))
    rate(store, again=True)
    assert rated(store) == incremental, "a day that should have been dirty was not"


def charged(store: Store) -> Counter[str]:
    rows = store.rows("SELECT meter, sum(consumed_quantity) AS quantity FROM charges GROUP BY meter")
    return Counter({row["meter"]: row["quantity"] for row in rows})
