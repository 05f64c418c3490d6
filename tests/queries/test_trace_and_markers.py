"""From a charge back to its events, and what happened to the app meanwhile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from config.settings import Settings
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from queries.app_lifecycle_markers import app_lifecycle_markers
from queries.spend import spend
from queries.trace_charge_events import trace_charge_events
from queries.traced import pool_names, traced
from tests.queries.conftest import charge, utc
from warehouse.connect import Store
from warehouse.histories import record, transfer
from warehouse.start import open_store
from warehouse.tables import table

TABLES = ("usage", "charges", "leases", "ownerships", "apps", "teams", "environments", "prices")
DAY = {"start": utc(2026, 1, 5), "end": utc(2026, 1, 6)}
CUT = utc(2026, 1, 5, 3, 30)


@pytest.fixture(scope="module")
def told() -> Iterator[Store]:
    """One resource, one event a minute for two hours; at half past three its owner and its price change."""
    store = open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database=trace_and_markers"))
    record(store, "apps", [{"app_id": app, "team_id": f"team-{app}"} for app in ("old", "new")], by="test")
    record(store, "ownerships", [{"resource_id": "r", "app_id": "old"}], by="test")
    transfer(store, "ownerships", "r", CUT, {"app_id": "new"}, by="test")
    price = {"sku_id": "egress_bytes/eu", "tier_starts": [], "tier_unit_prices": [], "pricing_block": 10**9}
    prices = [
        price | {"sku_price_id": "p1", "list_unit_price": Decimal("0.09"), "valid_to": CUT},
        price | {"sku_price_id": "p2", "list_unit_price": Decimal("0.08"), "valid_from": CUT},
    ]
    record(store, "prices", prices, by="test")
    usage = {"type": "usage", "source": "s", "resource_id": "r", "meter": "egress_bytes", "region": "eu"}
    events = [
        usage | {"event_id": f"e{n}", "time": f"2026-01-05T{3 + n // 60:02d}:{n % 60:02d}:00Z", "quantity": 1000 + n}
        for n in range(120)
    ]
    fact = {"source": "s", "app_id": "old", "resource_id": "r"}
    for action, time in (("deploy", "03:00:00"), ("scale", "04:00:00"), ("stop", "23:59:59.999")):
        events.append(fact | {"type": "lifecycle", "event_id": action, "time": f"2026-01-05T{time}Z", "action": action})
    events.append(fact | {"type": "lifecycle", "event_id": "later", "time": "2026-01-06T00:00:00Z", "action": "start"})
    alert = fact | {"type": "alert", "severity": "page"}
    for name, starts_at, ends_at in (
        ("Hot", "2026-01-04T23:00:00Z", "2026-01-05T01:00:00Z"),
        ("Over", "2026-01-04T22:00:00Z", "2026-01-05T00:00:00Z"),
        ("Rings", "2026-01-04T21:00:00Z", ""),
    ):
        events.append(alert | {"event_id": name, "name": name, "starts_at": starts_at, "ends_at": ends_at})
    for event_type, staged in decode_events(events).items():
        assert admit(store, event_type, staged, history_terms("test")).quarantined == 0
    rate(store)
    yield store
    store.command("DROP DATABASE trace_and_markers SYNC")
    store.close()


@pytest.mark.parametrize(("app", "minutes", "price"), [("old", range(30), "p1"), ("new", range(30, 120), "p2")])
def test_events_of_a_charge_sum_to_it(told, app: str, minutes: range, price: str) -> None:
    events = told.rows(trace_charge_events(*map(table, TABLES), **DAY, where={"app_id": [app]}, limit=1000))
    assert [row["event_id"] for row in events] == [f"e{n}" for n in reversed(minutes)]
    assert {row["sku_price_id"] for row in events} == {price}
    measures = ["list_cost", "consumed_quantity", "event_count"]
    (charged,) = told.rows(spend(table("charges"), **DAY, where={"app_id": [app]}, measures=measures))
    assert charged == {
        "list_cost": sum(row["list_cost"] for row in events),
        "consumed_quantity": sum(row["quantity"] for row in events),
        "event_count": len(events),
    }


def test_the_largest_come_first(told) -> None:
    question = trace_charge_events(*map(table, TABLES), **DAY, limit=3)
    assert told.rows(question)[0]["event_id"] == "e29"  # less than e119, at the dearer price
    by_hour = trace_charge_events(*map(table, TABLES), start=utc(2026, 1, 5, 4), end=utc(2026, 1, 5, 5), limit=1000)
    assert {row["event_id"] for row in told.rows(by_hour)} == {f"e{n}" for n in range(60, 120)}


def test_markers_of_a_day_and_alerts_that_overlap_it(told) -> None:
    rows = told.rows(app_lifecycle_markers(table("lifecycle"), table("alerts"), **DAY))
    assert [(row["kind"], row["label"]) for row in rows] == [
        ("alert", "Rings"),
        ("alert", "Hot"),
        ("deploy", "deploy"),
        ("scale", "scale"),
        ("stop", "stop"),
    ]
    assert [row["ends_at"] for row in rows[:3]] == [None, utc(2026, 1, 5, 1), None]


def test_markers_of_some_apps_and_kinds(told) -> None:
    markers = (table("lifecycle"), table("alerts"))
    assert told.rows(app_lifecycle_markers(*markers, **DAY, apps=["new"])) == []
    deploys = told.rows(app_lifecycle_markers(*markers, **DAY, apps=["old"], kinds=["deploy"]))
    assert [row["event_id"] for row in deploys] == ["deploy"]
    assert len(told.rows(app_lifecycle_markers(table("lifecycle"), **DAY))) == 3


def test_a_shared_line_has_the_pools_it_is_a_part_of_and_no_others(store, make_charges) -> None:
    costs = {"app_id": "", "meter": "platform_cost", "sku_id": "platform_cost/lb"}
    days = [utc(2026, 1, day) for day in (5, 6, 7)]
    make_charges([charge(day, "10", **costs, charge_period_end=day + timedelta(days=1)) for day in days])
    line = {"line_kind": "allocated", "sku_id": "platform_cost/lb"}
    names = pool_names([{"charge_period_start": days[1], "charge_period_end": days[2]}])
    month = {"start": utc(2026, 1, 1), "end": utc(2026, 2, 1)}

    def found(**more) -> list:
        rows = store.rows(traced(table("charges"), line={**line, **more}, **month).order_by("charge_period_start"))
        return [row["charge_period_start"] for row in rows]

    assert found() == days
    assert found(pools=names) == [days[1]]
    assert found(pools=[]) == []
