"""Nothing is lost in a stack, UTC days stay themselves, colors do not repeat."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from charts.over_time import lines_over_time, stacked_over_time
from charts.theme import OTHER, OTHER_COLOR, PALETTE

DATA = pa.table(
    {
        "charge_date": [date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 3)],
        "team_id": ["growth", "search", OTHER, "growth"],
        "effective_cost": [10.0, 40.0, 5.0, 20.0],
    }
)


def stacked(**options: object) -> dict:
    chart = stacked_over_time(DATA, time="charge_date", value="effective_cost", series="team_id", **options)
    return chart.to_dict(format="vega-lite")


def rows(spec: dict) -> list[dict]:
    return next(iter(spec["datasets"].values()))


def test_the_stack_of_a_day_is_the_days_sum() -> None:
    tops: dict[str, float] = {}
    for row in rows(stacked()):
        tops[row["charge_date"]] = max(tops.get(row["charge_date"], 0), row["_high"])
        assert row["_high"] - row["_low"] == row["effective_cost"]
    assert sorted(tops.values()) == [20.0, 55.0]


def test_a_credit_hangs_below_zero_and_does_not_shorten_the_costs() -> None:
    frame = pd.DataFrame({"day": pd.to_datetime(["2026-11-02"] * 3), "sku": ["a", "b", "c"], "cost": [5.0, -2.0, 3.0]})
    drawn = rows(stacked_over_time(frame, time="day", value="cost", series="sku").to_dict())
    assert {row["sku"]: (row["_low"], row["_high"]) for row in drawn} == {"a": (0, 5), "c": (5, 8), "b": (0, -2)}


def test_series_run_from_largest_to_other_and_other_is_gray() -> None:
    scale = stacked()["encoding"]["color"]["scale"]
    assert scale["domain"] == ["search", "growth", OTHER]
    assert scale["range"] == [PALETTE[0], PALETTE[1], OTHER_COLOR]


def test_a_given_order_keeps_the_colors_of_another_chart() -> None:
    scale = stacked(order=["growth", "search", OTHER])["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True))["growth"] == PALETTE[0]


def test_more_series_than_colors_are_refused_rather_than_repeated() -> None:
    many = pd.DataFrame({"day": pd.Timestamp("2026-11-02"), "app_id": [f"a{i}" for i in range(9)], "cost": 1.0})
    with pytest.raises(ValueError, match="9 series but 8 colors"):
        stacked_over_time(many, time="day", value="cost", series="app_id")


@pytest.mark.parametrize(
    ("grain", "start", "end"),
    [
        ("hour", "2026-11-02T03:00", "2026-11-02T04:00"),
        ("day", "2026-11-02", "2026-11-03"),
        ("week", "2026-11-02", "2026-11-09"),
        ("month", "2026-02-01", "2026-03-01"),
    ],
)
def test_a_bar_lies_inside_its_own_step(grain: str, start: str, end: str) -> None:
    frame = pd.DataFrame({"when": [pd.Timestamp(start, tz="UTC")], "cost": [1.0]})
    [row] = rows(stacked_over_time(frame, time="when", value="cost", grain=grain).to_dict())
    low, high = pd.Timestamp(row["_from"]), pd.Timestamp(row["_to"])
    whole = pd.Timestamp(end, tz="UTC") - pd.Timestamp(start, tz="UTC")
    assert pd.Timestamp(start, tz="UTC") < low < high < pd.Timestamp(end, tz="UTC")
    assert (high - low) / whole == pytest.approx(0.86)


def test_an_unknown_grain_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown grain 'decade'; there are hour, day, week, month"):
        stacked(grain="decade")


@pytest.mark.parametrize("build", [stacked_over_time, lines_over_time])
def test_time_is_utc_on_the_axis_and_in_the_tooltip(build) -> None:
    spec = build(DATA, time="charge_date", value="effective_cost", series="team_id").to_dict()
    assert spec["encoding"]["x"]["scale"] == {"type": "utc"}
    assert spec["encoding"]["x"]["axis"]["format"] == "%b %d"
    moment = spec["encoding"]["tooltip"][0]
    assert moment["timeUnit"].startswith("utc")


@pytest.mark.parametrize("build", [stacked_over_time, lines_over_time])
def test_tooltips_are_exact_and_a_click_can_be_read(build) -> None:
    spec = build(DATA, time="charge_date", value="effective_cost", series="team_id", label="Effective cost").to_dict()
    assert spec["encoding"]["tooltip"][-1]["format"] == "$,.2f"
    assert spec["encoding"]["tooltip"][-1]["title"] == "Effective cost"
    [pick] = spec["params"]
    assert (pick["name"], pick["select"]) == ("pick", {"type": "point", "fields": ["team_id"]})


@pytest.mark.parametrize("build", [stacked_over_time, lines_over_time])
def test_charts_say_no_address_but_the_schemas(build) -> None:
    text = json.dumps(build(DATA, time="charge_date", value="effective_cost", series="team_id").to_dict())
    assert text.count("http") == 1  # $schema, which nobody fetches


def test_other_currencies_carry_no_dollar_sign() -> None:
    spec = stacked(unit="EUR")
    assert "$" not in spec["encoding"]["y"]["axis"]["labelExpr"].replace("datum", "")
    assert spec["encoding"]["tooltip"][-1]["format"] == ",.2f"


def test_unit_costs_keep_their_small_digits() -> None:
    spec = lines_over_time(DATA, time="charge_date", value="effective_cost", unit="USD per 1000 Requests").to_dict()
    assert spec["encoding"]["tooltip"][-1]["format"] == "$,.6~f"
    assert spec["encoding"]["y"]["axis"]["labelExpr"] == "format(datum.value, '$,.4~f')"
