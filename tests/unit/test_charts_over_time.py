"""Nothing is lost in a stack, UTC days stay themselves, colors do not repeat."""

from __future__ import annotations

import json
import re
from datetime import date

import pandas as pd
import pyarrow as pa
import pytest

from charts.over_time import lines_over_time, moments, stacked_over_time
from charts.theme import OTHER, OTHER_COLOR, PALETTE, axis_labels

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
    assert spec["encoding"]["y"]["axis"]["labelExpr"].endswith(" : format(datum.value, '$,.6~r')")


def d3(value: float, form: str) -> str:
    """The few formats that axes use, as d3 draws them: fixed digits, or significant ones without trailing zeros."""
    sign, digits, kind = re.fullmatch(r"(\$?),?\.(\d)(f|~r|%)", form).groups()
    size = abs(value)
    if kind == "~r":
        places = max(0, int(digits) - 1 - int(f"{size:e}".partition("e")[2]))
        text = f"{round(size, places):,.{places}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{size:,.{digits}{kind}}"
    return ("−" if value < 0 else "") + sign + text


def label(value: float, unit: str) -> str:
    """What stands at a tick: the expression read case by case, as Vega reads it."""
    names = {"abs": abs, "round": round, "format": d3, "value": value, "__builtins__": {}}

    def said(part: str) -> object:
        plain = part.replace("datum.value", "value").replace("&&", " and ").replace("!(", "not (")
        return eval(plain, names)

    *cases, last = axis_labels(unit).split(" : ")
    for case in cases:
        condition, then = case.split(" ? ")
        if said(condition):
            return str(said(then))
    return str(said(last))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0, "USD", "$0"),
        (0.2, "USD", "$0.20"),
        (0.8, "USD", "$0.80"),
        (0.1 + 0.2, "USD", "$0.30"),
        (0.002, "USD", "$0.002"),
        (0.025, "USD", "$0.025"),
        (5, "USD", "$5"),
        (2.5, "USD", "$2.50"),
        (-12.5, "USD", "−$12.50"),
        (999, "USD", "$999"),
        (1_000, "USD", "$1k"),
        (1_200, "USD", "$1.2k"),
        (-20_000, "USD", "−$20k"),
        (3_000_000, "USD", "$3M"),
        (2_500_000_000, "USD", "$2.5B"),
        (0.8, "EUR", "0.80"),
        (1_200, "EUR", "1.2k"),
        (0.0000025, "USD per Tokens", "$0.0000025"),
        (0.8, "USD per 1000 Requests", "$0.80"),
        (0.5, "Tokens", "0.5"),
        (1_500, "Tokens", "1.5k"),
        (0.25, "share", "25%"),
    ],
)
def test_an_axis_says_cents_as_cents_and_letters_from_a_thousand_on(value: float, unit: str, text: str) -> None:
    assert label(value, unit) == text


@pytest.mark.parametrize(("grain", "hours"), [("hour", 1), ("day", 24), ("week", 24), ("month", 28 * 24)])
def test_a_few_steps_are_named_once_each(grain: str, hours: int) -> None:
    assert moments("day", grain).to_dict()["axis"]["tickMinStep"] == hours * 3_600_000
