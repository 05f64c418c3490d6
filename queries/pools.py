"""Which platform costs name no app, and by which rule is each to be split?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import or_zero, sum_count, sum_digest, sum_money
from metrics.methods import EVERY_TYPE
from queries.as_of import as_of
from queries.pool_periods import PERIOD, pool_costs

RULE = ("method", "basis", "floor", "weights", "footnote", "owner", "allocated_method_id")


def pools(
    charges: ir.Table,
    allocation_rules: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    cost_types: Sequence[str] | None = None,
) -> ir.Table:
    """Return the pools that begin in ``[start, end)``: platform costs without an app, and the rule in force.

    The rule is the cost type's own as of the period's start, else that of ``*``; without either, method is '' and
    nothing can be allocated. Costs in another currency than the store's are no part of any pool.

    Grain: one row per (charge_period_start, charge_period_end, cost_type). ``pool`` is effective cost, in the store's
    currency; below 0 for a credit.
    """
    held = pool_costs(charges, start=start, end=end, cost_types=cost_types)
    found = held.group_by(*PERIOD, "cost_type").agg(
        pool=or_zero(sum_money(held.effective_cost)).cast("!decimal(76, 21)"),
        pooled_events=sum_count(held.event_count),
        pooled_digest=sum_digest(held.event_digest),
    )
    named = allocation_rules.rule_id + "@" + _stamp(allocation_rules.valid_from)
    rules = allocation_rules.mutate(allocated_method_id=named).select("cost_type", *RULE, "valid_from", "valid_to")
    timed = found.mutate(
        time=found.charge_period_start.cast("!timestamp('UTC', 3)"), every_type=ibis.literal(EVERY_TYPE)
    )
    timed = as_of(timed, rules, "own", on={"cost_type": "cost_type"}, says=RULE)
    timed = as_of(timed, rules, "any", on={"every_type": "cost_type"}, says=RULE)
    return timed.select(*found.columns, **{name: _in_force(timed, name) for name in RULE}).order_by(
        *PERIOD, "cost_type"
    )


def _in_force(timed: ir.Table, name: str) -> ir.Value:
    own, of_any = timed[f"own_{name}"], timed[f"any_{name}"]
    if name == "weights":  # nobody reads them without a method
        return ibis.ifelse(timed.own_found, own, of_any)
    nothing = ibis.literal(0).cast("!decimal(38, 9)") if name == "floor" else ibis.literal("")
    return ibis.cases((timed.own_found, own), (timed.any_found, of_any), else_=nothing)


def _stamp(instant: ir.TimestampValue) -> ir.StringValue:
    """Seconds, and milliseconds if there are any: as charges name their rules."""
    return instant.cast("string").replace(" ", "T").replace(".000", "") + "Z"
