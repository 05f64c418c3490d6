from __future__ import annotations

from decimal import Decimal

import pytest

from queries.spend import spend
from queries.top_spend import OTHER, top_spend
from tests.queries.conftest import charge, utc
from warehouse.tables import table

PERIOD = {"start": utc(2026, 2, 1), "end": utc(2026, 2, 3)}


@pytest.fixture
def charged(store, make_charges):
    make_charges(
        [
            charge(utc(2026, 2, 1), "10", app_id="a", consumed_quantity=Decimal(100)),
            charge(utc(2026, 2, 2), "1", app_id="a", consumed_quantity=Decimal(100)),
            charge(utc(2026, 2, 1), "6", app_id="b", consumed_quantity=Decimal(100)),
            charge(utc(2026, 2, 1), "2", app_id="c", consumed_quantity=Decimal(1000)),
            charge(utc(2026, 2, 2), "3.000000000000000000001", app_id="d", consumed_quantity=Decimal(500)),
            charge(utc(2026, 2, 2), None, app_id="e"),
        ]
    )
    return store


def test_other_loses_nothing_and_stands_last_even_if_large(charged) -> None:
    rows = charged.rows(top_spend(table("charges"), **PERIOD, by="app_id", top=1))
    assert [(row["app_id"], row["effective_cost"]) for row in rows] == [
        ("a", 11),
        (OTHER, Decimal("11.000000000000000000001")),
    ]


@pytest.mark.parametrize("top", [1, 2, 3, 8])
@pytest.mark.parametrize("grain", [None, "hour", "day", "week", "month"])
def test_the_sum_is_the_whole_for_any_top_and_grain(charged, top, grain) -> None:
    [whole] = charged.rows(spend(table("charges"), **PERIOD, measures=["effective_cost", "event_count"]))
    rows = charged.rows(
        top_spend(table("charges"), **PERIOD, by="app_id", top=top, grain=grain, measures=["event_count"])
    )
    assert sum(row["effective_cost"] or 0 for row in rows) == whole["effective_cost"]
    assert sum(row["event_count"] for row in rows) == whole["event_count"]


def test_a_ratio_of_the_others_is_theirs_together(charged) -> None:
    rows = charged.rows(top_spend(table("charges"), **PERIOD, by="app_id", top=2, measures=["cost_per_1k_requests"]))
    other = next(row for row in rows if row["app_id"] == OTHER)
    # 2 + 3.0…1 for 1000 + 500 + 1 requests; never the mean of the parts.
    assert other["cost_per_1k_requests"] == pytest.approx(Decimal(5000) / Decimal(1501))


def test_unpriced_ranks_last(charged) -> None:
    rows = charged.rows(top_spend(table("charges"), **PERIOD, by="app_id"))
    assert [row["app_id"] for row in rows] == ["a", "b", "d", "c", "e"]


def test_ties_are_settled_by_name(store, make_charges) -> None:
    make_charges([charge(utc(2026, 2, 1), "1", app_id=app) for app in ("z", "y", "x")])
    rows = store.rows(top_spend(table("charges"), **PERIOD, by="app_id", top=2))
    assert [row["app_id"] for row in rows] == ["x", "y", OTHER]


def test_a_dimension_that_is_not_text_becomes_text(charged) -> None:
    rows = charged.rows(top_spend(table("charges"), **PERIOD, by="is_estimated"))
    assert [row["is_estimated"] for row in rows] == ["false"]


def test_ranked_by_another_measure(charged) -> None:
    rows = charged.rows(top_spend(table("charges"), **PERIOD, by="app_id", rank_by="requests", top=1))
    assert rows[0]["app_id"] == "c"


def test_an_unknown_grain_is_named(charged) -> None:
    with pytest.raises(KeyError, match=r"unknown grain 'dya'\. Did you mean 'day'"):
        top_spend(table("charges"), by="app_id", grain="dya")
