"""How much, of what, split by what, over which time?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis.expr.types as ir

from metrics.catalog import dimension, measure, unknown
from metrics.core import aggregate
from metrics.dimensions import CHARGE_DATE, HOUR, MONTH, WEEK
from queries.chosen import Where, chosen

GRAINS = {"hour": HOUR, "day": CHARGE_DATE, "week": WEEK, "month": MONTH}


def spend(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    measures: Sequence[str] = ("effective_cost",),
    by: Sequence[str] = (),
    grain: str | None = None,
    where: Where | None = None,
) -> ir.Table:
    """Return measures of the charges that begin in ``[start, end)`` and match ``where``.

    Grain: one row per time (``hour``, ``charge_date``, ``week`` or ``month``, if a grain is given) and combination of
    the dimensions ``by``; one row in all without either. Units are the measures'; money in one currency (``chosen``).

    Raises:
        KeyError: an unknown measure, dimension or grain.

    """
    if grain is not None and grain not in GRAINS:
        raise unknown("grain", grain, GRAINS)
    keys = ([GRAINS[grain]] if grain else []) + [dimension(name) for name in by]
    held = chosen(charges, start=start, end=end, where=where, by=by)
    totals = aggregate(held, [measure(name) for name in measures], by=keys)
    return totals.order_by([key.name for key in keys]) if keys else totals
