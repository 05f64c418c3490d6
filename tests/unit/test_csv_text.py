"""A downloaded table is exact, and no cell of it runs."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from ui.csv_text import csv_bytes


def cells(table: pa.Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))


def test_every_digit_and_every_kind_of_value() -> None:
    table = pa.table(
        {
            "cost": pa.array([Decimal("0.000000000000000000001"), Decimal("1500"), None], pa.decimal256(76, 21)),
            "hour": pa.array([datetime(2026, 11, 3, 10, tzinfo=UTC), None, None], pa.timestamp("ms", tz="UTC")),
            "day": pa.array([date(2026, 11, 3), None, None]),
            "is_spot": [True, False, None],
            "name": ["a, b", 'say "hi"', ""],
        }
    )
    assert cells(table) == [
        ["cost", "hour", "day", "is_spot", "name"],
        ["0.000000000000000000001", "2026-11-03T10:00:00Z", "2026-11-03", "true", "a, b"],
        ["1500", "", "", "false", 'say "hi"'],
        ["", "", "", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "%0a"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert cells(pa.table({"app_id": [text]}))[1] == [f"'{text}"]


def test_negative_numbers_stay_numbers() -> None:
    assert cells(pa.table({"change": [Decimal("-4.20")]}))[1] == ["-4.2"]


def test_drawings_are_left_out() -> None:
    assert cells(pa.table({"app_id": ["a"], "trend": [[1.0, 2.0]]})) == [["app_id"], ["a"]]


def test_spreadsheets_are_told_the_encoding() -> None:
    assert csv_bytes(pa.table({"app_id": ["東京"]})).startswith(b"\xef\xbb\xbf")
