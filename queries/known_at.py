"""What did a history say at an earlier time?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir


def known_at(records: ir.Table, *, key: str, at: datetime) -> ir.Table:
    """Return a history as its readers' view showed it at ``at``: of one key and ``valid_from`` the row recorded last.

    Grain: one row per (key, valid_from).
    """
    recorded = records.filter(records.recorded_at <= ibis.literal(at))
    latest = ibis.row_number().over(group_by=[key, "valid_from"], order_by=ibis.desc("recorded_at"))
    return recorded.mutate(nth=latest).filter(lambda row: row.nth == 0).drop("nth")
