"""Which allocation rules wait for a second person?"""

from __future__ import annotations

import ibis.expr.types as ir


def waiting_proposals(allocation_proposals: ir.Table) -> ir.Table:
    """Return the proposed rules that nobody has decided, the oldest first. Grain: one row per proposal."""
    waiting = allocation_proposals.filter(allocation_proposals.state == "proposed")
    columns = ("proposal_id", "cost_types", "method", "from_date", "footnote", "owner", "proposed_by", "proposed_at")
    return waiting.select(*columns).order_by("proposed_at", "proposal_id")
