"""Currencies stand apart, late data is no collapse, and a month without data is no basis for a percentage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.queries.conftest import charge, write_charges
from warehouse.histories import record


@pytest.fixture
def charged(store):
    """Ten dollars an hour since eleven days, and dollars and Canadian ones of a bill; the usage ended days ago."""
    end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=3)
    hours = [charge(end - timedelta(hours=left), "10", app_id="chat", team_id="search") for left in range(1, 24 * 8)]
    bill = {"meter": "platform_cost", "consumed_quantity": Decimal(0), "service_name": "Support"}
    bill |= {"app_id": "", "team_id": "search", "charge_period_end": end + timedelta(days=30)}
    hours.append(charge(end - timedelta(hours=2), "820.42", billing_currency="CAD", **bill))
    write_charges(store, hours)
    record(store, "teams", [{"team_id": "search", "team_name": "Search", "cost_center": "cc"}], by="test")
    return end


def said(app) -> str:
    return " ".join(item.value for kind in ("caption", "warning", "info") for item in app.get(kind))


@pytest.mark.parametrize("screen", ["overview", "explore", "showback"])
def test_late_data_and_other_currencies_are_said(open_page, charged, screen: str) -> None:
    app = open_page(screen)
    assert not app.exception
    assert f"No charges since {charged:%b %-d}" in said(app)
    assert "820\\.42 CAD not included" in said(app) or "820.42 CAD not included" in said(app)
    assert "data starts" in said(app)
    # A forecast's range stands where other cards compare.
    assert not any(metric.delta for metric in app.metric if metric.label != "Month's end, forecast")


def test_one_other_currency_is_drawn_as_itself(open_page, charged) -> None:
    app = open_page("explore")
    app.multiselect(key="where").set_value(["billing_currency:CAD"]).run()
    assert not app.exception
    assert Decimal(app.metric[0].value) == Decimal("820.42")
    assert "CAD" in app.metric[0].proto.format
    app.segmented_control(key="show").set_value("charges").run()
    assert not app.exception
    assert list(app.dataframe[0].value["billing_currency"]) == ["CAD"]


def test_several_currencies_are_never_stacked(open_page, charged) -> None:
    app = open_page("explore")
    app.multiselect(key="by").set_value(["billing_currency", "service_name"]).run()
    assert not app.exception
    assert not app.get("vega_lite_chart")
    assert "never added or drawn together" in said(app)
    assert {metric.label for metric in app.metric} == {"Effective cost, CAD", "Effective cost, USD"}
    assert set(app.dataframe[0].value["billing_currency"]) == {"CAD", "USD"}


def test_every_page_says_the_same_change(open_page, store) -> None:
    end = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    write_charges(
        store,
        [
            charge(end - timedelta(hours=left), str(1 + left % 24), app_id="chat", team_id="search")
            for left in range(1, 24 * 64)
        ],
    )
    record(store, "teams", [{"team_id": "search", "team_name": "Search", "cost_center": "cc"}], by="test")
    told = [open_page(screen).metric[0] for screen in ("overview", "explore", "showback")]
    assert len({metric.value for metric in told}) == 1
    assert len({metric.delta for metric in told}) == 1
    assert told[0].delta
