"""What of each committed hour is taken, what is left unused, and what does each cost?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.whole import minus, sum_whole, whole
from queries.commitment_takes import united_units
from queries.committed_hours import SLOT
from queries.split import split


def commitment_grants(hours: ir.Table, takes: ir.Table) -> ir.Table:
    """Return what is taken of committed hours (``committed_hours``, ``commitment_takes``), what is not, and its cost.

    The hour's cost is split by units: covered and unused sum to it, to the last decimal.

    Grain: one row per (hour, slot_id, holder) that takes anything, and one per (hour, slot_id) with ``is_unused``.
    ``units`` and ``money`` are whole units.
    """
    keys = [*SLOT, "owner"]
    whole_slots = hours.group_by([*keys, "cost"]).agg(committed=sum_whole(hours.reserved))
    taken = takes.group_by(keys).agg(taken=sum_whole(takes.units))
    unused = whole_slots.left_join(taken, keys)
    unused = unused.select(
        *(whole_slots[name] for name in keys),
        holder=ibis.literal("", "!string"),
        used=whole(0),
        units=minus(whole_slots.committed, taken.taken),
        is_unused=ibis.literal(True),
    )
    unused = unused.filter(unused.units > whole(0))
    rows = united_units(takes.mutate(is_unused=ibis.literal(False)), unused)
    rows = rows.inner_join(whole_slots.select(*keys, "cost"), keys)
    return split(rows, "cost", by="units", within=["hour", "slot_id"], ties=["is_unused", "holder"], into="money")
