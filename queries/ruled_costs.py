"""What is left of a list cost after its discount, and what is billed after its markup?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from metrics.exact import times_rate
from queries.ruled_usage import rule_key


def ruled_costs(listed: ir.Table, rate_rules: Sequence[RateRule]) -> ir.Table:
    """Return rows (list_cost, discount_rule_id, markup_rule_id) with effective_cost and billed_cost.

    Truncated at the 21st decimal; null where the list cost is. Grain: as given.
    """
    discount, markup = rates(listed, rate_rules)
    effective = listed.mutate(effective_cost=discounted(listed.list_cost, discount))
    return effective.mutate(billed_cost=marked_up(effective.effective_cost, markup))


Rate: TypeAlias = ir.DecimalValue | None


def rates(ruled: ir.Table, rate_rules: Sequence[RateRule]) -> tuple[Rate, Rate]:
    """Return the fractions of the discount and the markup that rows name; None where there is no rule at all."""
    return _rate_of(ruled.discount_rule_id, rate_rules, "discount"), _rate_of(
        ruled.markup_rule_id, rate_rules, "markup"
    )


def discounted(cost: ir.DecimalValue, discount: Rate) -> ir.DecimalValue:
    """Return what a discount leaves of a list cost, truncated at the 21st decimal."""
    return cost if discount is None else _times(cost, 1 - discount)


def marked_up(cost: ir.DecimalValue, markup: Rate) -> ir.DecimalValue:
    """Return what is billed of an effective cost, truncated at the 21st decimal."""
    return cost if markup is None else _times(cost, 1 + markup)


def _rate_of(rule_id: ir.StringValue, rules: Sequence[RateRule], kind: str) -> Rate:
    rates = {rule_key(rule): rule.rate for rule in rules if rule.kind == kind}
    if not rates:
        return None
    branches = [(rule_id == key, ibis.literal(rate, "decimal(18, 9)")) for key, rate in sorted(rates.items())]
    return ibis.cases(*branches, else_=ibis.literal(0).cast("decimal(18, 9)"))


def _times(cost: ir.DecimalValue, factor: ir.DecimalValue) -> ir.DecimalValue:
    return times_rate(cost, factor.cast("decimal(18, 9)")).cast("decimal(76, 21)")
