"""Which closed lines have this id, or are of the same key for the same month?"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir


def lines_by_id(
    invoice_lines: ir.Table, *, line_id: str | None = None, line_key: str | None = None, of_month: date | None = None
) -> ir.Table:
    """Return the line of closed months with this id, or all lines of a key that bill ``of_month`` or correct it.

    Grain: one row per line, in order of the months that billed them.
    """
    found = invoice_lines.drop("event_digest")
    if line_id is not None:
        found = found.filter(found.line_id == line_id)
    if line_key is not None:
        found = found.filter(found.line_key == line_key)
    if of_month is not None:
        month = ibis.coalesce(found.corrects_period, found.billing_period)
        found = found.filter(month == ibis.literal(of_month))
    return found.order_by("billing_period", "line_id")
