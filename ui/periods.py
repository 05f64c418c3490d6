"""Periods: half-open, UTC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """``[start, end)``, and what it is called. ``until`` is how far the data reaches, if it is known."""

    start: datetime
    end: datetime
    label: str
    until: datetime | None = None

    @property
    def first(self) -> date:
        return self.start.date()

    @property
    def last(self) -> date:
        """The last day inside."""
        return (self.end - timedelta(microseconds=1)).date()

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def is_running(self) -> bool:
        """Whether the data ends inside."""
        return self.until is not None and self.start < self.until < self.end

    @property
    def complete(self) -> Period:
        """Its days that are over; all of it on its first day."""
        if self.until is None or not self.is_running or self.until.date() == self.first:
            return self
        return replace(self, end=midnight(self.until.date()))

    @property
    def before(self) -> Period:
        """The period to compare with: as many days of the month before, or the days just before.

        Of a running period it is cut at the same moment: ten hours of a day are not compared with a whole one.
        """
        whole = self._before
        if self.until is None or not self.is_running:
            return whole
        cut = min(whole.start + (self.until - self.start), whole.end)
        if cut == whole.end:
            return whole
        until = f"{cut - DAY:%b %-d}" if cut == midnight(cut.date()) else f"{cut:%b %-d, %H:%M}"
        return Period(start=whole.start, end=cut, label=f"{whole.start:%b %-d} to {until}")

    @property
    def _before(self) -> Period:
        if self.first.day == 1 and self.days <= 31:
            start = month_start(self.first - DAY)
            end = min(start + timedelta(days=self.days), self.first)
            if self.end == midnight(next_month(self.first)):  # a whole month against a whole month
                end = self.first
            is_whole = end == self.first
            return period(start, end, f"{start:%b %Y}" if is_whole else f"{start:%b} 1 to {end - DAY:%-d}")
        return period(self.first - timedelta(days=self.days), self.first, f"the {self.days} days before")


def period(first: date, end: date, label: str) -> Period:
    """Return the period of whole UTC days ``[first, end)``."""
    return Period(start=midnight(first), end=midnight(end), label=label)


def midnight(day: date) -> datetime:
    """Return the beginning of a UTC day."""
    return datetime.combine(day, time(), tzinfo=UTC)


def month_start(day: date) -> date:
    """Return the first of the month of a day."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first of the month after that of a day."""
    return month_start(month_start(day) + timedelta(days=32))


def month(day: date) -> Period:
    """Return the whole month of a day."""
    return period(month_start(day), next_month(day), f"{day:%B %Y}")


def _last(days: int) -> Callable[[date], Period]:
    return lambda today: period(today - timedelta(days=days - 1), today + DAY, f"last {days} days")


# By the name that stands in the URL; each is given today's date.
NAMED: dict[str, Callable[[date], Period]] = {
    "this-month": lambda today: period(month_start(today), today + DAY, f"{today:%B %Y} to date"),
    "last-month": lambda today: month(month_start(today) - DAY),
    "last-7-days": _last(7),
    "last-30-days": _last(30),
    "last-90-days": _last(90),
}
