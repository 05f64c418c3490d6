"""What does reserved capacity cost whoever used it, hour by hour, and what did nobody use?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from config.meters import meters
from config.settings import settings
from metrics.exact import money
from metrics.fractions import taken
from metrics.lines import nothing
from metrics.whole import money_of, quantity_of
from queries.committed_hours import SLOT
from queries.coverable_usage import USAGE_KEY
from queries.split import split

_GROUP = ["hour", "sku_id", "holder"]
_ROW = ["hour", "slot_id", "holder"]


def commitment_shares(grants: ir.Table, usage: ir.Table) -> ir.Table:
    """Return how committed hours are borne by covered usage, and by who bears the rest.

    ``grants`` are ``commitment_grants``, ``usage`` is ``coverable_usage``. ``cost`` of an hour's rows sums to its
    cost_per_hour and ``quantity`` to its units_per_hour, to the last decimal. ``effective_off`` and ``billed_off`` are
    what the covered part of the usage would have cost, with the other sign, truncated at the 21st decimal. Events are
    those of the usage of the hour.

    Grain: one row per (hour, slot_id, ``USAGE_KEY``) that is covered, and one per (hour, slot_id) with ``is_unused``.
    """
    covered = _covered(grants.filter(~grants.is_unused), usage)
    unused = _unused(grants.filter(grants.is_unused))
    types = {name: kind for name, kind in covered.schema().items() if name != "event_digest"}  # passed on as it is
    return ibis.union(covered, unused.cast(types))


def _covered(grants: ir.Table, usage: ir.Table) -> ir.Table:
    rows = grants.rename(holder_used="used").inner_join(usage.drop("quantity"), _GROUP)
    rows = split(rows, "units", by="used", within=_ROW, ties=["row_id"], into="part")
    rows = split(rows, "money", by="used", within=_ROW, ties=["row_id"], into="paid")
    part, whole = quantity_of(rows.units), quantity_of(rows.holder_used)
    return rows.select(
        *SLOT[:1], *SLOT[2:], "is_unused", *USAGE_KEY,
        quantity=quantity_of(rows.part),
        cost=money_of(rows.paid),
        effective_off=taken(rows.effective_total, part, whole),
        billed_off=taken(rows.billed_total, part, whole),
        event_count=rows.events,
        event_digest=rows.digest,
    )  # fmt: skip


def _unused(grants: ir.Table) -> ir.Table:
    catalog = meters().values()
    meter = grants.sku_id.split("/")[0]
    said = {
        "cost_center": ibis.ifelse(grants.owner != "", grants.owner, settings().platform_cost_center),
        "sku_id": grants.sku_id,
        "meter": meter,
        "service_name": ibis.cases(*[(meter == one.name, one.service_name) for one in catalog], else_=""),
        "unit": ibis.cases(*[(meter == one.name, one.unit) for one in catalog], else_=""),
    }
    zero = money()
    return grants.select(
        *SLOT[:1], *SLOT[2:], "is_unused",
        **{name: said.get(name, nothing(name)) for name in USAGE_KEY},
        quantity=quantity_of(grants.units),
        cost=money_of(grants.money),
        effective_off=zero,
        billed_off=zero,
        event_count=nothing("event_count"),
        event_digest=nothing("event_digest"),
    )  # fmt: skip
