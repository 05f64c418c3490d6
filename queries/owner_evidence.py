"""What speaks for whose a resource was, of every kind, in the same columns?"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from queries.claims import LEASE, TAG
from warehouse.histories import FOREVER

BY_PREFIX = "_by_prefix"  # how the rule of a record ends that knows only the beginning of a name
NEAR_HOURS = 24  # how far other usage of the same resource may be
_INSTANT = dt.Timestamp("UTC", 3, nullable=False)


def owner_evidence(charges: ir.Table, evidence: ir.Table, leases: ir.Table) -> ir.Table:
    """Return records, leases and usage of the same resource (within a day) as evidence for an app.

    A record of kind ``lease`` whose reference is a lease that the registry has speaks for that lease's own time alone:
    not for what came after it was revoked.
    Grain: one row per piece of evidence, in force in ``[since, until)``; ``key`` names a resource, or is its beginning.
    """
    named = _cut_to_leases(evidence.filter((evidence.app_id != "") & (evidence.resource_id != "")), leases)
    records = _said(
        named,
        is_prefix=named.is_prefix,
        rule=ibis.ifelse(named.is_prefix, named.kind + BY_PREFIX, named.kind),
        since=named.starts_at,
        until=named.ends_at,
        reference=ibis.ifelse(named.reference != "", named.reference, named.evidence_id),
    )
    held = leases.filter((leases.valid_from < leases.valid_to) & (leases.resource_id != ""))
    given = _said(held, rule="lease", since=held.valid_from, until=held.valid_to, reference=held.lease_id)
    owned = charges.filter(charges.attribution_rule.isin([TAG, LEASE]) & (charges.resource_id != ""))
    near = owned.group_by("resource_id", "app_id").agg(
        since=owned.charge_period_start.min() - ibis.interval(hours=NEAR_HOURS),
        until=owned.charge_period_end.max() + ibis.interval(hours=NEAR_HOURS),
    )
    beside = _said(near, rule="same_resource", since=near.since, until=near.until, reference="other usage of it")
    return ibis.union(records, given, beside)


def _cut_to_leases(records: ir.Table, leases: ir.Table) -> ir.Table:
    held = leases.filter(leases.lease_id != "")
    held = held.select(named_lease="lease_id", given="valid_from", over="valid_to")
    of_lease = [records.reference == held.named_lease, records.kind == "lease"]
    found = records.left_join(held, of_lease)
    # Where there is no such lease the engine gives the empty text, not NULL.
    is_found = found.named_lease.fill_null("") != ""
    ends = ibis.coalesce(found.ends_at, ibis.literal(FOREVER)).cast(_INSTANT)
    cut = found.mutate(
        starts_at=ibis.ifelse(is_found, ibis.greatest(found.starts_at, found.given), found.starts_at),
        ends_at=ibis.ifelse(is_found, ibis.least(ends, found.over), ends),
    )
    return cut.select(**{name: cut[name].cast(kind) for name, kind in records.schema().items()})


def _said(
    of: ir.Table, *, rule: str | ir.StringValue, since: ir.Value, until: ir.Value, reference: str | ir.StringValue,
    is_prefix: ir.BooleanValue | bool = False,
) -> ir.Table:  # fmt: skip
    """Every kind of evidence in the same columns: ``key`` names a resource, or is its beginning."""
    return of.select(
        "app_id",
        key="resource_id",
        is_prefix=is_prefix if isinstance(is_prefix, ir.BooleanValue) else ibis.literal(is_prefix, "!boolean"),
        rule=_text(rule),
        since=since.cast(_INSTANT),
        until=until.cast(_INSTANT),
        reference=_text(reference),
    )


def _text(value: str | ir.StringValue) -> ir.StringValue:
    return (ibis.literal(value) if isinstance(value, str) else value).cast("!string")
