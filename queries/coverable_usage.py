"""Which usage could reserved capacity cover, hour by hour, and whose share of it would that be?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_count, sum_digest, sum_money, sum_quantity
from metrics.lines import LINE_KEY, hashed
from metrics.whole import quantity_units
from queries.chosen import chosen

_MADE = ("line_kind", "allocation_rule_id", "allocation_method")
USAGE_KEY = tuple(name for name in LINE_KEY if name not in _MADE)


def coverable_usage(charges: ir.Table, hours: ir.Table, *, start: datetime, end: datetime) -> ir.Table:
    """Return the priced usage of SKUs in the hours that ``hours`` (``committed_hours``) are about.

    Spot is never covered: it is bought apart. ``holder`` is the app's own share where a commitment of that hour has one
    for it, else its cost center's, else ''. ``used`` is the quantity in whole units, ``row_id`` tells rows apart.

    Grain: one row per (hour, ``USAGE_KEY``, holder); money in the store's currency.
    """
    held = chosen(charges, start=start, end=end)
    held = held.filter(held.pricing_status == "priced", held.meter != "platform_cost", held.consumed_quantity > 0)
    held = held.filter(held.pricing_category == "Standard")
    held = held.mutate(
        hour=held.charge_period_start,
        attribution_rule_is_default=(held.attribution_rule == "default").cast("!boolean"),
        unit=held.consumed_unit,
    ).semi_join(hours, ["hour", "sku_id"])
    summed = held.group_by("hour", *USAGE_KEY).agg(
        quantity=sum_quantity(held.consumed_quantity),
        list_total=sum_money(held.list_cost),
        effective_total=sum_money(held.effective_cost),
        billed_total=sum_money(held.billed_cost),
        events=sum_count(held.event_count).cast("!int64"),
        digest=sum_digest(held.event_digest),
    )
    texts = [ibis.coalesce(summed[name].cast("string"), "") for name in USAGE_KEY]
    rows = summed.mutate(row_id=hashed(ibis.array(texts).cast("string")))
    shares = hours.filter(hours.holder != "").select("hour", "sku_id", "holder").distinct()
    for name in ("app", "cost_center"):
        of = shares.select("hour", "sku_id", **{f"{name}_holder": "holder"})
        key = rows[f"{name}_id" if name == "app" else name]
        rows = rows.mutate(**{f"{name}_holder": ibis.literal(f"{name}/") + key})
        joined = rows.left_join(of, ["hour", "sku_id", f"{name}_holder"])
        rows = joined.select(*rows.drop(f"{name}_holder").columns, **{f"{name}_share": of[f"{name}_holder"]})
    holder = ibis.ifelse(rows.app_share != "", rows.app_share, rows.cost_center_share)
    used = quantity_units(rows.quantity.cast("!decimal(76, 9)"))
    return rows.mutate(holder=holder, used=used).drop("app_share", "cost_center_share")
