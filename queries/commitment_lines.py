"""What does reserved capacity change on the bill, and what of it is nobody's use?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from metrics.exact import plus_money, sum_digest, sum_money, sum_quantity, times_rate
from metrics.lines import as_lines, sum_signed
from queries.coverable_usage import USAGE_KEY

_OF = ("is_unused", "slot_id", *USAGE_KEY)


def commitment_lines(shares: ir.Table, rate_rules: ir.Table) -> ir.Table:
    """Return the lines of kind ``commitment`` and ``unused_commitment`` that ``commitment_shares`` add up to.

    A usage line keeps its own price; its commitment line has what the covered part costs instead, less what it would
    have cost: below 0 where reserved capacity is cheaper. A markup of the usage holds for the cost instead. List cost
    stays the usage's. What nobody used is passed on as it was bought.

    Grain: one row per usage line and commitment, and one per commitment with unused hours.
    """
    lines = shares.group_by(_OF).agg(
        quantity=sum_quantity(shares.quantity),
        paid=sum_money(shares.cost),
        effective=sum_money(shares.effective_off),
        billed=sum_money(shares.billed_off),
        events=sum_signed(shares.event_count),
        digest=sum_digest(shares.event_digest),
    )
    markups = rate_rules.filter(rate_rules.kind == "markup", rate_rules.valid_from < rate_rules.valid_to)
    stamp = markups.valid_from.cast("string").replace(" ", "T").replace(".000", "") + "Z"
    markups = markups.select(markup_rule_id=markups.rule_id + "@" + stamp, markup=markups.rate)
    joined = lines.left_join(markups, "markup_rule_id")
    marked = joined.select(*(lines[name] for name in lines.columns), markup=markups.markup)
    rate = ibis.coalesce(marked.markup, ibis.literal(0).cast("decimal(18, 9)"))
    margin = times_rate(marked.paid, rate).cast("decimal(76, 21)")
    return as_lines(
        marked,
        **{name: marked[name] for name in USAGE_KEY},
        line_kind=ibis.ifelse(marked.is_unused, "unused_commitment", "commitment"),
        allocation_rule_id=marked.slot_id,
        quantity=marked.quantity,
        effective_cost=plus_money(marked.paid, marked.effective),
        amount=plus_money(plus_money(marked.paid, margin), marked.billed),
        event_count=marked.events,
        event_digest=marked.digest,
    )
