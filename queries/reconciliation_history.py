"""What was said of usage that waited for an owner?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir


def reconciliation_history(reconciliation_words: ir.Table, *, limit: int = 200) -> ir.Table:
    """Return the last word on every piece of usage, the newest first. Grain: one row per (resource_id, starts_at)."""
    said = reconciliation_words
    newest = ibis.window(group_by=["resource_id", "starts_at"], order_by=said.said_at.desc())
    ranked = said.mutate(nth=ibis.row_number().over(newest))
    last = ranked.filter(ranked.nth == 0).drop("nth", "evidence_ids", "team_id")
    return last.order_by(last.said_at.desc(), "resource_id", "starts_at").limit(limit)
