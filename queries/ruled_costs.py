"""What is left of a list cost after its discount, and what is billed after its markup?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule
from metrics.exact import times_rate
from queries.ruled_usage import rule_key


def ruled_costs(listed: ir.Table, rate_rules: Sequence[RateRule]) -> ir.Table:
    """Return rows (list_cost, discount_rule_id, markup_rule_id) with effective_cost and billed_cost.

    Truncated at the 21st decimal; null where the list cost is. Grain: as given.
    """
    discount = _rate_of(listed.discount_rule_id, rate_rules, "discount")
    effective = listed.mutate(
        effective_cost=_times(listed.list_cost, 1 - discount) if discount is not None else listed.list_cost
    )
    markup = _rate_of(effective.markup_rule_id, rate_rules, "markup")
    return effective.mutate(
        billed_cost=_times(effective.effective_cost, 1 + markup) if markup is not None else effective.effective_cost
    )


def _rate_of(rule_id: ir.StringValue, rules: Sequence[RateRule], kind: str) -> ir.DecimalValue | None:
    rates = {rule_key(rule): rule.rate for rule in rules if rule.kind == kind}
    if not rates:
        return None
    branches = [(rule_id == key, ibis.literal(rate, "decimal(18, 9)")) for key, rate in sorted(rates.items())]
    return ibis.cases(*branches, else_=ibis.literal(0).cast("decimal(18, 9)"))


def _times(cost: ir.DecimalValue, factor: ir.DecimalValue) -> ir.DecimalValue:
    return times_rate(cost, factor.cast("decimal(18, 9)")).cast("decimal(76, 21)")
