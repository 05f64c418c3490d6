"""What is asked for: how many apps, how long, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

_NAME = re.compile(r"demo/apps=(?P<apps>\d+)/days=(?P<days>\d+)/seed=(?P<seed>\d+)/until=(?P<until>[-\dT]+Z)")


@dataclass(frozen=True, slots=True)
class Plan:
    """The platform to make: ``apps`` apps over ``days`` whole days and what has passed of the day of ``until``.

    Raises:
        ValueError: no apps, no days, or an end that is not a full hour in UTC.

    """

    apps: int
    days: int
    seed: int
    until: datetime

    def __post_init__(self) -> None:
        if self.apps < 10 or self.days < 3:
            raise ValueError(f"a demo has at least 10 apps and 3 days, not {self.apps} apps and {self.days} days")
        if self.until.tzinfo is None or self.until != full_hour(self.until):
            raise ValueError(f"a demo ends at a full hour UTC, not {self.until.isoformat()}")

    @property
    def start(self) -> datetime:
        """Midnight before the first whole day."""
        return self.until.replace(hour=0) - timedelta(days=self.days)

    @property
    def hours(self) -> int:
        """Hours from ``start`` to ``until``."""
        return int((self.until - self.start).total_seconds()) // 3600

    @property
    def name(self) -> str:
        """Name what is made, as the origin of its batches."""
        return f"demo/apps={self.apps}/days={self.days}/seed={self.seed}/until={self.until:%Y-%m-%dT%HZ}"

    @staticmethod
    def named(name: str) -> Plan | None:
        """Return the plan of a name, or None if no plan is called so."""
        match = _NAME.fullmatch(name)
        if match is None:
            return None
        until = datetime.strptime(match["until"], "%Y-%m-%dT%HZ").replace(tzinfo=UTC)
        return Plan(int(match["apps"]), int(match["days"]), int(match["seed"]), until)

    def random(self, *stream: int) -> np.random.Generator:
        """Return the generator of one stream of chance; streams do not disturb one another."""
        return np.random.default_rng([self.seed, *stream])

    def hour_of(self, instant: datetime) -> int:
        """Return the hours from ``start`` to an instant, rounded down."""
        return int((instant - self.start).total_seconds() // 3600)

    def instant(self, hour: float) -> datetime:
        """Return the instant so many hours after ``start``."""
        return self.start + timedelta(hours=hour)


def full_hour(instant: datetime) -> datetime:
    """Return the last full hour at an instant, in UTC."""
    return instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
