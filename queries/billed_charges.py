"""What do the charges of a period bill by themselves, before anything is shared or agreed?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.cost import invoiced
from metrics.exact import sum_count, sum_digest, sum_money, sum_quantity
from metrics.lines import LINE_KEY, LINE_SUMS
from queries.chosen import chosen


def billed_charges(charges: ir.Table, *, start: datetime | None = None, end: datetime | None = None) -> ir.Table:
    """Return the priced charges that begin in ``[start, end)``, summed to lines of kind ``usage`` and ``direct``.

    Left out are unpriced and merely counted usage (it bills nothing yet), other currencies, and platform costs that
    name no app: those are pools, which ``allocated`` splits.

    Grain: one row per ``LINE_KEY``; amount is what invoices take (``metrics.cost.invoiced``), exact, in the store's
    currency.
    """
    held = chosen(charges, start=start, end=end)
    is_cost = held.meter == "platform_cost"
    held = held.filter(held.pricing_status == "priced", ~(is_cost & (held.app_id == "")))
    named = held.mutate(
        line_kind=ibis.ifelse(held.meter == "platform_cost", "direct", "usage"),
        attribution_rule_is_default=held.attribution_rule == "default",
        allocation_rule_id=ibis.literal(""),
        allocation_method=ibis.literal(""),
        unit=held.consumed_unit,
    )
    lines = named.group_by(LINE_KEY).agg(
        quantity=sum_quantity(named.consumed_quantity),
        list_total=sum_money(named.list_cost),
        effective_total=sum_money(named.effective_cost),
        amount=sum_money(invoiced(named)),
        events=sum_count(named.event_count).cast("!int64"),
        digests=sum_digest(named.event_digest),
    )
    lines = lines.mutate(
        list_cost=lines.list_total,
        effective_cost=lines.effective_total,
        event_count=lines.events,
        event_digest=lines.digests,
    )
    return lines.select(*LINE_KEY, *LINE_SUMS)
