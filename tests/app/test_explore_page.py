"""Explore: figures are the store's, a click goes deeper, the address holds the question, a lead stays inside."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from warehouse.histories import record

MONTH = "toStartOfMonth(charge_date) = toStartOfMonth(now('UTC'))"


def month_cost(store, **held: str) -> Decimal:
    where = "".join(f" AND {name} = {{{name}:String}}" for name in held)
    return store.scalar(f"SELECT sum(effective_cost) FROM charges WHERE {MONTH}{where}", held or None)


def drawn(app) -> list[pd.DataFrame]:
    tables = []
    for chart in app.get("vega_lite_chart"):
        for dataset in chart.proto.datasets:
            with pa.ipc.open_stream(dataset.data.data) as stream:
                tables.append(stream.read_all())
    return tables


@pytest.mark.parametrize(("viewing_as", "team"), [("Analyst", None), ("Lead of growth", "growth")])
def test_the_first_question_is_the_months_cost_by_team(open_page, platform, viewing_as, team) -> None:
    app = open_page("explore", viewing_as)
    assert not app.exception
    assert not app.error
    whole = month_cost(platform, **({"team_id": team} if team else {}))
    assert Decimal(app.metric[0].value) == whole
    groups = app.dataframe[0].value
    assert sum(groups["effective_cost"].dropna()) == whole
    # The bars of the chart over time, top and (other) together, are the same money.
    over_time = next(table for table in drawn(app) if "charge_date" in table.column_names).to_pandas()
    assert over_time["effective_cost"].sum() == pytest.approx(float(whole))


def test_charts_get_no_decimals(open_page, platform) -> None:
    tables = drawn(open_page("explore"))
    assert len(tables) >= 2
    assert not [field for table in tables for field in table.schema if pa.types.is_decimal(field.type)]


def test_an_on_call_engineer_has_no_explorer(open_page, platform) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("explore", "On-call")


def test_filters_split_and_measures_change_the_answer(open_page, platform) -> None:
    app = open_page("explore")
    app.multiselect(key="measures").set_value(["cost_per_1k_requests", "requests", "effective_cost"])
    app.multiselect(key="by").set_value(["app_id", "sku_id"])
    app.multiselect(key="where").set_value(["team_id:payments"]).run()
    assert not app.exception
    rows = app.dataframe[0].value
    assert set(rows["app_id"]) == {"checkout-copilot", "dispute-triage", "fraud-notes"}
    assert sum(rows["effective_cost"].dropna()) == month_cost(platform, team_id="payments")
    # A ratio is never added up: the card's is the whole's, and it is drawn as lines.
    held = "team_id = 'payments' AND meter = 'requests'"
    requests = platform.scalar(f"SELECT sum(consumed_quantity) FROM charges WHERE {MONTH} AND {held}")
    unit_cost = month_cost(platform, team_id="payments") * 1000 / requests
    assert Decimal(app.metric[0].value) == pytest.approx(unit_cost, rel=Decimal("1e-15"))
    assert '"line"' in app.get("vega_lite_chart")[0].proto.spec


def test_two_alternatives_of_a_dimension_are_added(open_page, platform) -> None:
    app = open_page("explore")
    app.multiselect(key="where").set_value(["team_id:payments", "team_id:search"]).run()
    whole = month_cost(platform, team_id="payments") + month_cost(platform, team_id="search")
    assert Decimal(app.metric[0].value) == whole


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("app:chat", "unknown dimension 'app'. Did you mean 'app_id'?"),
        ("chat", "dimension:value"),
        ("hour:yesterday", "yesterday"),
        ("is_estimated:maybe", "neither true nor false"),
    ],
)
def test_a_filter_that_cannot_be_read_is_said_and_never_dropped(open_page, platform, text, said) -> None:
    app = open_page("explore")
    app.multiselect(key="where").set_value([text]).run()
    assert not app.exception
    assert said in app.error[0].value
    assert not app.metric


def test_a_filter_that_matches_nothing_says_so(open_page, platform) -> None:
    app = open_page("explore")
    app.multiselect(key="where").set_value(["app_id:nobody"]).run()
    assert not app.exception
    assert "No charges in this period" in app.info[0].value


def test_charges_and_their_events_are_the_same_money(open_page, platform) -> None:
    sku = "input_tokens/openai/gpt-4o"
    app = open_page("explore")
    app.multiselect(key="where").set_value(["app_id:fraud-notes", f"sku_id:{sku}"])
    app.segmented_control(key="show").set_value("charges").run()
    assert not app.exception
    charges = app.dataframe[0].value
    whole = month_cost(platform, app_id="fraud-notes", sku_id=sku)
    assert sum(charges["effective_cost"]) == whole
    hour = charges["hour"].iloc[0].isoformat()
    app.multiselect(key="where").set_value(["app_id:fraud-notes", f"sku_id:{sku}", f"hour:{hour}"])
    app.segmented_control(key="show").set_value("events").run()
    assert not app.exception
    events = app.dataframe[0].value
    assert sum(events["list_cost"]) == charges["list_cost"].iloc[0] == Decimal(app.metric[0].value)
    assert Decimal(app.metric[1].value) == len(events) == charges["event_count"].iloc[0]
    assert sum(events["effective_cost"]) == charges["effective_cost"].iloc[0]
    exact = f"{charges['effective_cost'].iloc[0]:f}".rstrip("0").rstrip(".")
    assert f"Effective cost of all 1 events {exact} = their charges." in " ".join(item.value for item in app.caption)


def test_a_lead_traces_own_events_and_no_others(open_page, platform) -> None:
    app = open_page("explore", "Lead of payments")
    app.multiselect(key="where").set_value(["app_id:fraud-notes"])
    app.segmented_control(key="show").set_value("events").run()
    assert not app.exception
    assert set(app.dataframe[0].value["app_id"]) == {"fraud-notes"}
    for foreign in ("app_id:landing-writer", "team_id:growth"):
        app.multiselect(key="where").set_value([foreign]).run()
        assert not app.exception
        assert not len(app.dataframe)
        assert "No charges in this period" in app.info[0].value


def test_unpriced_and_platform_costs_can_be_followed(open_page, platform) -> None:
    app = open_page("explore")
    app.multiselect(key="where").set_value(["meter:platform_cost"])
    app.segmented_control(key="show").set_value("events").run()
    assert not app.exception
    costs = app.dataframe[0].value
    assert list(costs["event_id"]) == ["lb-1"]
    assert costs["effective_cost"].iloc[0] == Decimal("42.50")


def test_the_sql_is_the_one_that_ran(open_page, platform) -> None:
    app = open_page("explore", "Lead of growth")
    [sql] = [code.value for code in app.code if "SELECT" in code.value]
    assert "'growth'" in sql
    assert sum(row["effective_cost"] or 0 for row in platform.rows(sql)) == month_cost(platform, team_id="growth")


def test_reset_asks_the_first_question_again(open_page, platform) -> None:
    app = open_page("explore")
    app.multiselect(key="by").set_value(["model"])
    app.multiselect(key="where").set_value(["team_id:payments"])
    app.segmented_control(key="grain").set_value("week").run()
    next(button for button in app.button if button.label == "Reset").click().run()
    assert not app.exception
    assert app.multiselect(key="by").value == ["team_id"]
    assert app.multiselect(key="where").value == []
    assert app.segmented_control(key="grain").value == "day"
    assert Decimal(app.metric[0].value) == month_cost(platform)


@pytest.mark.parametrize("grain", ["hour", "day", "week", "month"])
def test_no_grain_loses_money(open_page, platform, grain: str) -> None:
    app = open_page("explore")
    app.segmented_control(key="grain").set_value(grain).run()
    assert not app.exception
    table = next(table for table in drawn(app) if "_from" in table.column_names).to_pandas()
    assert table["effective_cost"].sum() == pytest.approx(float(month_cost(platform)))


def test_without_a_split_there_is_one_line(open_page, platform) -> None:
    app = open_page("explore")
    app.multiselect(key="by").set_value(["total"]).run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 1
    assert app.dataframe[0].value["effective_cost"].iloc[0] == month_cost(platform)


def test_an_empty_store_says_what_to_do(open_page, store) -> None:
    record(store, "teams", [{"team_id": "growth", "team_name": "Growth", "cost_center": "cc"}], by="test")
    app = open_page("explore")
    assert not app.exception
    assert not app.metric
    assert "No charges yet" in app.subheader[0].value
