"""Charges by day are the charges by hour, summed: nothing is lost, added or moved, whatever was rated."""

from __future__ import annotations

from hypothesis import given, settings

from jobs.rate import rate
from queries.conservation import conservation
from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store
from warehouse.tables import SCHEMAS, table

SUMMED = ("consumed_quantity", "list_cost", "effective_cost", "billed_cost", "event_count", "event_digest")
FINE = ("charge_period_start", "charge_period_end", "resource_id")
KEYS = [name for name in SCHEMAS["charges"] if name not in (*SUMMED, *FINE)]
LEDGER = ("batches", "usage", "lifecycle", "request_traces", "alerts", "platform_costs", "charges", "daily_charges")


@given(platform=platforms())
@settings(max_examples=4)
def test_a_day_is_the_sum_of_its_hours(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    record_all(store, platform.histories)
    for some in (platform.sent[::2], platform.sent[1::2]):  # the second half makes rated days dirty again
        send(store, some)
        assert rated(store)
        assert summed(store, "daily_charges") == summed(store, "charges")
        assert {row["difference"] for row in store.rows(conservation(*map(table, LEDGER)))} == {0}
    rows, keys = "SELECT count() FROM daily_charges", f"SELECT DISTINCT {', '.join(KEYS)} FROM daily_charges"
    assert store.scalar(rows) == store.scalar(f"SELECT count() FROM ({keys})"), "one row a key"
    rate(store, again=True)
    assert summed(store, "daily_charges") == summed(store, "charges")


def summed(store: Store, name: str) -> list[dict]:
    keys = ", ".join(key for key in KEYS if key != "generation")
    sums = ", ".join(f"sum({column}) AS total_{column}" for column in SUMMED)
    return store.rows(
        f"SELECT {keys}, max(charge_period_end) AS until, {sums} FROM {name} GROUP BY ALL ORDER BY {keys}"
    )
