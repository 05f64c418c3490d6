"""Charges by day answer as charges by hour do, wherever a question is about whole days."""

from __future__ import annotations

from typing import Any

import pytest

from jobs.questions import question
from metrics.catalog import DIMENSIONS, MEASURES
from queries.app_list import app_list
from queries.change_steps import change_steps
from queries.charged_period import charged_period
from queries.month_over_month import month_over_month
from queries.moving_apps import moving_apps
from queries.spend import spend
from queries.top_spend import top_spend
from queries.unpriced_usage import unpriced_usage
from tests.queries.conftest import utc
from ui.resolution import FINE, charges_for
from warehouse.tables import table

PERIOD = {"start": utc(2026, 1, 19), "end": utc(2026, 2, 2)}
PREVIOUS = {"previous_start": utc(2026, 1, 5), "previous_end": utc(2026, 1, 19)}
WHERE = {"where": {"environment": ["production"], "lifecycle": ["persistent"]}}
COARSE = [name for name in DIMENSIONS if name not in FINE]
BY_HOUR, BY_DAY = table("charges"), table("daily_charges")
# Whole questions, each as the pages ask it.
ASKED: dict[str, dict[str, Any]] = {
    "app_showback": PERIOD | PREVIOUS,
    "attribution_coverage": PERIOD | {"grain": "day"},
    "booking_modes": PERIOD,
    "change_contributors": PERIOD | PREVIOUS,
    "compared_spend": PERIOD | PREVIOUS | WHERE | {"by": ["app_id", "pricing_category"], "measures": list(MEASURES)},
    "daily_spend": PERIOD | {"by": ["team_id"]},
    "daily_spend_beside": PERIOD | {"previous_start": PREVIOUS["previous_start"]} | WHERE,
    "price_changes": PERIOD,
    "spend_change": PERIOD | PREVIOUS | {"by": ["team_id"]},
    "total_cost": {},
}


@pytest.mark.parametrize("name", ASKED)
def test_a_question_about_days_answers_the_same(name: str, platform) -> None:
    asked = question(name)
    charges, *others = asked.tables
    assert charges == "charges"
    answers = [platform.arrow(asked.function(rows, *map(table, others), **ASKED[name])) for rows in (BY_HOUR, BY_DAY)]
    assert answers[0].num_rows or name == "price_changes"
    assert answers[0].equals(answers[1])


@pytest.mark.parametrize("grain", [None, "day", "week", "month"])
@pytest.mark.parametrize("by", COARSE)
def test_every_measure_by_every_dimension_is_the_same(by: str, grain: str | None, platform) -> None:
    options = PERIOD | {"measures": list(MEASURES), "by": list(dict.fromkeys([by, "billing_currency"]))}
    if (grain == "day" and by == "charge_date") or grain == by:
        options["by"] = ["billing_currency"]
    by_hour, by_day = (platform.arrow(spend(rows, grain=grain, **options)) for rows in (BY_HOUR, BY_DAY))
    assert by_hour.num_rows
    assert by_hour.equals(by_day)


def test_the_steps_of_a_change_are_the_same(platform) -> None:
    by_hour, by_day = (platform.arrow(change_steps(rows, **PERIOD, **PREVIOUS)) for rows in (BY_HOUR, BY_DAY))
    assert by_hour["step"].to_pylist() == ["before", "price", "volume", "mix", "new", "gone", "after"]
    assert by_hour.equals(by_day)


@pytest.mark.parametrize("grain", [None, "day"])
def test_the_largest_are_the_same(grain: str | None, platform) -> None:
    options = PERIOD | {"by": "sku_id", "grain": grain, "top": 3}
    by_hour, by_day = (platform.arrow(top_spend(rows, **options)) for rows in (BY_HOUR, BY_DAY))
    assert by_hour.equals(by_day)


@pytest.mark.parametrize("as_of", [utc(2026, 2, 1, 13, 59, 59), utc(2026, 2, 1), utc(2026, 1, 31, 23, 59, 59)])
def test_windows_that_end_inside_a_day_are_exact_to_the_hour(as_of, platform) -> None:
    for ask, apart in ((month_over_month, []), (moving_apps, ["first_seen"])):
        exact = platform.arrow(ask(BY_HOUR, BY_HOUR, as_of=as_of)).drop_columns(apart)
        mixed = platform.arrow(ask(BY_HOUR, BY_DAY, as_of=as_of)).drop_columns(apart)
        assert exact.num_rows
        assert exact.equals(mixed), ask.__name__


def test_only_moments_are_coarser(platform) -> None:
    for ask, others in ((app_list, [table("apps")]), (unpriced_usage, [])):
        by_hour, by_day = (platform.arrow(ask(rows, *others, **PERIOD)) for rows in (BY_HOUR, BY_DAY))
        moments = ["first_seen", "last_seen"]
        assert by_hour.drop_columns(moments).equals(by_day.drop_columns(moments))
        for name in moments:
            assert [at.date() for at in by_hour[name].to_pylist()] == [at.date() for at in by_day[name].to_pylist()]
    by_hour, by_day = (platform.rows(charged_period(rows))[0] for rows in (BY_HOUR, BY_DAY))
    assert by_hour["last_end"] == by_day["last_end"]
    assert by_hour["first_start"].date() == by_day["first_start"].date()
    assert by_day["charges"] < by_hour["charges"]


def test_a_question_goes_to_the_smallest_table_that_can_answer() -> None:
    assert {charges_for([name]) for name in COARSE} == {"daily_charges"}
    assert {charges_for([name]) for name in FINE} == {"charges"}
    assert charges_for(["team_id", "resource_id"]) == "charges"
    assert charges_for(["team_id"], "hour") == "charges"
    assert {charges_for(["team_id"], grain) for grain in (None, "day", "week", "month")} == {"daily_charges"}
