"""Money: the three costs of FOCUS, exact decimals, and how they were found."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from metrics.core import Measure
from metrics.exact import minus_money, money, or_zero, per_cost, sum_money

LIST_COST = Measure(
    name="list_cost",
    label="List cost",
    unit="{currency}",
    description="Quantity times list price. Unpriced usage is left out and shown as unpriced quantity.",
    expr=lambda charges: sum_money(charges.list_cost),
    additive=True,
)
EFFECTIVE_COST = Measure(
    name="effective_cost",
    label="Effective cost",
    unit="{currency}",
    description="List cost after dated discount rules.",
    expr=lambda charges: sum_money(charges.effective_cost),
    additive=True,
)
BILLED_COST = Measure(
    name="billed_cost",
    label="Billed cost",
    unit="{currency}",
    description="Effective cost after markup: what the invoice charges.",
    expr=lambda charges: sum_money(charges.billed_cost),
    additive=True,
)
UNATTRIBUTED_COST = Measure(
    name="unattributed_cost",
    label="Unattributed cost",
    unit="{currency}",
    description="Effective cost that no tag, lease, owner or environment claims: attribution rule 'default'.",
    expr=lambda charges: _cost_where(charges, charges.attribution_rule == "default"),
    additive=True,
)
ATTRIBUTED_SHARE = Measure(
    name="attributed_share",
    label="Attributed share",
    unit="share",
    description="1 - unattributed cost / effective cost, truncated at the 21st decimal; empty for no cost.",
    expr=lambda charges: _share(
        charges, lambda total: minus_money(total, _cost_where(charges, charges.attribution_rule == "default"))
    ),
    additive=False,
)
EPHEMERAL_COST = Measure(
    name="ephemeral_cost",
    label="Cost of ephemeral apps",
    unit="{currency}",
    description="Effective cost of apps whose lifecycle is 'ephemeral'.",
    expr=lambda charges: _cost_where(charges, charges.lifecycle == "ephemeral"),
    additive=True,
)
EPHEMERAL_SHARE = Measure(
    name="ephemeral_share",
    label="Ephemeral share",
    unit="share",
    description="Cost of ephemeral apps / effective cost, truncated at the 21st decimal; empty for no cost.",
    expr=lambda charges: _share(charges, lambda _: _cost_where(charges, charges.lifecycle == "ephemeral")),
    additive=False,
)

COSTS = (LIST_COST, EFFECTIVE_COST, BILLED_COST)


def invoiced(charges: ir.Table) -> ir.DecimalColumn:
    """Return what invoices take of each charge: billed cost; of platform costs effective cost.

    What a prepaid purchase costs is spread over its term there, while its billed cost is all on the day it was bought.
    """
    return ibis.ifelse(charges.meter == "platform_cost", charges.effective_cost, charges.billed_cost)


def _cost_where(charges: ir.Table, condition: ir.BooleanValue) -> ir.DecimalScalar:
    return or_zero(sum_money(charges.effective_cost, where=condition))


def _share(charges: ir.Table, part: Callable[[ir.DecimalScalar], ir.DecimalScalar]) -> ir.DecimalScalar:
    total = sum_money(charges.effective_cost)
    return per_cost(part(total), total.nullif(money()))
