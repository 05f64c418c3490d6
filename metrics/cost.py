"""Money: the three costs of FOCUS, exact decimals in the store's currency."""

from __future__ import annotations

from metrics.core import Measure
from metrics.exact import sum_money

LIST_COST = Measure(
    name="list_cost",
    label="List cost",
    unit="USD",
    description="Quantity times list price. Unpriced usage is left out and shown as unpriced quantity.",
    expr=lambda charges: sum_money(charges.list_cost),
    additive=True,
)
EFFECTIVE_COST = Measure(
    name="effective_cost",
    label="Effective cost",
    unit="USD",
    description="List cost after dated discount rules.",
    expr=lambda charges: sum_money(charges.effective_cost),
    additive=True,
)
BILLED_COST = Measure(
    name="billed_cost",
    label="Billed cost",
    unit="USD",
    description="Effective cost after markup: what the invoice charges.",
    expr=lambda charges: sum_money(charges.billed_cost),
    additive=True,
)
