"""Law 6: the sum of charges is the rated usage and the platform costs, per currency, credits included."""

from __future__ import annotations

from collections import Counter
from decimal import localcontext

from hypothesis import given, settings

from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.oracle import EXACT, charges_of, judge
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store

COSTS = ("list_cost", "effective_cost", "billed_cost")


@given(platform=platforms())
@settings(max_examples=5)
def test_charges_are_rated_usage_and_platform_costs(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    rated(store)
    facts = judge(platform.sent).facts
    expected: Counter[tuple[str, str]] = Counter()
    with localcontext(EXACT):
        for fact in facts:
            if fact["kind"] == "platform_cost":
                for cost in COSTS:
                    expected[fact["currency"], cost] += fact[cost]
        for charge in charges_of([fact for fact in facts if fact["kind"] == "usage"], platform.histories):
            for cost in COSTS:
                expected["USD", cost] += charge[cost] or 0
    got: Counter[tuple[str, str]] = Counter()
    for row in store.rows(
        "SELECT billing_currency, sum(list_cost) AS list_cost, sum(effective_cost) AS effective_cost, "
        "sum(billed_cost) AS billed_cost FROM charges GROUP BY billing_currency"
    ):
        for cost in COSTS:
            got[row["billing_currency"], cost] = row[cost] or 0
    assert {key: value for key, value in got.items() if value} == {
        key: value for key, value in expected.items() if value
    }
