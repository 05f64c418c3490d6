"""An app that lives thirty seconds is billed to the second, with its lease, after its death."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from jobs.rate import rate
from tests.api.conftest import event
from tests.api.test_events_api import told
from warehouse.histories import record


def test_thirty_seconds_are_thirty_seconds(anybody, key, store) -> None:
    price = {"sku_id": "instance_seconds/p5/us-east-1", "sku_price_id": "p", "list_unit_price": Decimal("98.32"),
             "tier_starts": [], "tier_unit_prices": [], "pricing_block": 3600, "pricing_unit": "Hours"}  # fmt: skip
    record(store, "prices", [price], by="test")
    giver = anybody.signed(key("platform", scopes=["leases"]))
    lease = giver.post("/v1/leases", json={"resource_id": "tiny-1", "app_id": "search", "seconds": 60}).json()
    # As if an hour had passed: it lived for thirty seconds, reported nothing, and its container is gone.
    row = store.rows("SELECT * FROM lease_records")[0]
    shift = row["valid_from"] - timedelta(hours=1)
    store.command("TRUNCATE TABLE lease_records")
    store.insert_rows("lease_records", [{**row, "valid_from": shift, "valid_to": shift + timedelta(seconds=30)}])
    anybody.app.state.intake.keyring.forget()
    anybody.app.state.intake.keyring.refresh()

    # An hour later what it had written down is delivered with its own token.
    dead = anybody.signed(lease["token"])
    at = {"resource_id": "tiny-1", "lease_id": lease["lease_id"], "instance_type": "p5", "region": "us-east-1"}
    second = [
        event(meter="instance_seconds", quantity="1", time=(shift + timedelta(seconds=n)).isoformat(), **at)
        for n in range(30)
    ]
    after = event(meter="instance_seconds", quantity="1", time=(shift + timedelta(seconds=30)).isoformat(), **at)
    (result,) = told(dead.take(*second, after), 30, 0, 0, 1)
    assert (result["index"], result["reason"]) == (30, "outside_lease")
    told(dead.take(*second), 0, 30, 0, 0)

    rate(store)
    (charge,) = store.rows(
        "SELECT app_id, team_id, cost_center, attribution_rule, sum(consumed_quantity) AS seconds, "
        "sum(list_cost) AS cost FROM charges GROUP BY ALL"
    )
    assert (charge["app_id"], charge["team_id"], charge["cost_center"]) == ("search", "blue", "cc-blue")
    assert charge["attribution_rule"] == "lease"
    assert charge["seconds"] == 30
    assert abs(charge["cost"] - 30 * Decimal("98.32") / 3600) < Decimal("1e-15")
