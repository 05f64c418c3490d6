"""How much of each committed hour does each holder's usage take?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.whole import minus, plus, sum_whole, whole
from queries.committed_hours import SLOT
from queries.split import split

_GROUP = ("hour", "sku_id", "holder")


def commitment_takes(hours: ir.Table, usage: ir.Table) -> ir.Table:
    """Return what the usage (``coverable_usage``) takes of committed hours (``committed_hours``).

    Reserved shares are taken by their holders first; then all usage left takes from commitments without shares, each
    holder in proportion to what it has left. Of several commitments of a SKU the first by slot_id is taken first.

    Grain: one row per (hour, slot_id, holder) that takes any ``units``, with all that its holder ``used``; whole units.
    """
    used = usage.group_by(_GROUP).agg(used=sum_whole(usage.used))
    shares = hours.filter(hours.holder != "").inner_join(used, _GROUP)
    shares = shares.mutate(units=_taken(shares, "reserved", "used", _GROUP))
    of_shares = shares.group_by(_GROUP).agg(taken=sum_whole(shares.units))
    left = used.left_join(of_shares, _GROUP)
    left = left.select(*_GROUP, used=used.used, left=minus(used.used, of_shares.taken))
    left = left.filter(left.left > whole(0))
    wanted = left.group_by("hour", "sku_id").agg(wanted=sum_whole(left.left))
    open_slots = hours.filter(hours.holder == "").inner_join(wanted, ["hour", "sku_id"])
    open_slots = open_slots.mutate(given=_taken(open_slots, "reserved", "wanted", ("hour", "sku_id")))
    open_slots = open_slots.filter(open_slots.given > whole(0)).drop("holder", "reserved", "wanted")
    spread = open_slots.inner_join(left, ["hour", "sku_id"])
    spread = split(spread, "given", by="left", within=["hour", "slot_id"], ties=["holder"], into="units")
    names = (*SLOT, "owner", "holder", "used", "units")
    covered = united_units(shares.select(*names), spread.select(*names))
    return covered.filter(covered.units > whole(0))


def united_units(one: ir.Table, other: ir.Table) -> ir.Table:
    """Both, typed alike. Whole units pass as they are: a cast would cut them."""
    types = {name: kind for name, kind in one.schema().items() if not kind.is_integer()}
    units = [name for name in one.columns if name not in types]
    alike = [rows.cast(types).mutate(**{name: plus(rows[name], whole(0)) for name in units}) for rows in (one, other)]
    return ibis.union(*(rows.select(one.columns) for rows in alike))


def _taken(rows: ir.Table, reserved: str, wanted: str, group: tuple[str, ...]) -> ir.IntegerValue:
    """What is taken of each reserved part when earlier ones are taken first."""
    so_far = ibis.window(group_by=list(group), order_by="slot_id", following=0)
    before = minus(sum_whole(rows[reserved]).over(so_far), rows[reserved])
    return ibis.greatest(whole(0), ibis.least(rows[reserved], minus(rows[wanted], before)))
