from __future__ import annotations

from decimal import Decimal

import pytest

from queries.compared_spend import compared_spend
from tests.queries.conftest import charge, utc
from warehouse.tables import table

PERIODS = {
    "start": utc(2026, 2, 1),
    "end": utc(2026, 3, 1),
    "previous_start": utc(2026, 1, 1),
    "previous_end": utc(2026, 2, 1),
}


@pytest.fixture
def charged(store, make_charges):
    make_charges(
        [
            charge(utc(2026, 1, 31, 23), "100.000000000000000000001", app_id="chat", consumed_quantity=Decimal(4000)),
            charge(utc(2026, 2, 1), "150.000000000000000000002", app_id="chat", consumed_quantity=Decimal(5000)),
            charge(utc(2026, 1, 5), "7", app_id="gone"),
            charge(utc(2026, 2, 5), "9", app_id="new"),
            charge(utc(2026, 2, 6), None, app_id="unpriced"),
            charge(utc(2026, 3, 1), "1000", app_id="chat"),  # on the border: in neither
        ]
    )
    return store


def test_every_group_of_either_period_is_there_largest_first(charged) -> None:
    rows = charged.rows(compared_spend(table("charges"), **PERIODS, by=["app_id"]))
    assert [row["app_id"] for row in rows] == ["chat", "new", "gone", "unpriced"]
    chat, new, gone, unpriced = rows
    assert chat["effective_cost_change"] == Decimal("50.000000000000000000001")
    assert (new["previous_effective_cost"], new["effective_cost_growth"]) == (0, None)
    assert (gone["effective_cost"], gone["effective_cost_change"], gone["effective_cost_growth"]) == (0, -7, -1)
    assert unpriced["effective_cost"] is None
    assert unpriced["previous_effective_cost"] == 0


def test_growth_is_change_over_previous(charged) -> None:
    [row] = charged.rows(compared_spend(table("charges"), **PERIODS, where={"app_id": ["chat"]}, measures=["requests"]))
    assert (row["requests"], row["previous_requests"], row["requests_growth"]) == (5000, 4000, Decimal("0.25"))


def test_a_ratio_is_never_taken_for_zero(charged) -> None:
    rows = charged.rows(
        compared_spend(table("charges"), **PERIODS, by=["app_id"], measures=["cost_per_1k_requests", "active_apps"])
    )
    gone = next(row for row in rows if row["app_id"] == "gone")
    assert (gone["cost_per_1k_requests"], gone["cost_per_1k_requests_change"]) == (None, None)
    chat = next(row for row in rows if row["app_id"] == "chat")
    assert chat["cost_per_1k_requests"] == Decimal("30.000000000000000000000")
    assert chat["active_apps"] == 1


def test_the_groups_add_up_to_the_whole(charged) -> None:
    [whole] = charged.rows(compared_spend(table("charges"), **PERIODS))
    rows = charged.rows(compared_spend(table("charges"), **PERIODS, by=["app_id", "team_id"]))
    for column in ("effective_cost", "previous_effective_cost", "effective_cost_change"):
        assert sum(row[column] or 0 for row in rows) == whole[column]


def test_limit_keeps_the_largest(charged) -> None:
    rows = charged.rows(compared_spend(table("charges"), **PERIODS, by=["app_id"], limit=1))
    assert [row["app_id"] for row in rows] == ["chat"]


def test_counts_are_integers(charged) -> None:
    [row] = charged.rows(compared_spend(table("charges"), **PERIODS, measures=["event_count"]))
    assert {type(row[name]) for name in ("event_count", "previous_event_count", "event_count_change")} == {int}
    assert (row["event_count"], row["previous_event_count"], row["event_count_growth"]) == (3, 2, Decimal("0.5"))
