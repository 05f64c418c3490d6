"""Is anything lost or counted twice between what was received and what is charged?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import minus_money, sum_money
from queries.daily_sides import daily_sides
from queries.ledger_sides import ledger_sides
from queries.money_sides import money_sides
from queries.usage_sides import usage_sides


def conservation(
    batches: ir.Table,
    usage: ir.Table,
    lifecycle: ir.Table,
    request_traces: ir.Table,
    alerts: ir.Table,
    platform_costs: ir.Table,
    charges: ir.Table,
    daily_charges: ir.Table,
) -> ir.Table:
    """Return the laws of conservation with what each expects and what there is; ``difference`` is 0 where one holds.

    ``5 usage``      quantity and events per meter: accepted, and charged; by hour, and by day
    ``6 money``      platform costs per currency: reported, and charged; list cost of usage: recomputed, and charged;
                     costs and events per currency: charged by hour, and by day
    ``15 silence``   per event type: received, and accepted + duplicate + quarantined; accepted, and stored

    Grain: one row per (law, scope). Reads every event: a check for the doctor, no question for a page. Events that wait
    for rating are a difference.
    """
    events = {
        "usage": usage,
        "lifecycle": lifecycle,
        "request": request_traces,
        "alert": alerts,
        "platform_cost": platform_costs,
    }
    sides = ibis.union(
        *usage_sides(usage, charges),
        *money_sides(platform_costs, charges),
        *daily_sides(charges, daily_charges),
        *ledger_sides(batches, events),
    )
    laws = sides.group_by("law", "scope").agg(expected=sum_money(sides.expected), got=sum_money(sides.got))
    return laws.mutate(difference=minus_money(laws.got, laws.expected)).order_by("law", "scope")
