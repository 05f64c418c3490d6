"""Law 7: the same total whoever asks, and however it is split."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given, settings

from metrics.catalog import DIMENSIONS
from queries.daily_spend import daily_spend
from queries.spend import GRAINS, spend
from queries.total_cost import total_cost
from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.oracle import EXACT
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store
from warehouse.tables import table

COSTS = ("list_cost", "effective_cost", "billed_cost")


@given(platform=platforms(most=40))
@settings(max_examples=3)
def test_every_split_sums_to_the_total(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    send(store, platform.sent)
    rated(store)
    charges = table("charges")
    usd = {"billing_currency": ["USD"]}
    total = sums(row for row in store.rows(total_cost(charges)) if row["billing_currency"] == "USD")
    assert sums(store.rows(daily_spend(charges, where=usd))) == total
    for grain in GRAINS:
        assert sums(store.rows(spend(charges, measures=COSTS, grain=grain, where=usd))) == total, grain
    for name in DIMENSIONS:
        assert sums(store.rows(spend(charges, measures=COSTS, by=[name], where=usd))) == total, name
    raw = store.rows(
        "SELECT team_id, app_id, sum(list_cost) AS list_cost, sum(effective_cost) AS effective_cost, "
        "sum(billed_cost) AS billed_cost FROM charges WHERE billing_currency = 'USD' GROUP BY team_id, app_id"
    )
    assert sums(raw) == total


def sums(rows) -> dict[str, Decimal]:
    total = dict.fromkeys(COSTS, Decimal(0))
    with localcontext(EXACT):
        for row in rows:
            for cost in COSTS:
                total[cost] += row[cost] or 0
    return total
