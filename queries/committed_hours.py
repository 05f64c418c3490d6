"""Which capacity is committed in each hour, and for whom is it reserved?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.whole import money_units, quantity_units, weight_units
from queries.split import split

SLOT = ("hour", "sku_id", "commitment_id", "slot_id")


def committed_hours(commitments: ir.Table, *, start: datetime, end: datetime) -> ir.Table:
    """Return the commitments in force in every hour of ``[start, end)``, split over those they are reserved for.

    ``slot_id`` names the dated row of a commitment: ``gpu@2026-01-01T00:00:00Z``. ``holder`` is ``app/...``,
    ``cost_center/...`` or '' (whoever uses the SKU); ``reserved`` are its units, of quantity, and ``cost`` the whole
    hour's, of money (``metrics.whole``).

    Grain: one row per (hour, slot_id, holder). Shares of a commitment sum to its units_per_hour.
    """
    held = commitments.filter(commitments.valid_from < commitments.valid_to)
    held = held.filter(held.valid_from < ibis.literal(end), held.valid_to > ibis.literal(start))
    everyone = ibis.literal("", "!string")
    nobody = held.shares.length() == 0
    one = ibis.literal(1).cast("!decimal(18, 9)")
    shares = held.mutate(
        holder=ibis.ifelse(nobody, ibis.array([everyone]), held.shares.keys()),
        share=ibis.ifelse(nobody, ibis.array([one]), held.shares.values()),
    )
    shares = shares.mutate(part=shares.holder.zip(shares.share).unnest())
    slots = shares.select(
        "commitment_id",
        "sku_id",
        "valid_from",
        "valid_to",
        owner=shares.cost_center,
        slot_id=shares.commitment_id + "@" + _stamp(shares.valid_from),
        holder=shares.part["f1"],
        share=weight_units(shares.part["f2"].cast("!decimal(76, 12)")),
        units=quantity_units(shares.units_per_hour.cast("!decimal(76, 9)")),
        cost=money_units(shares.cost_per_hour.cast("!decimal(76, 21)")),
    )
    slots = split(slots, "units", by="share", within=["slot_id"], ties=["holder"], into="reserved")
    first = ibis.greatest(slots.valid_from, ibis.literal(start)).epoch_seconds() // 3600
    last = ibis.least(slots.valid_to, ibis.literal(end)).epoch_seconds() // 3600
    hours = slots.mutate(number=ibis.range(first, last).unnest())
    hours = hours.mutate(hour=(hours.number * 3600).as_timestamp("s").cast("!timestamp('UTC', 0)"))
    return hours.select(*SLOT, "owner", "holder", "reserved", "cost")


def _stamp(instant: ir.TimestampValue) -> ir.StringValue:
    return instant.cast("string").replace(" ", "T").replace(".000", "") + "Z"
