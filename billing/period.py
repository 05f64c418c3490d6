"""A billing period: one month, UTC, half-open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The month that begins on ``first``."""

    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1:
            raise ValueError(f"a billing period begins on the first of a month, not on {self.first}")

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def start(self) -> datetime:
        return datetime(self.first.year, self.first.month, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        return self.next.start

    @property
    def next(self) -> Period:
        return Period((self.first + timedelta(days=31)).replace(day=1))

    @property
    def previous(self) -> Period:
        return Period((self.first - timedelta(days=1)).replace(day=1))

    @property
    def days(self) -> list[date]:
        """Every day of the month."""
        return [self.first + timedelta(days=day) for day in range((self.next.first - self.first).days)]


def parse_period(text: str) -> Period:
    """Return the month written as 2026-11.

    Raises:
        ValueError: it is no month, or none that the store can tell (its days reach from 1970 to 2149).

    """
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        raise ValueError(f"period {text!r} is no month; write 2026-11")
    if not "1970-01" <= text <= "2148-12":
        raise ValueError(f"period {text!r} is out of reach; months go from 1970-01 to 2148-12")
    return Period(date.fromisoformat(f"{text}-01"))


def period_of(instant: datetime | date) -> Period:
    """Return the month that an instant (with its zone) or a day lies in."""
    day = instant.astimezone(UTC).date() if isinstance(instant, datetime) else instant
    return Period(day.replace(day=1))


def seen_from(now: datetime, usage_end: datetime | None) -> datetime:
    """Return the moment to look from: this hour's last second, or that of the last hour with usage if that is past.

    ``usage_end`` is where the last charge of usage ends (``charged_period``), None without any charge.
    """
    moment = min(now, usage_end - timedelta(seconds=1)) if usage_end else now
    return moment.replace(minute=59, second=59, microsecond=0)
