"""Allocation: methods side by side are the store's and sum to the pools; those who may adopt one from a day on."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, Decimal

import pytest

from billing.allocation import bases_in_use
from billing.period import period_of
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from metrics.methods import parse_method
from queries.allocation_comparison import allocation_comparison
from tests.sample_platform import _text, build
from warehouse.histories import record
from warehouse.tables import table

POOL = Decimal("42.5")
HOUR = timedelta(hours=1)


def month_of_pool(store) -> str:
    return (
        f"{store.scalar('SELECT max(charge_date) FROM charges WHERE meter = {m:String}', {'m': 'platform_cost'}):%Y-%m}"
    )


def texts(app) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "subheader") for element in app.get(kind))


def test_methods_side_by_side_are_the_stores(open_page, platform) -> None:
    app = open_page("allocation", month=month_of_pool(platform))
    assert not app.exception
    shown = app.dataframe[0].value.set_index("team_id")
    methods = ["even", "proportional:effective_cost"]
    tables = [table(name) for name in ("charges", "lifecycle", "apps", "teams", "allocation_rules")]
    bases = bases_in_use(platform, [parse_method(text) for text in methods])
    for row in platform.rows(allocation_comparison(*tables, methods=methods, bases=bases)):
        assert shown.loc[row["team_id"], row["method"]] == row["effective_cost"]
        assert shown.loc[row["team_id"], f"{row['method']} - today"] == row["change"]
    for name in ("today", *methods):
        assert sum(shown[name]) == POOL


def test_a_rule_without_an_end_is_open(open_page, platform) -> None:
    app = open_page("allocation", month=month_of_pool(platform))
    assert not app.exception
    rules = app.dataframe[-1].value.set_index("cost_type")
    assert rules.loc["load_balancer", "valid_to"] == "open"


def test_charts_get_no_decimals_and_every_method_has_its_dots(open_page, platform) -> None:
    app = open_page("allocation", month=month_of_pool(platform))
    (chart,) = app.get("vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    assert {"rule", "point"} <= {layer["mark"]["type"] for layer in spec["layer"]}


def floored(app) -> str:
    (name,) = [name for name in app.dataframe[0].value.columns if name.startswith("floor:") and "today" not in name]
    return name


def test_the_slider_adds_floor_and_share(open_page, platform) -> None:
    app = open_page("allocation", month=month_of_pool(platform))
    app.slider(key="floor").set_value(50).run()
    assert not app.exception
    method = floored(app)
    floor = (POOL / 9 / 2).quantize(Decimal("0.0001"), ROUND_CEILING)
    assert method == f"floor:{floor}:{app.selectbox(key='basis').value}"
    assert sum(app.dataframe[0].value[method]) == POOL
    assert "for every active app and the rest" in texts(app)


def test_the_sliders_end_is_an_even_split_of_every_pool(open_page, store) -> None:
    build(store)
    before = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=2)
    pools = [
        {
            "type": "platform_cost", "source": "cloud-bill", "event_id": f"more-{amount}", "cost_type": "support",
            "period_start": _text(start), "period_end": _text(start + HOUR), "amount": amount,
            "currency": "USD", "service_name": "Support",
        }
        for amount, start in (("900.00", before), ("0.07", before - HOUR), ("-33.30", before - 2 * HOUR))
    ]  # fmt: skip
    for name, staged in decode_events(pools).items():
        admit(store, name, staged, history_terms("more"))
    rate(store)
    app = open_page("allocation", month=month_of_pool(store), floor="100", by="App")
    assert not app.exception
    shown = app.dataframe[0].value
    assert list(shown[floored(app)]) == list(shown["even"])
    app.slider(key="floor").set_value(95).run()
    assert list(app.dataframe[0].value[floored(app)]) != list(app.dataframe[0].value["even"])


def test_a_method_that_cannot_be_read_says_what_can(open_page, platform) -> None:
    app = open_page("allocation", month=month_of_pool(platform), method="evn")
    assert not app.exception
    assert "even" in (app.error[0].value if app.error else texts(app))


def test_what_an_address_asks_in_vain_is_said(open_page, platform) -> None:
    month = month_of_pool(platform)
    app = open_page("allocation", month=month, pool="typo", basis="typo", by="typo", floor="typo")
    assert not app.exception
    said = " ".join(element.value for element in app.warning)
    for what in ("the pool", "the basis", "amounts for each", "the floor"):
        assert f"{what} typo, and there is none here" in said
    assert app.dataframe
    right = open_page("allocation", month=month, pool="load_balancer", basis="requests", by="App", floor="50")
    assert not right.warning


@pytest.mark.parametrize("viewing_as", ["On-call", "Lead of growth"])
def test_it_is_for_analysts(open_page, platform, viewing_as: str) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("allocation", viewing_as)


def test_a_rule_is_adopted_from_a_day_on_after_a_second_question(open_page, store) -> None:
    build(store)
    app = open_page("allocation", month=month_of_pool(store), pool="load_balancer")
    assert not app.exception
    app.button(key="adopt").click().run()
    assert not store.rows("SELECT * FROM allocation_rules WHERE recorded_by = 'Analyst'")
    app.button(key="adopt-yes").click().run()
    assert not app.exception
    (rule,) = store.rows("SELECT * FROM allocation_rules WHERE recorded_by = 'Analyst'")
    assert (rule["cost_type"], rule["method"]) == ("load_balancer", "even")
    assert rule["valid_from"] == period_of(datetime.now(UTC)).end
    assert [element.value for element in app.success if "load_balancer" in element.value]


def test_what_was_compared_is_what_is_adopted(open_page, store) -> None:
    build(store)
    app = open_page("allocation", month=month_of_pool(store))
    assert "It will split load\\_balancer." in texts(app)
    app.button(key="adopt").click().run()
    app.button(key="adopt-yes").click().run()
    rules = store.rows("SELECT cost_type FROM allocation_rules WHERE recorded_by = 'Analyst'")
    assert rules == [{"cost_type": "load_balancer"}]


def test_what_is_charged_is_proposed_by_one_and_adopted_by_another(open_page, store) -> None:
    build(store)
    begin = datetime.now(UTC) - timedelta(days=400)
    center = {"cost_center": "cc-growth", "cost_center_name": "Growth", "mode": "chargeback", "valid_from": begin}
    record(store, "cost_centers", [center], by="test")
    month = month_of_pool(store)
    app = open_page("allocation", month=month, pool="load_balancer")
    assert not app.exception
    assert "a second person, of finance or an administrator" in app.info[0].value
    assert "adopt" not in {button.key for button in app.button}
    app.button(key="propose").click().run()
    assert not app.exception
    (number,) = store.rows("SELECT proposal_id FROM allocation_proposals")[0].values()
    assert f"adopt-{number}" not in {button.key for button in app.button}

    finance = open_page("allocation", "Finance", month=month)
    (said,) = [element.value for element in finance.caption if "proposed it" in element.value]
    assert said.startswith(f"Analyst proposed it {datetime.now(UTC):%Y-%m-%d}")
    finance.button(key=f"adopt-{number}").click().run()
    finance.button(key=f"adopt-{number}-yes").click().run()
    assert not finance.exception
    (rule,) = store.rows("SELECT * FROM allocation_rules WHERE recorded_by = 'Finance'")
    assert (rule["cost_type"], rule["method"]) == ("load_balancer", "even")
    assert not [button for button in finance.button if number in button.key]
