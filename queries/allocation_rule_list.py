"""Which allocation rules were, are and will be in force?"""

from __future__ import annotations

import ibis.expr.types as ir


def allocation_rule_list(allocation_rules: ir.Table) -> ir.Table:
    """Return the rules of every cost type over time (``*``: every type without its own), with who recorded them.

    Grain: one row per (cost_type, valid_from).
    """
    held = allocation_rules.filter(allocation_rules.valid_from < allocation_rules.valid_to)
    return held.select("cost_type", "rule_id", "valid_from", "valid_to", "owner", "footnote", "recorded_by").order_by(
        "cost_type", "valid_from"
    )
