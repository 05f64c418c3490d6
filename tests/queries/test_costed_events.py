"""Events carry the discount of their own moment, and add up to their charges to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jobs.rate import rate, rate_rules_of
from metering.decode import decode_events
from metering.door import admit, history_terms
from queries.costed_events import costed_events
from queries.event_sums import event_sums
from tests.queries.conftest import utc
from warehouse.histories import record
from warehouse.tables import table

TABLES = ("usage", "charges", "leases", "ownerships", "apps", "teams", "environments", "prices")
HOUR = {"start": utc(2026, 1, 5, 3), "end": utc(2026, 1, 5, 4)}


@pytest.mark.parametrize(("block", "differs"), [(10**9, False), (7, True)])
def test_events_of_a_discounted_hour(store, block: int, differs: bool) -> None:
    record(store, "apps", [{"app_id": "chat", "team_id": "search"}], by="test")
    price = {"tier_starts": [], "tier_unit_prices": [], "pricing_block": block, "list_unit_price": Decimal("0.09")}
    record(store, "prices", [price | {"sku_id": "egress_bytes/eu", "sku_price_id": "p"}], by="test")
    since = {"valid_from": utc(2026, 1, 5, 3, 30)}
    rules = [
        {"rule_id": "less", "kind": "discount", "rate": Decimal("0.6"), "app_id": "chat", **since},
        {"rule_id": "more", "kind": "markup", "rate": Decimal("0.1"), **since},
    ]
    record(store, "rate_rules", rules, by="test")
    usage = {"type": "usage", "source": "s", "resource_id": "r", "app_id": "chat", "meter": "egress_bytes"}
    events = [
        usage | {"event_id": f"e{n}", "time": f"2026-01-05T03:{n:02d}:00Z", "quantity": 1001 + n, "region": "eu"}
        for n in range(0, 60, 10)
    ]
    for name, staged in decode_events(events).items():
        assert admit(store, name, staged, history_terms("test")).quarantined == 0
    rate(store)

    options = {"rate_rules": rate_rules_of(store), **HOUR}
    rows = store.rows(costed_events(*map(table, TABLES), **options))
    assert len(rows) == len(events)
    for row in rows:
        is_ruled = row["time"] >= utc(2026, 1, 5, 3, 30)
        assert row["discount_rule_id"].startswith("less@") is row["markup_rule_id"].startswith("more@") is is_ruled
        if not differs:
            assert row["effective_cost"] == row["list_cost"] * (Decimal("0.4") if is_ruled else 1)
            assert row["billed_cost"] == row["effective_cost"] * (Decimal("1.1") if is_ruled else 1)
    [sums] = store.rows(event_sums(*map(table, TABLES), **options))
    charged = store.scalar("SELECT sum(effective_cost) FROM charges")
    assert (sums["events"], sums["of_charges"]) == (len(events), charged)
    assert sums["difference"] == sums["of_events"] - charged
    # A price for seven bytes has no end: each event is cut where the charge is cut once.
    assert (sums["difference"] != 0) is differs
    assert abs(sums["difference"]) < Decimal("1e-19")
