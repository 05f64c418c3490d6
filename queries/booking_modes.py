"""Where are these charges booked, and are they shown, rehearsed or billed there?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, sum_money
from queries.chosen import Where, chosen

SHOWBACK = "showback"


def booking_modes(
    charges: ir.Table, cost_centers: ir.Table, *, start: datetime, end: datetime, where: Where | None = None
) -> ir.Table:
    """Return the cost centers of the charges in ``[start, end)``, their cost, and their mode at the period's end.

    Modes: showback, shadow, chargeback; a cost center that nobody registered is shown, not billed.
    Grain: one row per cost_center, the costliest first.
    """
    held = chosen(charges, start=start, end=end, where=where)
    booked = held.group_by("cost_center").agg(booked_cost=or_zero(sum_money(held.effective_cost)))
    instant = ibis.literal(end)
    known = cost_centers.filter(cost_centers.valid_from < instant, cost_centers.valid_to >= instant)
    known = known.select(known_center="cost_center", known_name="cost_center_name", known_mode="mode")
    joined = booked.left_join(known, booked.cost_center == known.known_center)
    mode, name = joined.known_mode.fill_null(""), joined.known_name.fill_null("")
    answer = joined.select(
        "cost_center",
        cost_center_name=ibis.ifelse(name != "", name, joined.cost_center),
        mode=ibis.ifelse(mode != "", mode, SHOWBACK),
        effective_cost=joined.booked_cost,
    )
    return answer.order_by(answer.effective_cost.desc(), "cost_center")
