"""A period that is not over is compared with its like, up to the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ui.periods import NAMED, Period, period


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def running(name: str, until: datetime) -> Period:
    return replace(NAMED[name](until.date()), until=until)


@pytest.mark.parametrize(
    ("name", "until", "start", "end", "label"),
    [
        ("this-month", at(2026, 11, 20, 9), at(2026, 10, 1), at(2026, 10, 20, 9), "Oct 1 to Oct 20, 09:00"),
        ("this-month", at(2026, 3, 31, 9), at(2026, 2, 1), at(2026, 3, 1), "Feb 2026"),
        ("last-7-days", at(2026, 11, 20, 9), at(2026, 11, 7), at(2026, 11, 13, 9), "Nov 7 to Nov 13, 09:00"),
        ("last-month", at(2026, 11, 20, 9), at(2026, 9, 1), at(2026, 10, 1), "Sep 2026"),
    ],
)
def test_a_running_period_is_cut_at_the_same_moment(name, until, start, end, label) -> None:
    before = running(name, until).before
    assert (before.start, before.end, before.label) == (start, end, label)


def test_days_without_data_yet_have_no_counterpart() -> None:
    chosen = replace(period(date(2026, 11, 1), date(2026, 11, 21), "chosen"), until=at(2026, 11, 13))
    assert (chosen.before.end, chosen.before.label) == (at(2026, 10, 13), "Oct 1 to Oct 12")
    assert chosen.before.last == date(2026, 10, 12)
    assert chosen.complete.end == at(2026, 11, 13)


def test_the_unfinished_day_is_not_complete() -> None:
    assert running("this-month", at(2026, 11, 20, 9)).complete.last == date(2026, 11, 19)
    first = running("this-month", at(2026, 11, 1, 9))
    assert first.complete == first
