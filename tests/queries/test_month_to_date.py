from __future__ import annotations

from decimal import Decimal

from queries.month_to_date import month_to_date
from tests.queries.conftest import charge, utc
from warehouse.tables import table

CHARGES = table("charges")


def test_run_rate_is_complete_days_plus_the_mean_of_the_last_seven_for_every_day_left(platform) -> None:
    (row,) = platform.rows(month_to_date(CHARGES, as_of=utc(2026, 2, 4, 15)))
    (facts,) = platform.rows(
        """
        SELECT
            sumIf(effective_cost, charge_date >= '2026-02-01') AS month_to_date,
            sumIf(effective_cost, charge_date BETWEEN '2026-02-01' AND '2026-02-03') AS complete,
            sumIf(effective_cost, charge_date BETWEEN '2026-01-28' AND '2026-02-03') AS week
        FROM charges WHERE billing_currency = 'USD' AND charge_period_start < '2026-02-04 15:00:00'
        """
    )
    # February 4th to 28th are left: 25 days.
    expected = facts["complete"] + _truncated(facts["week"] * 25, 7)
    mean = _truncated(facts["week"], 7)
    assert row == {
        "month_to_date": facts["month_to_date"],
        "days_left": 25,
        "mean_daily_cost": mean,
        "run_rate": expected,
    }


def test_a_platform_younger_than_a_week_has_its_own_mean(store, make_charges) -> None:
    make_charges([charge(utc(2026, 1, 29), "10"), charge(utc(2026, 1, 30), "20"), charge(utc(2026, 1, 31, 8), "1")])
    (row,) = store.rows(month_to_date(CHARGES, as_of=utc(2026, 1, 31, 9)))
    assert (row["month_to_date"], row["mean_daily_cost"], row["days_left"]) == (31, 15, 1)
    assert row["run_rate"] == 30 + 15


def test_the_first_day_of_a_month_looks_back_into_the_last_one(store, make_charges) -> None:
    make_charges([charge(utc(2026, 1, day), "7") for day in range(1, 32)])
    (row,) = store.rows(month_to_date(CHARGES, as_of=utc(2026, 2, 1)))
    assert (row["month_to_date"], row["days_left"], row["run_rate"]) == (0, 28, 7 * 28)


def test_split_by_team_the_parts_add_up(platform) -> None:
    rows = platform.rows(month_to_date(CHARGES, as_of=utc(2026, 2, 4, 15), by=["team_id"]))
    (whole,) = platform.rows(month_to_date(CHARGES, as_of=utc(2026, 2, 4, 15)))
    assert [row["team_id"] for row in rows] == ["", "assist", "data", "team-1"][: len(rows)]
    assert sum(row["month_to_date"] for row in rows) == whole["month_to_date"]


def _truncated(cost: Decimal, parts: int) -> Decimal:
    return Decimal(int(cost.scaleb(21)) // parts).scaleb(-21)
