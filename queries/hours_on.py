"""Which charges add up exactly in windows that begin or end inside a day, and are few?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

import ibis
import ibis.expr.types as ir


def hours_on(charges: ir.Table, daily_charges: ir.Table, *, moments: Iterable[datetime]) -> ir.Table:
    """Return the charges by hour on the days that ``moments`` cut, and by day on all others.

    Every sum between such moments, midnights and no bounds is that of ``charges``, from far fewer rows. Only on
    those days is ``charge_period_start`` an hour; elsewhere it is the day's midnight, and there is no
    resource. Grain: one row per charge or charge by day.
    """
    days = [ibis.literal(day) for day in sorted({moment.date() for moment in moments if moment.time() != time()})]
    if not days:
        return daily_charges
    return ibis.union(
        daily_charges.filter(daily_charges.charge_date.notin(days)), charges.filter(charges.charge_date.isin(days))
    )
