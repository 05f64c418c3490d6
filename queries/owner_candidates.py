"""Which evidence names an owner of usage that has none?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from queries.owner_evidence import BY_PREFIX, owner_evidence
from queries.pending_usage import pending_usage

# How sure an owner is when all that speaks is evidence of this kind. What somebody deployed or committed at the time
# says who worked there, not what ran.
RULES = {
    "lease": Decimal("0.99"),
    "admission": Decimal("0.98"),
    "control_plane": Decimal("0.95"),
    "same_resource": Decimal("0.85"),
    "deploy": Decimal("0.80"),
    "commit": Decimal("0.70"),
    "session": Decimal("0.60"),
}
# The beginning of a name is less than the name, whoever says it: at most this, which no rule decides by.
SUREST_BY_PREFIX = Decimal("0.90")
RULES |= {f"{rule}{BY_PREFIX}": min(sure, SUREST_BY_PREFIX) for rule, sure in RULES.items() if rule != "same_resource"}
_CONFIDENCE = dt.Decimal(9, 4, nullable=False)
_INSTANT = dt.Timestamp("UTC", 3, nullable=False)


def owner_candidates(
    charges: ir.Table, evidence: ir.Table, leases: ir.Table, *, as_of: datetime, hours: int
) -> ir.Table:
    """Return all that speaks for an app as the owner of waiting usage (``pending_usage``).

    Evidence of a resource by name or by its beginning, leases that its events did not carry, and usage of the same
    resource within a day that is owned. ``[owned_from, owned_to)`` is where it overlaps the time from the first hour
    of the usage to its last: whether there is any usage inside is not asked here. ``reference`` says where to look.
    Grain: one row per usage and piece of evidence, the surest of a usage first.
    """
    waiting = pending_usage(charges, as_of=as_of, hours=hours)
    everything = owner_evidence(charges, evidence, leases)
    exact = everything.filter(~everything.is_prefix)
    begun = everything.filter(everything.is_prefix)
    by_name = waiting.join(exact, waiting.resource_id == exact.key)
    by_beginning = waiting.cross_join(begun)
    by_beginning = by_beginning.filter(by_beginning.resource_id.startswith(by_beginning.key))
    pairs = ibis.union(by_name, by_beginning)
    sure = [(pairs.rule == rule, ibis.literal(value, _CONFIDENCE)) for rule, value in RULES.items()]
    found = pairs.select(
        "resource_id",
        "state",
        "app_id",
        "rule",
        "reference",
        confidence=ibis.cases(*sure, else_=ibis.literal(Decimal(0), _CONFIDENCE)),
        owned_from=ibis.greatest(pairs.begins.cast(_INSTANT), pairs.since),
        owned_to=ibis.least(pairs.ends.cast(_INSTANT), pairs.until),
    )
    order = ("resource_id", "state", found.confidence.desc(), "rule", "owned_from", "reference", "app_id", "owned_to")
    return found.filter(found.owned_from < found.owned_to).order_by(*order)
