"""Overview: figures are the store's, scoped to the viewer; an empty store says what to do."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from models.forecast import remainder
from ui.words import brief
from warehouse.histories import record

TEAMS = {"Analyst": None, "On-call": None, "Lead of growth": "growth"}


def month_to_date(store, team: str | None) -> Decimal:
    where = "AND team_id = {team:String}" if team else ""
    month = "toStartOfMonth(charge_date) = toStartOfMonth(now('UTC'))"
    return store.scalar(
        f"SELECT sum(effective_cost) FROM charges WHERE {month} {where}", {"team": team} if team else None
    )


def drawn(app) -> list[pa.Table]:
    tables = []
    for chart in app.get("vega_lite_chart"):
        for data in (chart.proto.data, *(dataset.data for dataset in chart.proto.datasets)):
            if data.data:
                with pa.ipc.open_stream(data.data) as stream:
                    tables.append(stream.read_all())
    return tables


@pytest.mark.parametrize(("viewing_as", "team"), TEAMS.items())
def test_month_to_date_is_the_stores(open_page, platform, viewing_as: str, team: str | None) -> None:
    app = open_page("overview", viewing_as)
    assert not app.exception
    assert not app.error
    assert Decimal(app.metric[0].value) == month_to_date(platform, team)


@pytest.mark.parametrize(("viewing_as", "team"), TEAMS.items())
def test_the_forecast_is_of_the_viewers_days(open_page, platform, viewing_as: str, team: str | None) -> None:
    cards = {metric.label: metric for metric in open_page("overview", viewing_as).metric}
    rows = platform.rows(
        "SELECT charge_date AS day, sum(effective_cost) AS cost FROM charges "
        "WHERE {team:String} IN ('', team_id) GROUP BY day ORDER BY day",
        {"team": team or ""},
    )
    held = {row["day"]: row["cost"] for row in rows}
    today = datetime.now(UTC).date()
    complete = list(pd.date_range(min(held), today, inclusive="left").date)
    left = calendar.monthrange(today.year, today.month)[1] - today.day + 1
    rest = remainder(np.array([[float(held.get(day, 0)) for day in complete]]), left=left)
    so_far = sum((held.get(day, Decimal(0)) for day in complete if day >= today.replace(day=1)), Decimal(0))
    expected = max(so_far + Decimal(float(rest.expected[0])), so_far + held.get(today, 0))
    assert abs(Decimal(cards["Month's end, forecast"].value) - expected) <= Decimal("0.01")
    low, high = (brief(max(so_far + Decimal(float(end[0])), so_far)) for end in (rest.low, rest.high))
    assert cards["Month's end, forecast"].delta == f"{low} to {high}"
    assert f"the {left} day" in cards["Month's end, forecast"].help
    assert "it missed what came by" in cards["Month's end, forecast"].help


def test_money_is_short_where_there_is_no_room() -> None:
    amounts = ("0", "9.5", "310.40", "84210.5", "1270000", "-1500")
    assert [brief(Decimal(size)) for size in amounts] == ["$0", "$9.50", "$310", "$84.2k", "$1.3M", "−$1.5k"]


def test_a_lead_sees_no_other_team_in_any_table_or_chart(open_page, platform) -> None:
    app = open_page("overview", "Lead of growth")
    tables = [element.value for element in app.dataframe] + [table.to_pandas() for table in drawn(app)]
    seen = {str(value) for table in tables for name in table.columns for value in table[name]}
    assert {"growth", "landing-writer"} <= seen
    assert not seen & {"payments", "search", "checkout-copilot", "query-rewriter", ""}


def test_charts_get_no_decimals(open_page, platform) -> None:
    tables = drawn(open_page("overview"))
    assert tables
    assert not [field for table in tables for field in table.schema if pa.types.is_decimal(field.type)]


def test_the_period_stands_in_the_address_and_changes_the_chart(open_page, platform) -> None:
    week = open_page("overview", period="Last 7 days")
    assert week.selectbox(key="period").value == "last-7-days"
    before = sum(table.num_rows for table in drawn(week))
    month = week.selectbox(key="period").set_value("last-30-days").run()
    assert not month.exception
    assert sum(table.num_rows for table in drawn(month)) > before


def test_spikes_and_new_apps_are_marked(open_page, platform) -> None:
    movers = open_page("overview").dataframe[0].value.set_index("app_id")
    assert list(movers.loc["ranker-lab", "marks"]) == ["spike"]
    assert list(movers.loc["campaign-ideas", "marks"]) == ["new"]
    assert list(movers.loc["seo-audit", "marks"]) == []


@pytest.mark.parametrize(
    ("viewing_as", "advice"), [("Analyst", "No charges yet"), ("Lead of growth", "No charges for growth yet")]
)
def test_an_empty_store_says_what_to_do(open_page, store, viewing_as: str, advice: str) -> None:
    record(store, "teams", [{"team_id": "growth", "team_name": "Growth", "cost_center": "cc"}], by="test")
    app = open_page("overview", viewing_as)
    assert not app.exception
    assert not app.metric
    assert any(advice in element.value for element in [*app.info, *app.subheader])
