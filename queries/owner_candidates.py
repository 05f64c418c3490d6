"""Which evidence names an owner of usage that has none?"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from queries.first_touching import first_touching
from queries.merged_evidence import merged_evidence
from queries.owner_evidence import BY_PREFIX
from queries.pending_usage import pending_usage
from queries.waiting_hours import waiting_hours

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
_OF = ("resource_id", "state", "app_id", "rule")
_INSTANT = dt.Timestamp("UTC", 3, nullable=False)


def owner_candidates(
    charges: ir.Table, evidence: ir.Table, leases: ir.Table, *, as_of: datetime, hours: int
) -> ir.Table:
    """Return what speaks for an app as the owner of waiting usage (``pending_usage``).

    Evidence of a resource by name or by its beginning, leases that its events did not carry, and usage of the same
    resource within a day that is owned. ``[owned_from, owned_to)`` is a time that evidence holds together, cut to the
    usage: the first with a whole hour of usage in it. Where every such time only cuts hours, whether usage is inside
    takes the events to say: then the first few are given. ``records`` counts the pieces of evidence.
    Grain: one row per (resource_id, state, app_id, rule), or few; the surest of a usage first.
    """
    waiting = pending_usage(charges, as_of=as_of, hours=hours)
    everything = merged_evidence(charges, evidence, leases)
    pairs = _named(waiting, everything).join(waiting, "resource_id")
    sure = [(pairs.rule == rule, ibis.literal(value, _CONFIDENCE)) for rule, value in RULES.items()]
    found = pairs.select(
        *_OF, "reference", "records",
        confidence=ibis.cases(*sure, else_=ibis.literal(Decimal(0), _CONFIDENCE)),
        owned_from=ibis.greatest(pairs.begins.cast(_INSTANT), pairs.since),
        owned_to=ibis.least(pairs.ends.cast(_INSTANT), pairs.until),
    )  # fmt: skip
    found = found.filter(found.owned_from < found.owned_to)
    first = first_touching(found, waiting_hours(charges, as_of=as_of, hours=hours), per=_OF)
    order = ("resource_id", "state", first.confidence.desc(), "rule", "owned_from", "reference", "app_id", "owned_to")
    return first.order_by(*order)


def _named(waiting: ir.Table, everything: ir.Table) -> ir.Table:
    """Evidence with the resource that it names; each beginning is laid against the usage once, whatever it says."""
    resources = waiting.select("resource_id").distinct()
    begun = everything.filter(everything.is_prefix).select("key").distinct()
    begun = resources.cross_join(begun).filter(lambda pair: pair.resource_id.startswith(pair.key))
    exact = resources.mutate(key=resources.resource_id)
    names = ibis.union(_names(exact, is_prefix=False), _names(begun, is_prefix=True))
    return names.join(everything, ["key", "is_prefix"])


def _names(of: ir.Table, *, is_prefix: bool) -> ir.Table:
    texts = {name: of[name].cast("!string") for name in ("resource_id", "key")}
    return of.select(**texts, is_prefix=ibis.literal(is_prefix, "!boolean"))
