"""Where will a month end? Its complete days, and a forecast of those left with the range that its own errors drew.

The forecast is ``models.forecast``, of one series of days. Its floats become money once, here, in cents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np

from billing.rounding import CENT
from models.forecast import remainder

HISTORY_DAYS = 84
FEWEST_DAYS = 3
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What a month costs in the end, in cents; four in five outcomes lie from ``low`` to ``high``.

    ``days_left`` counts today. ``error`` is by how much of what came the same forecast missed on ``asked`` past days,
    on average; None if there were none.
    """

    expected: Decimal
    low: Decimal
    high: Decimal
    days_left: int
    error: float | None
    asked: int


def month_end(days: Mapping[date, Decimal], *, as_of: datetime) -> MonthEnd | None:
    """Return where the month of ``as_of`` ends, from the cost of its days and those before; today's is not complete.

    None with fewer than three complete days. Days without cost, after the first one, cost 0.
    """
    today = as_of.date()
    first = max(min(days, default=today), today - HISTORY_DAYS * DAY)
    known = (today - first).days
    if known < FEWEST_DAYS:
        return None
    daily = np.array([[float(days.get(first + number * DAY, 0)) for number in range(known)]])
    left = ((today.replace(day=1) + 31 * DAY).replace(day=1) - today).days
    rest = remainder(daily, left=left)
    errors = rest.errors[np.isfinite(rest.errors)]
    of_month = {day: cost for day, cost in days.items() if (day.year, day.month) == (today.year, today.month)}
    complete = sum((cost for day, cost in of_month.items() if day < today), Decimal(0))
    # What is spent stays spent.
    spent = complete + max(of_month.get(today, Decimal(0)), Decimal(0))
    expected, low, high = (
        max(complete + Decimal(float(part[0])), spent).quantize(CENT) for part in (rest.expected, rest.low, rest.high)
    )
    error = float(np.abs(1 - np.exp(-errors)).mean()) if len(errors) else None
    return MonthEnd(expected, low, high, left, error, len(errors))
