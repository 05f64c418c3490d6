"""What has a closed period billed so far, its corrections included, as an amount to take off?"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from metrics.lines import negated


def billed_before(invoice_lines: ir.Table, *, period: date) -> ir.Table:
    """Return every line that any closing billed for the charges of ``period``, negated.

    Added to what the period would bill now, only what has changed since is left: each late event once.
    Grain: one row per line billed.
    """
    of_period = ibis.coalesce(invoice_lines.corrects_period, invoice_lines.billing_period) == ibis.literal(period)
    return negated(invoice_lines.filter(of_period))
