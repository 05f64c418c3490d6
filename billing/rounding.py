"""Rounding happens once, here: a total half-even to cents, its lines by largest remainder so that they sum to it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

CENT = Decimal("0.01")
EXACT = Context(prec=120)


def exact_sum(amounts: Mapping[str, Decimal]) -> Decimal:
    """Return the sum, every decimal of it."""
    total = Decimal(0)
    for amount in amounts.values():
        total = EXACT.add(total, amount)
    return total


def rounded_total(amounts: Mapping[str, Decimal]) -> Decimal:
    """Return the exact sum rounded half-even to cents."""
    return exact_sum(amounts).quantize(CENT, rounding=ROUND_HALF_EVEN, context=EXACT)


def rounded_lines(amounts: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return every line's amount in cents; together they are ``rounded_total``, each within a cent of its own.

    Every line is first rounded down (a credit away from zero); the cents that the total has more go to the largest
    remainders, of equal ones to the first line id.
    """
    floors = {line: amount.quantize(CENT, rounding=ROUND_FLOOR, context=EXACT) for line, amount in amounts.items()}
    missing = EXACT.subtract(rounded_total(amounts), exact_sum(floors))
    cents = int(EXACT.divide(missing, CENT))
    by_remainder = sorted(amounts, key=lambda line: (-EXACT.subtract(amounts[line], floors[line]), line))
    raised = set(by_remainder[:cents])
    return {line: EXACT.add(floor, CENT) if line in raised else floor for line, floor in floors.items()}
