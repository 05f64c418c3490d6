"""Law 4: an event on a boundary belongs to exactly one interval; ownership and price changes split a day exactly."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties.engine import emptied, rated, record_all, send
from tests.properties.oracle import Sent
from tests.properties.platforms import INSTANTS, intervals, stamp
from warehouse.connect import Store

Interval = tuple[datetime, datetime]


@given(owned=intervals(), leased=intervals(), registered=intervals(), priced=intervals(), lease=st.booleans())
@settings(max_examples=5)
def test_every_instant_belongs_to_one_interval(
    reused_store: Store,
    owned: list[Interval],
    leased: list[Interval],
    registered: list[Interval],
    priced: list[Interval],
    lease: bool,
) -> None:
    """The event at the i-th instant counts 2^i, so that every sum of charges tells which events are in it."""
    store = emptied(reused_store)
    record_all(
        store,
        {
            "ownerships": rows(owned, resource_id="r", app_id="a", team_id="by-owner"),
            "leases": rows(leased, lease_id="l", resource_id="r", app_id="a"),
            "apps": rows(registered, app_id="a", team_id="by-app"),
            "prices": [
                row | {"sku_price_id": f"p{number}", "list_unit_price": Decimal(number), "pricing_block": 1}
                for number, row in enumerate(
                    rows(priced, sku_id="cpu_core_seconds", tier_starts=[], tier_unit_prices=[], pricing_unit="")
                )
            ],
        },
    )
    event = {"source": "s", "resource_id": "r", "lease_id": "l" if lease else "", "meter": "cpu_core_seconds"}
    send(
        store,
        [
            Sent(event | {"event_id": f"e{bit}", "time": stamp(at), "quantity": str(2**bit)})
            for bit, at in enumerate(INSTANTS)
        ],
    )
    charged: Counter[tuple[str, str, str]] = Counter()
    for row in rated(store):
        charged[row["attribution_rule"], row["team_id"], row["sku_price_id"]] += int(row["consumed_quantity"])

    expected: Counter[tuple[str, str, str]] = Counter()
    for bit, at in enumerate(INSTANTS):
        rule = "lease" if lease and inside(leased, at) else "resource_owner" if inside(owned, at) else "default"
        by_owner = "by-owner" if rule == "resource_owner" else ""
        team = "by-app" if rule != "default" and inside(registered, at) else by_owner
        price = next((f"p{number}" for number, span in enumerate(priced) if inside([span], at)), "")
        expected[rule, team, price] += 2**bit
    assert charged == expected


def rows(spans: list[Interval], **values: object) -> list[dict[str, object]]:
    return [{**values, "valid_from": start, "valid_to": end} for start, end in spans]


def inside(spans: list[Interval], at: datetime) -> bool:
    return any(start <= at < end for start, end in spans)
