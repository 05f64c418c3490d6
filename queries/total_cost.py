"""What did everything cost?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis.expr.types as ir

from queries.chosen import Where
from queries.spend import spend


def total_cost(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    by: Sequence[str] = (),
    where: Where | None = None,
) -> ir.Table:
    """Return list, effective and billed cost of the charges that begin in ``[start, end)``; of all without a period.

    Grain: one row per billing_currency, and ``by``. Exact decimals, every currency on its own.
    """
    keys = ("billing_currency", *(name for name in by if name != "billing_currency"))
    costs = ("list_cost", "effective_cost", "billed_cost")
    return spend(charges, start=start, end=end, measures=costs, by=keys, where=where)
