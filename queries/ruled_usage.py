"""Which discount and which markup hold for every usage row, at its own time?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

import ibis
import ibis.expr.types as ir

from config.rate_rules import RateRule


def ruled_usage(usage: ir.Table, rate_rules: Sequence[RateRule]) -> ir.Table:
    """Return attributed usage with pricing_category, discount_rule_id and markup_rule_id ('' where none holds).

    Grain: one row per usage row. Of several rules of a kind that hold, the first by rule_id stands.
    """
    usage = usage.mutate(pricing_category=ibis.ifelse(usage.is_spot, "Dynamic", "Standard"))
    return usage.mutate(
        discount_rule_id=_rule_id(usage, rate_rules, "discount"), markup_rule_id=_rule_id(usage, rate_rules, "markup")
    )


def rule_key(rule: RateRule) -> str:
    """Return how a charge names a rule: rules of one id may differ from one millisecond to the next."""
    start = rule.valid_from.astimezone(UTC).replace(tzinfo=None)
    exactly = "milliseconds" if start.microsecond else "seconds"
    return f"{rule.rule_id}@{start.isoformat(timespec=exactly)}Z"


def _rule_id(usage: ir.Table, rules: Sequence[RateRule], kind: str) -> ir.StringValue:
    """The first rule of a kind that holds at the event's time, or ''."""
    branches = []
    for rule in sorted(rules, key=lambda rule: (rule.rule_id, rule.valid_from)):
        if rule.kind == kind:
            holds = (usage.time >= rule.valid_from) & (usage.time < rule.valid_to)
            for column, value in rule.scope.items():
                holds &= usage[column] == value
            branches.append((holds, rule_key(rule)))
    return ibis.cases(*branches, else_="") if branches else ibis.literal("")
