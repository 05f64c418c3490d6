"""When people work: activity by hour, 1 at a normal office hour."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

Hours = NDArray[np.float64]


def office(start: datetime, hours: int, utc_offset: int, *, night: float, weekend: float) -> Hours:
    """Return the activity of an office: full from 9 to 18 local time with a dip at lunch."""
    clock, day = _local(start, hours, utc_offset)
    morning = 1 / (1 + np.exp(-(clock - 8.5) * 2.2))
    evening = 1 / (1 + np.exp((clock - 17.8) * 1.4))
    lunch = 1 - 0.22 * np.exp(-((clock - 12.5) ** 2) / 0.8)
    return (night + (1 - night) * morning * evening * lunch) * np.where(day >= 5, weekend, 1.0)


def customers(start: datetime, hours: int, utc_offset: int) -> Hours:
    """Return the activity of a consumer product: never quiet, highest in the evening and on Sundays."""
    clock, day = _local(start, hours, utc_offset)
    wave = 0.72 + 0.42 * np.sin((clock - 13.5) / 24 * 2 * np.pi) + 0.12 * np.sin((clock - 9) / 12 * 2 * np.pi)
    return np.clip(wave, 0.08, None) * np.where(day == 6, 1.18, np.where(day == 5, 1.08, 1.0))


def nightly(start: datetime, hours: int, utc_offset: int) -> Hours:
    """Return the activity of a batch job: from 1 to 5 at night, the long run on Sunday."""
    clock, day = _local(start, hours, utc_offset)
    runs = np.where((clock >= 1) & (clock < 5), 5.0, 0.0)
    return np.where((day == 6) & (clock >= 1) & (clock < 9), 5.0, runs)


def _local(start: datetime, hours: int, utc_offset: int) -> tuple[Hours, NDArray[np.int_]]:
    first = start + timedelta(hours=utc_offset)
    hour = first.hour + np.arange(hours)
    return np.asarray((hour % 24) + 0.5, np.float64), (first.weekday() + hour // 24) % 7
