"""Which hours of usage have no owner yet, and is their window open?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.claims import DEFAULT

PENDING, UNRESOLVED = "pending", "unresolved"


def waiting_hours(charges: ir.Table, *, as_of: datetime, hours: int) -> ir.Table:
    """Return charges of usage on the default cost center, with the end of their window (``over``) and their state.

    The window of an hour is ``hours`` long from its start.
    Grain: one row per charge.
    """
    held = charges.filter((charges.attribution_rule == DEFAULT) & (charges.meter != "platform_cost"))
    over = held.charge_period_start + ibis.interval(hours=hours)
    return held.mutate(over=over, state=ibis.ifelse(over > ibis.literal(as_of), PENDING, UNRESOLVED))
