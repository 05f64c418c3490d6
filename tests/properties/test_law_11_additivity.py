"""Law 11: the charges of parts add up to the charges of the whole, split by time, by app or by batch."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.rate import rate
from tests.properties.engine import charges, emptied, rated, record_all, send
from tests.properties.oracle import EXACT, Sent
from tests.properties.platforms import DAYS, FIRST_DAY, Platform, platforms
from warehouse.connect import Store

COSTS = ("list_cost", "effective_cost", "billed_cost")
# A charge cuts three costs at the 21st decimal, the last after a markup that may double what the first ones lost.
CUT = Decimal("5e-21")


@given(platform=platforms(repeats=False), apart=st.sampled_from(("app_id", "batch")), bits=st.integers(0, 2**24 - 1))
@settings(max_examples=4)
def test_parts_add_up_to_the_whole(reused_store: Store, platform: Platform, apart: str, bits: int) -> None:
    def part_of(number: int, item: Sent) -> bool:
        one = sum(map(ord, item.event.get("app_id", ""))) if apart == "app_id" else number
        return bool(bits >> one % 24 & 1)

    one = [item for number, item in enumerate(platform.sent) if part_of(number, item)]
    other = [item for number, item in enumerate(platform.sent) if not part_of(number, item)]
    parts = [total(reused_store, platform, some) for some in (one, other)]
    whole, rows = total(reused_store, platform, platform.sent), len(charges(reused_store))
    with localcontext(EXACT):
        for key in {*whole, *parts[0], *parts[1]}:
            difference = abs(whole[key] - parts[0][key] - parts[1][key])
            assert difference <= (rows * CUT if key[1] in COSTS else 0), (key, difference)


@given(platform=platforms())
@settings(max_examples=5)
def test_days_rated_one_by_one_are_the_days_rated_together(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    for number in (1, 0, 2):
        day = (FIRST_DAY + timedelta(days=number)).date()
        rate(store, start=day, end=day + timedelta(days=1))
    apart = charges(store)
    assert rate(store) == [], f"all {DAYS} days are rated"
    rate(store, again=True)
    assert charges(store) == apart


def total(reused_store: Store, platform: Platform, sent: list[Sent]) -> Counter:
    """Cost, quantity and events by hour and app; batches of one hour and app are what a split by batch parts."""
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, sent)
    found: Counter = Counter()
    with localcontext(EXACT):
        for row in rated(store):
            group = row["charge_period_start"], row["app_id"], row["meter"], row["billing_currency"]
            for name in (*COSTS, "consumed_quantity", "event_count"):
                found[group, name] += Decimal(row[name] or 0)
    return found
