"""Waterfalls land where they should; rankings, coverage and timelines say what the data says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pyarrow as pa
import pytest

from charts.coverage import coverage_bar
from charts.over_time import stacked_over_time
from charts.ranking import ROW, ranked_bars
from charts.theme import FALL, OTHER, OTHER_COLOR, RISE, TOTAL, written
from charts.timeline import MARKERS, timeline
from charts.waterfall import change_waterfall

STEPS = pd.DataFrame(
    [
        ("October", 100.0, True),
        ("price", 30.0, False),
        ("volume", -50.0, False),
        ("new", 15.0, False),
        ("November", 95.0, True),
    ],
    columns=["step", "amount", "is_total"],
)
TREND = pa.table(
    {
        "charge_date": [date(2026, 11, 2), date(2026, 11, 3)],
        "cost": [10.0, 12.0],
        "low": [8.0, 9.0],
        "high": [13.0, 14.0],
        "before": [7.0, None],
    }
)


def marker(action: str) -> pa.Table:
    return pa.table({"time": [datetime(2026, 11, 2, 9, tzinfo=UTC)], "action": [action], "detail": ["chat 1.2"]})


def datasets(spec: dict) -> list[list[dict]]:
    return list(spec["datasets"].values())


def test_every_step_starts_where_the_last_one_ended_and_the_last_total_meets_them() -> None:
    spec = change_waterfall(STEPS, step="step", amount="amount", is_total="is_total").to_dict()
    drawn = next(rows for rows in datasets(spec) if len(rows) == 5)
    assert [(row["_start"], row["_end"]) for row in drawn] == [(0, 100), (100, 130), (130, 80), (80, 95), (0, 95)]
    assert [row["_sense"] for row in drawn] == ["total", "rise", "fall", "rise", "total"]
    assert [row["_text"] for row in drawn] == ["$100", "+$30.00", "−$50.00", "+$15.00", "$95.00"]


def test_a_rise_of_cost_is_red_a_fall_green() -> None:
    spec = change_waterfall(STEPS, step="step", amount="amount", is_total="is_total").to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    assert bars["encoding"]["color"]["scale"] == {"domain": ["total", "rise", "fall"], "range": [TOTAL, RISE, FALL]}


def test_every_bar_has_its_name_and_room_for_its_number() -> None:
    many = pd.DataFrame(
        [("before", 100.0, True), *((f"application-{n}", 5.0, False) for n in range(6)), ("now", 130.0, True)],
        columns=["step", "amount", "is_total"],
    )
    spec = change_waterfall(many, step="step", amount="amount", is_total="is_total").to_dict()
    bars = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "bar")
    assert bars["encoding"]["y"]["field"] == "step"
    assert bars["encoding"]["y"]["axis"]["labelOverlap"] is False
    scale = bars["encoding"]["x"]["scale"]
    assert scale["domain"] == pytest.approx([0, 130 * 1.3])
    assert scale["nice"] is False, "a tick at the edge would lose half of its label"
    assert spec["height"] >= 8 * 30
    low, high = bars["encoding"]["x"]["scale"]["domain"]
    assert (low, high > 130 * 1.2) == (0, True)


def test_small_changes_keep_their_cents() -> None:
    small = pd.DataFrame({"step": ["price"], "amount": [0.25], "is_total": [False]})
    spec = change_waterfall(small, step="step", amount="amount", is_total="is_total").to_dict()
    assert [row["_text"] for rows in datasets(spec) for row in rows] == ["+$0.25"]


def test_ranked_bars_keep_the_order_of_the_question() -> None:
    data = pa.table({"app_id": ["chat", "", OTHER], "cost": [9.0, 4.0, 20.0]})
    spec = ranked_bars(data, name="app_id", value="cost").to_dict()
    assert [row["app_id"] for row in datasets(spec)[0]] == ["chat", "(none)", OTHER]
    assert spec["layer"][0]["encoding"]["y"]["sort"] is None
    assert OTHER_COLOR in str(spec["layer"][0]["encoding"]["color"])
    assert spec["params"][0]["name"] == "pick"


def test_ranked_bars_grow_with_their_rows_and_stand_an_empty_table() -> None:
    data = pd.DataFrame({"app_id": [f"a{i}" for i in range(12)], "cost": 1.0})
    assert ranked_bars(data, name="app_id", value="cost").to_dict()["height"] == 12 * ROW
    assert ranked_bars(data.head(0), name="app_id", value="cost").to_dict()["height"] == 3 * ROW


def test_coverage_is_one_whole() -> None:
    data = pd.DataFrame({"rule": ["app_tag", "default"], "share": [0.9, 0.1], "cost": [90.0, 10.0]})
    spec = coverage_bar(data, part="rule", share="share", value="cost").to_dict()
    assert spec["encoding"]["x"]["scale"]["domain"] == [0, 1]
    assert sum(row["share"] for row in datasets(spec)[0]) == 1
    assert [tip["format"] for tip in spec["encoding"]["tooltip"][1:]] == [",.1%", "$,.2f"]


def test_a_timeline_carries_band_before_and_markers() -> None:
    spec = timeline(
        TREND, time="charge_date", value="cost", band=("low", "high"), before="before", markers=marker("deploy")
    ).to_dict()
    kinds = [layer["mark"]["type"] for layer in spec["layer"]]
    assert kinds == ["area", "line", "area", "line", "rule", "point"]
    assert spec["layer"][0]["encoding"]["y2"]["field"] == "high"
    assert [layer["encoding"]["x"]["scale"]["type"] for layer in spec["layer"]] == ["utc"] * 6


def test_without_extras_a_timeline_is_its_line() -> None:
    spec = timeline(TREND, time="charge_date", value="cost", markers=marker("deploy").slice(0, 0)).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["area", "line"]


@pytest.mark.parametrize("action", list(MARKERS))
def test_every_lifecycle_action_has_a_color_and_a_shape(action: str) -> None:
    spec = timeline(TREND, time="charge_date", value="cost", markers=marker(action)).to_dict()
    point = spec["layer"][-1]["encoding"]
    assert action in point["color"]["scale"]["domain"]
    assert len(set(point["shape"]["scale"]["range"])) == len(MARKERS)


def test_an_unknown_lifecycle_action_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown lifecycle action explode; there are deploy"):
        timeline(TREND, time="charge_date", value="cost", markers=marker("explode"))


def test_a_colored_ranking_is_the_legend_of_the_chart_beside_it() -> None:
    data = pd.DataFrame({"app_id": ["chat", "", OTHER], "cost": [9.0, 4.0, 20.0], "day": pd.Timestamp("2026-11-02")})
    ranking = ranked_bars(data, name="app_id", value="cost", colored=True).to_dict()
    names = [row["app_id"] for row in datasets(ranking)[0]]
    stack = stacked_over_time(data, time="day", value="cost", series="app_id", order=names, legend=False).to_dict()
    color = ranking["layer"][0]["encoding"]["color"]
    assert color["scale"] == stack["encoding"]["color"]["scale"]
    assert (color["legend"], stack["encoding"]["color"]["legend"]) == (None, None)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.33, "USD", "$0.33"),
        (42.815, "USD", "$42.82"),
        (99.994, "USD", "$99.99"),
        (1234.5, "USD", "$1,235"),
        (-12.0, "USD", "−$12.00"),
        (-0.001, "USD", "$0.00"),
        (12.0, "EUR", "12.00"),
        (2.16926, "USD per 1000 Requests", "$2.1693"),
        (0.1234, "share", "12.3%"),
        (9_999.0, "Tokens", "9,999"),
        (12_345.0, "Tokens", "12k"),
        (1_408_613_266.0, "Tokens", "1.4B"),
    ],
)
def test_a_written_number_keeps_the_digits_that_matter(value, unit, text) -> None:
    assert written(value, unit) == text


def test_steps_can_be_renamed_for_people() -> None:
    spec = change_waterfall(
        STEPS.replace("October", "before"), step="step", amount="amount", is_total="is_total", labels={"before": "Oct"}
    ).to_dict()
    assert next(row["step"] for row in next(rows for rows in datasets(spec) if len(rows) == 5)) == "Oct"


def test_markers_of_one_day_stand_in_lanes_above_the_line() -> None:
    both = pa.concat_tables([marker("deploy"), marker("stop")])
    spec = timeline(TREND, time="charge_date", value="cost", before="before", markers=both, height=260).to_dict()
    heights = [layer["encoding"]["y"]["value"] for layer in spec["layer"] if layer["mark"]["type"] == "point"]
    assert len(set(heights)) == 2
    top = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "area")["encoding"]["y"]["scale"][
        "domainMax"
    ]
    # The highest value, 12 of ``top``, is drawn below the lowest lane.
    assert (1 - 12 / top) * 260 > max(heights)
