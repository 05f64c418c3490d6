"""The doctor tells what waits from what is broken, and only the latter fails."""

from __future__ import annotations

from decimal import Decimal

from jobs.doctor import Check, Status, checks, is_broken
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.histories import record

EVENT = {"source": "s", "resource_id": "r", "meter": "cpu_core_seconds", "quantity": "2", "app_id": "a"}


def load(store: Store, *events: dict) -> None:
    timed = [{**EVENT, "time": f"2026-01-0{day}T12:00:00Z", **event} for day, event in enumerate(events, 5)]
    staged = decode_events(timed)
    admit(store, "usage", staged["usage"], history_terms("test"))


def healthy(store: Store) -> Store:
    price = {"sku_id": "cpu_core_seconds", "sku_price_id": "p", "list_unit_price": Decimal("0.5"), "pricing_block": 1}
    record(store, "prices", [price | {"tier_starts": [], "tier_unit_prices": [], "pricing_unit": "1"}], by="test")
    record(store, "apps", [{"app_id": "a", "team_id": "t"}], by="test")
    load(store, {"event_id": "1"}, {"event_id": "2"})
    rate(store)
    return store


def of(store: Store, name: str) -> Check:
    return next(check for check in checks(store) if check.name == name)


def test_a_healthy_store_is_green(store: Store) -> None:
    found = checks(healthy(store))
    assert {check.status for check in found} == {Status.OK}, found
    assert not is_broken(found)


def test_an_empty_store_is_green(store: Store) -> None:
    assert {check.status for check in checks(store)} == {Status.OK}


def test_what_waits_is_a_notice(store: Store) -> None:
    healthy(store)
    load(store, {"event_id": "3", "app_id": "nobody", "region": "eu"}, {"event_id": "4", "quantity": "-1"})
    waiting = checks(store)
    assert not is_broken(waiting)
    assert of(store, "rating").status is Status.NOTICE
    assert "1 days wait for rating, the first is 2026-01-05" in of(store, "rating").detail
    rate(store)
    for name in ("unpriced", "unattributed", "quarantine"):
        assert of(store, name).status is Status.NOTICE, name
    assert not is_broken(checks(store))


def test_each_law_is_noticed_when_broken(store: Store) -> None:
    healthy(store)
    store.command("INSERT INTO rated_charges SELECT * FROM rated_charges LIMIT 1")
    assert of(store, "law 5 usage").status is Status.BROKEN
    rate(store, again=True)
    assert not is_broken(checks(store))

    store.command("ALTER TABLE rated_charges UPDATE list_cost = 7 WHERE 1 SETTINGS mutations_sync = 2")
    assert of(store, "law 6 money").status is Status.BROKEN
    rate(store, again=True)

    store.command("DELETE FROM event_identities WHERE 1")
    assert of(store, "law 1 replay").status is Status.BROKEN

    store.command("DELETE FROM usage_events WHERE event_id = '1'")
    found = of(store, "law 15 silence")
    assert (found.status, found.detail) == (Status.BROKEN, "usage stored is 1, not 2")
