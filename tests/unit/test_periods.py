"""Periods are half-open UTC days, and are compared with their like."""

from __future__ import annotations

from datetime import date

import pytest

from ui.periods import NAMED, month, period


def days(name: str, today: date) -> tuple[date, date]:
    chosen = NAMED[name](today)
    return chosen.first, chosen.last


def test_named_periods_include_today() -> None:
    today = date(2026, 3, 5)
    assert days("this-month", today) == (date(2026, 3, 1), today)
    assert days("last-month", today) == (date(2026, 2, 1), date(2026, 2, 28))
    assert days("last-7-days", today) == (date(2026, 2, 27), today)


@pytest.mark.parametrize(
    ("first", "end", "before"),
    [
        (date(2026, 3, 1), date(2026, 3, 6), (date(2026, 2, 1), date(2026, 2, 5))),
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 3, 1), date(2026, 4, 1), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 2, 1), date(2026, 3, 1), (date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 1, 1), date(2026, 2, 1), (date(2025, 12, 1), date(2025, 12, 31))),
        (date(2026, 3, 3), date(2026, 3, 6), (date(2026, 2, 28), date(2026, 3, 2))),
    ],
    ids=["month so far", "all but a day", "whole month", "short month", "year's end", "any days"],
)
def test_a_period_is_compared_with_its_like(first: date, end: date, before: tuple[date, date]) -> None:
    previous = period(first, end, "chosen").before
    assert (previous.first, previous.last) == before


def test_months_meet_without_gap() -> None:
    assert month(date(2026, 1, 31)).end == month(date(2026, 2, 1)).start
