"""Which events are behind charges that can be told by what events say of themselves, and what do they cost?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from metrics.exact import sum_count, sum_digest, sum_quantity
from queries.costed_events import ORDER, SAID, dealt_out

_PLACE = ("charge_period_start", "resource_id", "sku_id")
_CLAIMS = ("app_id", "environment", "is_authenticated", "is_spot", "is_estimated")
_READ = ("time", "source", "event_id", "meter", "quantity", "lease_id", "received_at", "event_digest")


def whole_charge_events(usage: ir.Table, held: ir.Table, *, rate_rules: Sequence[RateRule]) -> ir.Table:
    """Return what ``costed_events`` does of the charges ``held``, without attributing or pricing any event anew.

    Events of one hour, resource and SKU that say the same of their owner mostly are one charge, or one until an owner
    or a price changes and another from then on: the first or the last of them are a charge if they are as many as it
    counts, with its digest. ``is_whole`` says whether all of ``held`` were found so; if not, the answer says nothing.
    ``held`` are charges.

    Grain: one row per event and meter.
    """
    hour = usage.time.truncate("h").cast("!timestamp('UTC', 0)")
    claims = {f"claimed_{name}": usage[name] for name in _CLAIMS}
    read = usage.select(*_READ, "resource_id", "sku_id", charge_period_start=hour, **claims)
    same, order = (*_PLACE, *claims), list(ORDER)
    until = ibis.window(group_by=same, order_by=order, following=0)
    since = ibis.window(group_by=same, order_by=order, preceding=0)
    read = read.mutate(
        until_count=read.count().over(until).cast("!uint64"),
        until_digest=sum_digest(read.event_digest).over(until),
        since_count=read.count().over(since).cast("!uint64"),
        since_digest=sum_digest(read.event_digest).over(since),
    )
    for side in ("until", "since"):
        ends = held.select(
            **{f"{side}_{name}": held[name] for name in _PLACE}, event_count="event_count", ends_here="event_digest"
        )
        on = [
            *(read[name] == ends[f"{side}_{name}"] for name in _PLACE),
            read[f"{side}_count"] == ends.event_count,
            read[f"{side}_digest"] == ends.ends_here,
        ]
        read = read.left_join(ends, on).select(*read.columns, **{f"of_{side}": ends.ends_here})
    # An event is of the charge that ends at it or later, or that begins at it or earlier; 0 is none.
    of = ibis.greatest(read.of_until.max().over(since), read.of_since.max().over(until))
    read = read.mutate(charged_digest=of)
    own = [name for name in SAID if name not in (*_READ, *_PLACE)]
    charges = held.select(*_PLACE, *own, charged_digest="event_digest")
    found = read.join(charges, [*_PLACE, "charged_digest"]).select(*SAID, *claims, "charged_digest")
    so_far = ibis.window(group_by=(*same, "charged_digest"), order_by=order, following=0)
    found = found.mutate(charge_period_start=found.time.truncate("h"))
    found = found.select(*SAID, reached=sum_quantity(found.quantity).over(so_far))
    everything = found.count().over(ibis.window()).cast("!uint64")
    is_whole = everything == sum_count(held.event_count).as_scalar()
    return dealt_out(found.mutate(is_whole=is_whole), rate_rules)
