"""The readers' tables as they stood at an earlier moment: what a closed month was billed from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from queries.billed_then import billed_then
from queries.known_at import known_at
from queries.taken_by import taken_by
from warehouse.histories import HISTORIES
from warehouse.tables import table

EVENTS = ("usage", "platform_costs", "lifecycle")


def as_known(name: str, at: datetime | None, rows: Callable[[str], ir.Table] = table) -> ir.Table:
    """Return a table as it was known at a moment; as it is now without one.

    Charges are those that months closed by then were billed from; histories those recorded by then, events those
    acknowledged by then. ``rows`` gives a table by its name: whoever may not see all rows gives fewer charges.

    Raises:
        KeyError: nothing keeps what such a table held before.

    """
    if at is None:
        return rows(name)
    if name == "charges":
        return billed_then(rows("rated_charges"), table("period_closings"), at=at)
    if name in HISTORIES:
        kind = HISTORIES[name]
        return known_at(ibis.table(table(name).schema(), name=kind.records), key=kind.key, at=at)
    if name in EVENTS:
        kept = ibis.table({**table(name).schema(), "batch_id": dt.UUID(nullable=False)}, name=name)
        return taken_by(kept, table("batches"), at=at)
    raise KeyError(f"{name} is not kept as it was: there are charges, {', '.join((*EVENTS, *HISTORIES))}")
