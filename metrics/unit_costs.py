"""Money per unit served. Not additive: ask for the whole, never average the parts."""

from __future__ import annotations

import ibis.expr.types as ir

from metrics.core import Measure
from metrics.cost import EFFECTIVE_COST
from metrics.exact import per_unit, sum_money, times_count
from metrics.usage import REQUESTS, TOKENS

TOKEN_COST = Measure(
    name="token_cost",
    label="Cost of tokens",
    unit="{currency}",
    description="Effective cost of LLM tokens alone.",
    expr=lambda charges: sum_money(charges.effective_cost, where=charges.consumed_unit == "Tokens"),
    additive=True,
)


def _per(block: int, cost: ir.DecimalScalar, quantity: ir.DecimalScalar) -> ir.DecimalScalar:
    """Cost of ``block`` units: multiplied first, divided once, truncated at the 21st decimal; null for none served."""
    return per_unit(times_count(cost, block), quantity.nullif(0))


COST_PER_1K_REQUESTS = Measure(
    name="cost_per_1k_requests",
    label="Cost per 1,000 requests",
    unit="{currency} per 1000 Requests",
    description="Effective cost of everything × 1,000 / requests, truncated at the 21st decimal; empty without any.",
    expr=lambda charges: _per(1_000, EFFECTIVE_COST.expr(charges), REQUESTS.expr(charges)),
    additive=False,
)
COST_PER_1M_TOKENS = Measure(
    name="cost_per_1m_tokens",
    label="Cost per 1M tokens",
    unit="{currency} per 1000000 Tokens",
    description="Effective cost of tokens × 1,000,000 / tokens, truncated at the 21st decimal; empty without any.",
    expr=lambda charges: _per(1_000_000, TOKEN_COST.expr(charges), TOKENS.expr(charges)),
    additive=False,
)
