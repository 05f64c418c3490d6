"""How long does each app stand named for a resource, however many records say so?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.owner_evidence import owner_evidence

_SAME = ("key", "is_prefix", "app_id", "rule")


def merged_evidence(charges: ir.Table, evidence: ir.Table, leases: ir.Table) -> ir.Table:
    """Return ``owner_evidence`` with records of the same name, app and rule merged where their times meet.

    A controller that makes a thousand pods of one beginning says the same thing a thousand times. ``records`` counts
    what was merged, ``reference`` is one of theirs, always the same.
    Grain: one row per (key, is_prefix, app_id, rule) and stretch of time ``[since, until)`` that its records hold.
    """
    said = owner_evidence(charges, evidence, leases)
    said = said.filter(said.since < said.until)
    order = [said.since, said.until, said.reference]
    before = said.until.max().over(ibis.window(group_by=_SAME, order_by=order, preceding=(None, 1)))
    said = said.mutate(is_apart=ibis.ifelse(before.isnull() | (said.since > before), 1, 0))
    till_here = ibis.window(group_by=_SAME, order_by=order, preceding=None, following=0)
    said = said.mutate(stretch=said.is_apart.sum().over(till_here))
    return said.group_by(*_SAME, "stretch").agg(
        since=said.since.min(), until=said.until.max(), reference=said.reference.min(), records=said.count()
    )
