"""The questions of a team's page against sums done by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from queries.app_showback import app_showback
from queries.booking_modes import booking_modes
from queries.change_contributors import change_contributors
from queries.change_steps import change_steps
from queries.charge_list import charge_list
from queries.daily_spend_beside import daily_spend_beside
from queries.lifecycle_by_day import lifecycle_by_day
from queries.price_changes import price_changes
from queries.spend import spend
from queries.spend_change import spend_change
from queries.trace_platform_costs import trace_platform_costs
from tests.queries.conftest import charge, utc
from warehouse.histories import record
from warehouse.tables import table

BOTH = {
    "start": utc(2026, 2, 1),
    "end": utc(2026, 2, 10),
    "previous_start": utc(2026, 1, 1),
    "previous_end": utc(2026, 1, 10),
}
MONTHS = {"start": utc(2026, 1, 1), "end": utc(2026, 3, 1)}


@pytest.mark.parametrize("where", [None, {"team_id": ["assist"]}, {"app_id": ["chat"]}])
def test_the_steps_lead_exactly_from_before_to_after(platform, where) -> None:
    rows = platform.rows(change_steps(table("charges"), **BOTH, where=where))
    assert [row["step"] for row in rows] == ["before", "price", "volume", "mix", "new", "gone", "after"]
    amounts = [row["amount"] for row in rows]
    assert amounts[0] + sum(amounts[1:-1]) == amounts[-1]
    [whole] = platform.rows(spend_change(table("charges"), **BOTH, where=where))
    assert (amounts[0], amounts[-1]) == (whole["previous_cost"], whole["cost"])


def test_contributors_are_the_largest_changes_either_way_and_add_up_without_a_limit(platform) -> None:
    rows = platform.rows(change_contributors(table("charges"), **BOTH, limit=100))
    sizes = [abs(row["change"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    [whole] = platform.rows(spend_change(table("charges"), **BOTH))
    assert sum(row["change"] for row in rows) == whole["change"]
    assert platform.rows(change_contributors(table("charges"), **BOTH, limit=2)) == rows[:2]


def test_every_day_is_there_beside_its_day_of_the_month_before(store, make_charges) -> None:
    make_charges(
        [
            charge(utc(2026, 1, 31, 23), "5"),
            charge(utc(2026, 2, 28), "3"),
            charge(utc(2026, 3, 1), "2"),
            charge(utc(2026, 3, 1, 5), "0.5"),
            charge(utc(2026, 3, 31), "9"),
        ]
    )
    rows = store.rows(
        daily_spend_beside(table("charges"), start=utc(2026, 3, 1), end=utc(2026, 4, 1), previous_start=utc(2026, 2, 1))
    )
    assert [row["charge_date"].day for row in rows] == list(range(1, 32))
    assert rows[0]["cost"] == Decimal("2.5")
    assert rows[0]["previous_cost"] == 0
    assert (rows[27]["cost"], rows[27]["previous_cost"]) == (0, 3)
    # February has no 29th: nothing to compare with, and March 1 is not taken for it.
    assert [row["previous_cost"] for row in rows[28:]] == [None, None, None]
    assert rows[30]["cost"] == 9


def test_days_add_up_to_the_period(platform) -> None:
    rows = platform.rows(
        daily_spend_beside(
            table("charges"), start=BOTH["start"], end=BOTH["end"], previous_start=BOTH["previous_start"]
        )
    )
    for column, start in (("cost", BOTH["start"]), ("previous_cost", BOTH["previous_start"])):
        [whole] = platform.rows(spend(table("charges"), start=start, end=start + timedelta(days=9)))
        assert sum(row[column] for row in rows) == whole["effective_cost"]


def test_trend_of_an_app_is_its_daily_cost(platform) -> None:
    rows = platform.rows(app_showback(table("charges"), **BOTH))
    for row in rows:
        daily = platform.rows(
            spend(
                table("charges"),
                start=BOTH["start"],
                end=BOTH["end"],
                grain="day",
                where={"app_id": [row["app_id"]]},
            )
        )
        found = {day["charge_date"].day: float(day["effective_cost"] or 0) for day in daily}
        assert row["trend"] == pytest.approx([found.get(day, 0.0) for day in range(1, 10)])
        assert sum(day["effective_cost"] or 0 for day in daily) == (row["effective_cost"] or 0)


def test_lifecycle_of_a_day_is_told_once_with_its_apps(store) -> None:
    rows = [
        ("a", 1, "deploy"),
        ("b", 2, "deploy"),
        ("c", 3, "deploy"),
        ("d", 4, "deploy"),
        ("e", 5, "deploy"),
        ("e", 6, "deploy"),
        ("", 7, "stop"),
        ("a", 25, "deploy"),
    ]
    store.insert_rows(
        "lifecycle_events",
        [
            {
                "source": "s",
                "event_id": str(hour),
                "time": utc(2026, 2, 1) + timedelta(hours=hour),
                "received_at": utc(2026, 2, 3),
                "resource_id": f"r-{app}",
                "app_id": app,
                "environment": "",
                "lease_id": "",
                "is_authenticated": True,
                "action": action,
                "attributes": "{}",
                "event_digest": hour,
                "batch_id": "00000000-0000-0000-0000-000000000001",
            }
            for app, hour, action in rows
        ],
    )
    days = store.rows(lifecycle_by_day(table("lifecycle"), start=utc(2026, 2, 1), end=utc(2026, 2, 3)))
    told = [(row["time"].day, row["action"], row["events"], row["detail"]) for row in days]
    assert told == [
        (1, "deploy", 6, "a, b, c, d and 1 more"),
        (1, "stop", 1, "r-"),
        (2, "deploy", 1, "a"),
    ]
    mine = store.rows(lifecycle_by_day(table("lifecycle"), start=utc(2026, 2, 1), end=utc(2026, 2, 3), apps=["a"]))
    assert [row["detail"] for row in mine] == ["a", "a"]


def test_a_price_change_names_both_prices_and_whom_it_touches(store, make_charges) -> None:
    make_charges(
        [
            charge(utc(2026, 2, 1), "1", app_id="chat", sku_id="sku-a"),
            charge(utc(2026, 2, 1), "1", app_id="chat", sku_id="sku-b"),
            charge(utc(2026, 2, 1), "1", app_id="lab", sku_id="sku-b"),
        ]
    )
    price = {"pricing_block": 1000, "pricing_unit": "1000 Tokens", "tier_starts": [], "tier_unit_prices": []}
    cuts = [utc(2025, 1, 1), utc(2026, 1, 20), utc(2026, 2, 5), utc(2026, 4, 1), utc(2027, 1, 1)]
    amounts = ["1", "2.50", "3.00", "4"]
    record(
        store,
        "prices",
        [
            {
                "sku_id": "sku-a",
                "sku_price_id": f"p{number}",
                "list_unit_price": Decimal(amount),
                "valid_from": start,
                "valid_to": end,
                **price,
            }
            for number, (amount, start, end) in enumerate(zip(amounts, cuts, cuts[1:], strict=False))
        ]
        + [{"sku_id": "sku-b", "sku_price_id": "b", "list_unit_price": Decimal(1), **price}],
        by="test",
    )
    rows = store.rows(price_changes(table("charges"), table("prices"), **MONTHS))
    told = [(row["app_id"], row["sku_id"], row["previous_price"], row["list_unit_price"]) for row in rows]
    # The first price of a SKU changes nothing; the one of April is outside.
    assert told == [("chat", "sku-a", 1, Decimal("2.5")), ("chat", "sku-a", Decimal("2.5"), 3)]


def test_the_mode_of_a_cost_center_is_that_of_the_periods_end(store, make_charges) -> None:
    make_charges(
        [
            charge(utc(2026, 2, 1), "1", cost_center="cc-1"),
            charge(utc(2026, 2, 1), "5", cost_center="cc-unregistered"),
        ]
    )
    named = {"cost_center": "cc-1", "cost_center_name": "One"}
    record(
        store,
        "cost_centers",
        [
            {**named, "mode": "showback", "valid_from": utc(2020, 1, 1), "valid_to": utc(2026, 2, 5)},
            {**named, "mode": "chargeback", "valid_from": utc(2026, 2, 5), "valid_to": utc(2026, 3, 1)},
            {**named, "mode": "shadow", "valid_from": utc(2026, 3, 1), "valid_to": utc(2100, 1, 1)},
        ],
        by="test",
    )
    rows = store.rows(booking_modes(table("charges"), table("cost_centers"), **MONTHS))
    assert [(row["cost_center"], row["mode"]) for row in rows] == [
        ("cc-unregistered", "showback"),
        ("cc-1", "chargeback"),
    ]


def test_charges_are_listed_whole_and_the_costliest_first(platform) -> None:
    rows = platform.rows(charge_list(table("charges"), **MONTHS))
    [whole] = platform.rows(spend(table("charges"), **MONTHS, measures=["effective_cost", "event_count"]))
    assert sum(row["effective_cost"] or 0 for row in rows) == whole["effective_cost"]
    assert sum(row["event_count"] for row in rows) == whole["event_count"]
    costs = [row["effective_cost"] for row in rows if row["effective_cost"] is not None]
    assert costs == sorted(costs, reverse=True)
    assert [row["effective_cost"] for row in rows[len(costs) :]] == [None] * (len(rows) - len(costs))


def test_an_hour_can_be_named_in_a_filter(platform) -> None:
    first = platform.rows(charge_list(table("charges"), **MONTHS, limit=1))[0]
    where = {"hour": [first["hour"].isoformat()]}
    rows = platform.rows(charge_list(table("charges"), **MONTHS, where=where))
    assert first in rows
    assert {row["hour"] for row in rows} == {first["hour"]}


def test_a_platform_charge_leads_to_the_cost_that_was_reported(store) -> None:
    from jobs.rate import rate
    from metering.decode import decode_events
    from metering.door import admit, history_terms

    event = {
        "type": "platform_cost",
        "source": "bill",
        "cost_type": "load_balancer",
        "period_start": "2026-02-01T00:00:00Z",
        "period_end": "2026-02-02T00:00:00Z",
        "currency": "USD",
        "service_name": "Load Balancer",
    }
    events = [{**event, "event_id": "lb-1", "amount": "42.50"}, {**event, "event_id": "lb-2", "amount": "7.50"}]
    for name, staged in decode_events(events).items():
        admit(store, name, staged, history_terms("bill"))
    rate(store)
    where = {"sku_id": ["platform_cost/load_balancer"]}
    [total] = store.rows(spend(table("charges"), **MONTHS, where=where, measures=["effective_cost", "event_count"]))
    tables = ("platform_costs", "charges", "leases", "ownerships", "apps", "teams", "environments")
    rows = store.rows(trace_platform_costs(*map(table, tables), **MONTHS, where=where))
    assert [row["event_id"] for row in rows] == ["lb-1", "lb-2"]
    assert sum(row["effective_cost"] for row in rows) == total["effective_cost"] == 50
    other = {"sku_id": ["platform_cost/support"]}
    assert not store.rows(trace_platform_costs(*map(table, tables), **MONTHS, where=other))
