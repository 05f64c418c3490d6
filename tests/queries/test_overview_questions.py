"""The questions of the overview and of the pickers, beside hand-written SQL."""

from __future__ import annotations

from decimal import Decimal

import pytest

from queries.charged_period import charged_period
from queries.dimension_values import dimension_values
from queries.month_over_month import month_over_month
from queries.moving_apps import moving_apps
from queries.registered_teams import registered_teams
from queries.top_movers import top_movers
from tests.queries.conftest import charge, utc
from warehouse.histories import record, transfer
from warehouse.tables import table

CHARGES = table("charges")
BOTH = (CHARGES, table("daily_charges"))


def test_a_month_is_compared_with_the_same_days_of_the_month_before(platform) -> None:
    as_of = utc(2026, 2, 4, 15)
    (row,) = platform.rows(month_over_month(*BOTH, as_of=as_of))
    (facts,) = platform.rows(
        """
        SELECT
            sumIf(effective_cost, charge_date >= '2026-02-01' AND charge_period_start < '2026-02-04 15:00:00') AS now,
            sumIf(effective_cost, charge_period_start < '2026-01-04 15:00:00') AS before,
            sumIf(effective_cost, charge_date < '2026-02-01') AS january
        FROM charges WHERE billing_currency = 'USD' AND charge_date >= '2026-01-01'
        """
    )
    assert (row["month_to_date"], row["previous_month"]) == (facts["now"], facts["january"])
    assert row["previous_to_date"] == (facts["before"] or 0)
    assert row["to_date_change"] == row["month_to_date"] - row["previous_to_date"]
    assert row["run_rate_change"] == row["run_rate"] - row["previous_month"]


def test_growth_is_a_fraction_of_the_month_before(store, make_charges) -> None:
    make_charges([charge(utc(2026, 1, 2), "8"), charge(utc(2026, 1, 30), "100"), charge(utc(2026, 2, 2), "10")])
    (row,) = store.rows(month_over_month(*BOTH, as_of=utc(2026, 2, 3)))
    assert (row["previous_to_date"], row["to_date_growth"]) == (8, Decimal("0.25"))
    (row,) = store.rows(month_over_month(*BOTH, as_of=utc(2026, 1, 3)))
    assert (row["previous_month"], row["run_rate_growth"], row["to_date_growth"]) == (0, None, None)


def test_a_day_that_the_month_before_lacks_compares_with_all_of_it(store, make_charges) -> None:
    make_charges([charge(utc(2026, 2, 28), "5"), charge(utc(2026, 3, 1), "1"), charge(utc(2026, 3, 31), "1")])
    (row,) = store.rows(month_over_month(*BOTH, as_of=utc(2026, 3, 31, 12)))
    assert (row["previous_to_date"], row["previous_month"]) == (5, 5)


def test_movers_come_with_the_days_before_and_a_mark(store, make_charges) -> None:
    days = [charge(utc(2026, 3, day), "10", app_id="steady") for day in range(1, 29)]
    spike = [charge(utc(2026, 3, day), "400" if day == 27 else "1", app_id="spiky") for day in range(1, 29)]
    make_charges([*days, *spike, charge(utc(2026, 3, 26), "3", app_id="young")])
    as_of = utc(2026, 3, 28, 12)
    rows = store.rows(moving_apps(*BOTH, as_of=as_of))
    assert [row["app_id"] for row in rows] == ["spiky", "steady", "young"]
    assert [row["marks"] for row in rows] == [["spike"], [], ["new"]]
    assert rows[0]["trend"] == pytest.approx([1.0] * 13 + [400.0])  # the engine divides: an ulp off, for pixels
    assert rows[1]["trend"] == [10.0] * 14
    assert rows[2]["trend"] == [0.0] * 12 + [3.0, 0.0]


def test_movers_are_the_top_movers(platform) -> None:
    as_of = utc(2026, 2, 4, 15)
    movers = platform.rows(top_movers(CHARGES, as_of=as_of))
    assert movers
    extended = platform.rows(moving_apps(CHARGES, CHARGES, as_of=as_of))
    assert [{name: row[name] for name in movers[0]} for row in extended] == movers


def test_the_charged_period_ends_with_the_last_charge(platform, store) -> None:
    (row,) = platform.rows(charged_period(CHARGES))
    (facts,) = platform.rows(
        "SELECT min(charge_period_start) AS first_start, max(charge_period_start) AS last_start, "
        "max(charge_period_end) AS last_end, count() AS charges, "
        "maxIf(charge_period_end, meter != 'platform_cost') AS last_usage_end FROM charges"
    )
    assert row == facts
    assert store.rows(charged_period(CHARGES))[0]["charges"] == 0


def test_data_reaches_as_far_as_usage_whatever_month_a_bill_is_of(store, make_charges) -> None:
    bill = charge(utc(2026, 1, 4), "9", meter="platform_cost", charge_period_end=utc(2026, 2, 1))
    make_charges([bill])
    assert store.rows(charged_period(CHARGES))[0]["last_usage_end"] == utc(2026, 2, 1)
    make_charges([bill, charge(utc(2026, 1, 4, 3), "1")])
    (row,) = store.rows(charged_period(table("daily_charges")))
    assert (row["last_end"], row["last_usage_end"]) == (utc(2026, 2, 1), utc(2026, 1, 4, 4))


@pytest.mark.parametrize("by", ["team_id", "app_id", "is_estimated"])
def test_values_of_a_dimension_are_those_of_the_period(platform, by: str) -> None:
    start, end = utc(2026, 1, 10), utc(2026, 1, 12)
    rows = platform.rows(dimension_values(CHARGES, by=by, start=start, end=end))
    facts = platform.rows(
        f"SELECT toString({by}) AS value, count() AS charges FROM charges "
        "WHERE charge_period_start >= '2026-01-10' AND charge_period_start < '2026-01-12' GROUP BY value ORDER BY value"
    )
    assert rows == facts


def test_a_team_goes_by_its_latest_name(store) -> None:
    record(store, "teams", [{"team_id": "a", "team_name": "Old", "cost_center": "cc"}], by="test")
    transfer(store, "teams", "a", utc(2026, 1, 1), {"team_name": "New"}, by="test")
    assert store.rows(registered_teams(table("teams"))) == [{"team_id": "a", "team_name": "New"}]
