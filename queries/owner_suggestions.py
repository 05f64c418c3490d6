"""Whose may usage without an owner be, by which evidence, and how sure is that?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from queries.owner_candidates import owner_candidates
from queries.pending_usage import pending_usage


def owner_suggestions(
    charges: ir.Table, evidence: ir.Table, leases: ir.Table, *, as_of: datetime, hours: int
) -> ir.Table:
    """Return for usage that waits (``pending_usage``) the apps that evidence names, the surest first.

    ``rule`` and ``confidence`` are of the surest evidence (``owner_candidates`` has the rules); ``[owned_from,
    owned_to)`` is where that evidence and the usage overlap; ``rivals`` is how many other apps are named.
    Grain: one row per (resource_id, state, app_id).
    """
    waiting = pending_usage(charges, as_of=as_of, hours=hours)
    found = owner_candidates(waiting, charges, evidence, leases)
    each = ibis.window(
        group_by=["resource_id", "state", "app_id"],
        order_by=[found.confidence.desc(), "rule", "owned_from", "reference"],
    )
    ranked = found.mutate(nth=ibis.row_number().over(each))
    best = ranked.filter(ranked.nth == 0).drop("nth")
    of_usage = ibis.window(group_by=["resource_id", "state"])
    named = best.mutate(rivals=best.app_id.count().over(of_usage) - 1)
    return named.order_by("resource_id", "state", named.confidence.desc(), "app_id")
