"""Which closed line has this id?"""

from __future__ import annotations

import ibis.expr.types as ir


def lines_by_id(invoice_lines: ir.Table, *, line_id: str) -> ir.Table:
    """Return the line of closed months with this id. Grain: one row, or none."""
    found = invoice_lines.filter(invoice_lines.line_id == line_id)
    return found.drop("event_digest").order_by("line_id").limit(1)
