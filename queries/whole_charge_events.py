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

    Events of one hour, resource and SKU that say the same of their owner mostly are one charge: they are it if they are
    as many as it counts, with its digest. ``is_whole`` says whether all of ``held`` were found so; if not, the answer
    says nothing. ``held`` are charges.

    Grain: one row per event and meter.
    """
    hour = usage.time.truncate("h").cast("!timestamp('UTC', 0)")
    claims = {f"claimed_{name}": usage[name] for name in _CLAIMS}
    read = usage.select(*_READ, "resource_id", "sku_id", charge_period_start=hour, **claims)
    same = (*_PLACE, *claims)
    alike, so_far = ibis.window(group_by=same), ibis.window(group_by=same, order_by=list(ORDER), following=0)
    read = read.select(
        *(name for name in _READ if name != "event_digest"),
        *_PLACE,
        reached=sum_quantity(read.quantity).over(so_far),
        event_count=read.count().over(alike).cast("!uint64"),
        event_digest=sum_digest(read.event_digest).over(alike),
    )
    own = [name for name in SAID if name not in (*_READ, *_PLACE)]
    charges = held.select(*_PLACE, *own, "event_count", "event_digest")
    found = read.join(charges, [*_PLACE, "event_count", "event_digest"]).select(*SAID, "reached")
    everything = found.count().over(ibis.window()).cast("!uint64")
    is_whole = everything == sum_count(held.event_count).as_scalar()
    return dealt_out(found.mutate(is_whole=is_whole), rate_rules)
