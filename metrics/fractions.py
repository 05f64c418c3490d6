"""Parts of an amount: multiplied first, divided last, truncated once."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from metrics.exact import per_quantity, times_quantity

_QUANTITY = dt.Decimal(38, 9)


@ibis.udf.scalar.builtin(name="multiply")
def _weigh(quantity: dt.Decimal(76, 9), rate: dt.Decimal(18, 9)) -> dt.Decimal(76, 18):
    """Quantity times a rate: exact."""


@ibis.udf.scalar.builtin(name="negate")
def _less_money(cost: dt.Decimal(76, 21)) -> dt.Decimal(76, 21):
    """The amount with the other sign."""


@ibis.udf.scalar.builtin(name="negate")
def less(quantity: _QUANTITY) -> dt.Decimal(38, 9, nullable=False):
    """The quantity with the other sign."""


@ibis.udf.scalar.builtin(name="minus")
def minus_quantity(one: _QUANTITY, other: _QUANTITY) -> dt.Decimal(38, 9, nullable=False):
    """Difference: exact."""


def weighed(quantity: ir.DecimalValue, rate: ir.DecimalValue) -> ir.DecimalValue:
    """Return a quantity times a rate, truncated at the 9th decimal."""
    return _weigh(quantity.cast("decimal(76, 9)"), rate).cast("!decimal(38, 9)")


def taken(cost: ir.DecimalValue, part: ir.DecimalValue, whole: ir.DecimalValue) -> ir.DecimalValue:
    """Return cost x part / whole with the other sign, truncated at the 21st decimal; all of it where part = whole."""
    return _less_money(per_quantity(times_quantity(cost, part), whole).cast("decimal(76, 21)"))


def part_of(quantity: ir.DecimalValue, part: ir.DecimalValue, whole: ir.DecimalValue) -> ir.DecimalValue:
    """Return quantity x part / whole, truncated at the 9th decimal."""
    return per_quantity(times_quantity(quantity.cast("decimal(76, 21)"), part), whole).cast("!decimal(38, 9)")
