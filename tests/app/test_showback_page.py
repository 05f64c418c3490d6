"""Showback: a team's month is the store's, what changed adds up, and a lead sees the own team only."""

from __future__ import annotations

import json
from decimal import Decimal

import pyarrow as pa
import pytest

from warehouse.histories import record

MONTH = "toStartOfMonth(charge_date) = toStartOfMonth(now('UTC'))"


def month_cost(store, **held: str) -> Decimal:
    where = "".join(f" AND {name} = {{{name}:String}}" for name in held)
    return store.scalar(f"SELECT sum(effective_cost) FROM charges WHERE {MONTH}{where}", held or None)


def charts(app) -> list[tuple[dict, list[pa.Table]]]:
    found = []
    for chart in app.get("vega_lite_chart"):
        tables = []
        for dataset in chart.proto.datasets:
            with pa.ipc.open_stream(dataset.data.data) as stream:
                tables.append(stream.read_all())
        found.append((json.loads(chart.proto.spec), tables))
    return found


def texts(app) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "subheader") for element in app.get(kind))


@pytest.mark.parametrize("team", ["growth", "payments", "search"])
def test_a_leads_month_is_the_stores(open_page, platform, team: str) -> None:
    app = open_page("showback", f"Lead of {team}")
    assert not app.exception
    assert not app.error
    assert Decimal(app.metric[0].value) == month_cost(platform, team_id=team)
    apps = app.dataframe[0].value
    assert sum(apps["effective_cost"].dropna()) == month_cost(platform, team_id=team)
    for row in apps.itertuples():
        assert sum(row.trend) == pytest.approx(float(row.effective_cost or 0))


def test_a_lead_of_one_team_has_no_team_to_pick(open_page, platform) -> None:
    app = open_page("showback", "Lead of growth")
    assert {box.key for box in app.selectbox} == {"viewing_as", "month", "app"}


def test_another_team_in_the_address_changes_nothing(open_page, platform) -> None:
    app = open_page("showback", "Lead of growth", team="payments", app="checkout-copilot")
    assert not app.exception
    assert Decimal(app.metric[0].value) == month_cost(platform, team_id="growth")
    seen = {str(value) for element in app.dataframe for value in element.value["app_id"]}
    assert seen == {"landing-writer", "campaign-ideas", "seo-audit"}
    assert "checkout-copilot" not in texts(app)


def test_an_analyst_may_pick_any_team(open_page, platform) -> None:
    app = open_page("showback")
    assert {"growth", "payments", "search"} <= set(app.selectbox(key="team").options)
    app.selectbox(key="team").set_value("payments").run()
    assert not app.exception
    assert Decimal(app.metric[0].value) == month_cost(platform, team_id="payments")


def test_an_on_call_engineer_has_no_showback(open_page, platform) -> None:
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        open_page("showback", "On-call")


def test_one_app_is_everything_on_the_page(open_page, platform) -> None:
    app = open_page("showback", "Lead of search")
    app.selectbox(key="app").set_value("ranker-lab").run()
    assert not app.exception
    assert Decimal(app.metric[0].value) == month_cost(platform, app_id="ranker-lab")
    assert list(app.dataframe[0].value["app_id"]) == ["ranker-lab"]


def test_the_waterfall_ends_at_the_months_cost(open_page, platform) -> None:
    app = open_page("showback", "Lead of search")
    [(_, tables)] = [found for found in charts(app) if any("step" in table.column_names for table in found[1])]
    steps = max(tables, key=lambda table: table.num_rows).to_pylist()
    assert [row["step"] for row in steps][1:-1] == ["price", "volume", "mix", "new", "gone"]
    assert steps[-1]["amount"] == pytest.approx(float(month_cost(platform, team_id="search")))
    assert sum(row["amount"] for row in steps[:-1]) == pytest.approx(steps[-1]["amount"])


def test_the_days_of_the_timeline_add_up(open_page, platform) -> None:
    app = open_page("showback", "Lead of search")
    [(_, tables)] = [found for found in charts(app) if any("previous_cost" in t.column_names for t in found[1])]
    days = next(table for table in tables if "previous_cost" in table.column_names).to_pylist()
    # The day that is not over would look like a fall: it is left out, but on the first of a month.
    last = days[-1]["charge_date"].date()
    cost = platform.scalar(
        f"SELECT sum(effective_cost) FROM charges WHERE {MONTH} AND team_id = 'search' "
        "AND charge_date <= {last:Date}",
        {"last": last},
    )
    assert sum(day["cost"] for day in days) == pytest.approx(float(cost))
    ends = platform.scalar("SELECT max(charge_period_end) FROM charges")
    assert last.day == max(1, ends.day - 1) or ends.day == 1


def test_charts_get_no_decimals(open_page, platform) -> None:
    tables = [table for _, found in charts(open_page("showback", "Lead of search")) for table in found]
    assert len(tables) >= 2
    assert not [field for table in tables for field in table.schema if pa.types.is_decimal(field.type)]


def test_what_changed_is_said_in_words(open_page, platform) -> None:
    app = open_page("showback", "Lead of search")
    names = [button.label for button in app.button if button.key and button.key.startswith("why/")]
    assert set(names) <= {"query-rewriter", "ranker-lab", "index-summaries"}
    assert names
    assert "volume" in texts(app)


def test_it_says_that_it_is_not_a_bill(open_page, platform) -> None:
    assert "Showback: not a bill" in texts(open_page("showback", "Lead of growth"))


def test_a_month_before_the_first_is_not_offered_and_an_unknown_one_not_shown(open_page, platform) -> None:
    app = open_page("showback", "Lead of growth", month="1999-01")
    assert not app.exception
    assert app.selectbox(key="month").value == app.selectbox(key="month").options[0]
    assert 2 <= len(app.selectbox(key="month").options) <= 3  # 45 days


@pytest.mark.parametrize(
    ("viewing_as", "advice"), [("Analyst", "No charges yet"), ("Lead of growth", "No charges for growth yet")]
)
def test_an_empty_store_says_what_to_do(open_page, store, viewing_as: str, advice: str) -> None:
    record(store, "teams", [{"team_id": "growth", "team_name": "Growth", "cost_center": "cc"}], by="test")
    app = open_page("showback", viewing_as)
    assert not app.exception
    assert not app.metric
    assert any(advice in element.value for element in [*app.info, *app.subheader])
