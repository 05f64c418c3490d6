"""Decimals never reach a chart unawares; days stay on their dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest

from charts.pixels import drawable, largest_first, pixels
from charts.theme import NAMELESS, OTHER

MONEY = pa.decimal256(76, 21)


def money(*amounts: str | None) -> pa.Array:
    return pa.array([None if amount is None else Decimal(amount) for amount in amounts], MONEY)


def test_arrow_decimals_are_refused() -> None:
    with pytest.raises(TypeError, match="effective_cost holds decimals"):
        drawable(pa.table({"effective_cost": money("1.10")}), "effective_cost")


@pytest.mark.parametrize("dtype", [object, pd.ArrowDtype(pa.decimal128(38, 8))])
def test_pandas_decimals_are_refused(dtype: object) -> None:
    frame = pd.DataFrame({"effective_cost": pd.Series([Decimal("1.10"), Decimal("2")], dtype=dtype)})
    with pytest.raises(TypeError, match="effective_cost holds decimals"):
        drawable(frame, "effective_cost")


def test_a_decimal_column_that_is_not_drawn_is_no_matter() -> None:
    data = pa.table({"list_cost": money("1"), "share": [0.5]})
    assert drawable(data, "share")["share"].tolist() == [0.5]


def test_pixels_are_the_same_numbers_and_nulls_stay_null() -> None:
    drawn = pixels(pa.table({"app_id": ["a", "b"], "effective_cost": money("1234567.891", None)}))
    assert drawn.schema.field("effective_cost").type == pa.float64()
    assert drawn["effective_cost"].to_pylist() == [1234567.891, None]
    assert drawn["app_id"].to_pylist() == ["a", "b"]


def test_a_day_is_midnight_utc() -> None:
    drawn = drawable(pa.table({"charge_date": [date(2026, 11, 3)]}), "charge_date")
    assert drawn["charge_date"].tolist() == [pd.Timestamp(datetime(2026, 11, 3, tzinfo=UTC))]


def test_another_zone_is_turned_into_utc() -> None:
    frame = pd.DataFrame({"time": [pd.Timestamp("2026-11-03 20:00", tz="America/New_York")]})
    assert drawable(frame, "time")["time"][0].isoformat() == "2026-11-04T01:00:00+00:00"


def test_an_empty_name_is_written_out() -> None:
    assert drawable(pa.table({"app_id": ["", "chat", None]}), "app_id")["app_id"].tolist() == [
        NAMELESS,
        "chat",
        NAMELESS,
    ]


def test_a_missing_column_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="no column billed_cots to draw; there are app_id, billed_cost"):
        drawable(pd.DataFrame({"app_id": ["a"], "billed_cost": [1.0]}), "billed_cots")


def test_the_data_given_is_not_changed() -> None:
    frame = pd.DataFrame({"app_id": [""], "time": pd.to_datetime(["2026-11-03"])})
    before = frame.copy()
    drawable(frame, "app_id", "time")
    pd.testing.assert_frame_equal(frame, before)


def test_largest_first_keeps_other_last_even_if_it_is_largest() -> None:
    frame = pd.DataFrame({"team_id": ["b", OTHER, "a", "a"], "cost": [3.0, 100.0, 2.0, 2.0]})
    assert largest_first(frame, "team_id", "cost", OTHER) == ["a", "b", OTHER]
