"""What did traced charges cost over time?"""

from __future__ import annotations

from typing import Any, Literal

import ibis.expr.types as ir

from metrics.dimensions import HOUR
from metrics.exact import or_zero, sum_money
from queries.traced import traced

_SECOND = "!timestamp('UTC', 0)"


def traced_days(charges: ir.Table, *, grain: Literal["hour", "day"] = "day", **options: Any) -> ir.Table:
    """Return the billed cost of traced charges by UTC day, or hour. ``options`` are those of ``traced``.

    Grain: one row per ``time``, the beginning of a day or hour, in order; in the store's currency.
    """
    held = traced(charges, **options)
    time = HOUR.expr(held) if grain == "hour" else held.charge_date.cast(_SECOND)
    return held.group_by(time=time).agg(cost=or_zero(sum_money(held.billed_cost))).order_by("time")
