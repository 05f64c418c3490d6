"""Money and weights as whole numbers of their smallest unit, for splitting without a remainder.

The engine computes in Int256, which Ibis does not have: expressions are typed int64 and never leave the engine as such.
One unit of money is 1e-21 (the last decimal that is stored), one of a weight 1e-12, one of a quantity 1e-9. The engine
wraps silently past 5.7e76: ``within_reach`` raises first.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

_MONEY = dt.Decimal(76, 21, nullable=False)
_WEIGHT = dt.Decimal(76, 12, nullable=False)
_WHOLE = dt.Int64(nullable=False)
_QUANTITY = dt.Decimal(76, 9, nullable=False)
_REACH = 5e76


@ibis.udf.scalar.builtin(name="reinterpretAsInt256")
def money_units(cost: _MONEY) -> _WHOLE:
    """A cost in units of 1e-21: exact."""


@ibis.udf.scalar.builtin(name="reinterpretAsInt256")
def weight_units(weight: _WEIGHT) -> _WHOLE:
    """A weight in units of 1e-12: exact."""


@ibis.udf.scalar.builtin(name="reinterpretAsInt256")
def quantity_units(quantity: _QUANTITY) -> _WHOLE:
    """A quantity in units of 1e-9: exact."""


@ibis.udf.scalar.builtin(name="toInt256")
def whole(value: dt.Int64) -> _WHOLE:
    """A whole number wide enough to multiply."""


@ibis.udf.scalar.builtin(name="multiply")
def times(one: _WHOLE, other: _WHOLE) -> _WHOLE:
    """Product: 76 digits."""


@ibis.udf.scalar.builtin(name="plus")
def plus(one: _WHOLE, other: _WHOLE) -> _WHOLE:
    """Sum of two."""


@ibis.udf.scalar.builtin(name="minus")
def minus(one: _WHOLE, other: _WHOLE) -> _WHOLE:
    """Difference of two."""


@ibis.udf.scalar.builtin(name="intDiv")
def divided(one: _WHOLE, other: _WHOLE) -> _WHOLE:
    """Quotient, truncated toward zero."""


@ibis.udf.scalar.builtin(name="modulo")
def remainder(one: _WHOLE, other: _WHOLE) -> _WHOLE:
    """What a truncated division leaves; the sign of the dividend."""


@ibis.udf.scalar.builtin(name="abs")
def _abs(value: _WHOLE) -> dt.Int64(nullable=False):
    """Absolute value, as UInt256."""


@ibis.udf.agg.builtin(name="sum")
def sum_whole(value: _WHOLE) -> _WHOLE:
    """Sum: exact."""


@ibis.udf.scalar.builtin(name="toFloat64")
def _about(value: _WHOLE) -> dt.Float64(nullable=False):
    """Roughly how large."""


@ibis.udf.scalar.builtin(name="throwIf")
def refuse_if(condition: dt.Boolean, message: dt.String) -> dt.UInt8(nullable=False):
    """Stop the query with a message."""


@ibis.udf.scalar.builtin(name="toDecimal256")
def _as_decimal(value: _WHOLE, scale: dt.Int8) -> dt.Decimal(76, 0, nullable=False):
    """A whole number as a decimal without decimals."""


@ibis.udf.scalar.builtin(name="multiply")
def _scaled(value: dt.Decimal(76, 0), unit: _MONEY) -> dt.Decimal(76, 21, nullable=False):
    """Units times the unit."""


@ibis.udf.scalar.builtin(name="multiply")
def _scaled_quantity(value: dt.Decimal(76, 0), unit: _QUANTITY) -> _QUANTITY:
    """Units times the unit."""


@ibis.udf.scalar.builtin(name="sipHash64")
def pool_hash(
    number: dt.Int64, start: dt.Timestamp("UTC", 0), end: dt.Timestamp("UTC", 0), cost_type: dt.String
) -> dt.UInt64(nullable=False):
    """A number that tells pools apart."""


@ibis.udf.scalar.builtin(name="subtractMilliseconds")
def milliseconds_before(instant: dt.Timestamp("UTC", 3), milliseconds: dt.Int64) -> dt.Timestamp(
    "UTC", 3, nullable=False
):
    """An instant some milliseconds earlier."""


@ibis.udf.scalar.builtin(name="toLowCardinality")
def few_values(text: dt.String) -> dt.String(nullable=False):
    """The same text, held as a number into a dictionary: for labels that millions of rows repeat."""


def money_of(units: ir.IntegerValue) -> ir.DecimalValue:
    """Return units of 1e-21 as money: exact."""
    return _scaled(_as_decimal(units, ibis.literal(0, "int8")), ibis.literal("0.000000000000000000001").cast(_MONEY))


def quantity_of(units: ir.IntegerValue) -> ir.DecimalValue:
    """Return units of 1e-9 as a quantity: exact."""
    quantity = _scaled_quantity(
        _as_decimal(units, ibis.literal(0, "int8")), ibis.literal("0.000000001").cast(_QUANTITY)
    )
    return quantity.cast("!decimal(38, 9)")


def magnitude(units: ir.IntegerValue) -> ir.IntegerValue:
    """Return the absolute value."""
    return whole(_abs(units))


def within_reach(one: ir.IntegerValue, other: ir.IntegerValue) -> ir.IntegerValue:
    """Return the first, or stop the query if its product with the second has more digits than the engine holds."""
    is_beyond = _about(one).abs() * _about(other).abs() > _REACH
    return plus(one, whole(refuse_if(is_beyond, "an amount times its weights has more than 76 digits")))
