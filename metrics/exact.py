"""The engine's exact decimal operators, which Ibis would type wrongly.

ClickHouse multiplies Decimal(76, a) by Decimal(38, b) into Decimal(76, a + b) without loss; Ibis declares another scale
and would silently round. Every money expression goes through these. Source: the engine's decimal reference, and
tests/soundness/test_exact_decimals.py.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

_QUANTITY = dt.Decimal(76, 9)
_UNIT_PRICE = dt.Decimal(38, 12)
_MONEY = dt.Decimal(76, 21)
_RATE = dt.Decimal(18, 9)


@ibis.udf.scalar.builtin(name="multiply")
def times_unit_price(quantity: _QUANTITY, unit_price: _UNIT_PRICE) -> _MONEY:
    """Quantity times unit price: exact, 21 decimals."""


@ibis.udf.scalar.builtin(name="divide")
def per_block(cost: _MONEY, block: dt.UInt64) -> _MONEY:
    """Cost divided by the units a price is for; truncated at the 21st decimal (exact for powers of ten)."""


@ibis.udf.scalar.builtin(name="multiply")
def times_rate(cost: _MONEY, rate: _RATE) -> dt.Decimal(76, 30):
    """Cost times a fraction: exact, 30 decimals; cast back to money to truncate at the 21st."""


@ibis.udf.agg.builtin(name="sum")
def sum_quantity(quantity: dt.Decimal(38, 9)) -> dt.Decimal(38, 9, nullable=False):
    """Sum of quantities. The door takes none above 1e18, so 38 digits hold 1e11 of the largest."""


@ibis.udf.agg.builtin(name="sum")
def sum_money(cost: _MONEY) -> _MONEY:
    """Sum of costs: exact; null only if every cost is null."""


@ibis.udf.agg.builtin(name="sum")
def sum_basis(quantity: dt.Decimal(76, 12)) -> dt.Decimal(76, 12):
    """Sum of what costs are split by: exact."""


@ibis.udf.agg.builtin(name="sum")
def sum_digest(digest: dt.String) -> dt.String:
    """Sum of UInt128 digests modulo 2^128: independent of order. Typed as text: Ibis has no such integer."""


@ibis.udf.scalar.builtin(name="multiply")
def times_count(cost: _MONEY, count: dt.UInt64) -> _MONEY:
    """Cost times a whole number: exact."""


@ibis.udf.scalar.builtin(name="multiply")
def times_quantity(cost: _MONEY, quantity: dt.Decimal(38, 9)) -> dt.Decimal(76, 30):
    """Cost times a quantity: exact, 30 decimals."""


@ibis.udf.scalar.builtin(name="divide")
def per_quantity(cost: dt.Decimal(76, 30), quantity: dt.Decimal(38, 9)) -> dt.Decimal(76, 30):
    """Cost divided by a quantity: truncated at the 30th decimal; null for a null quantity, raises for 0."""


@ibis.udf.scalar.builtin(name="divide")
def per_unit(cost: _MONEY, quantity: dt.Decimal(38, 9)) -> _MONEY:
    """Cost divided by a quantity: truncated at the 21st decimal; null for a null quantity, raises for 0."""


@ibis.udf.scalar.builtin(name="multiply")
def times_unit_cost(quantity: dt.Decimal(38, 9), unit_cost: _MONEY) -> dt.Decimal(76, 30):
    """Quantity times what a unit cost on average: exact, 30 decimals; null for a null unit cost."""


@ibis.udf.scalar.builtin(name="divide")
def per_cost(cost: _MONEY, whole: _MONEY) -> _MONEY:
    """One cost as a fraction of another: truncated at the 21st decimal; null for a null whole, raises for 0."""


@ibis.udf.scalar.builtin(name="minus")
def minus_money(cost: _MONEY, other: _MONEY) -> _MONEY:
    """Difference of two costs: exact."""


@ibis.udf.scalar.builtin(name="plus")
def plus_money(cost: _MONEY, other: _MONEY) -> _MONEY:
    """Sum of two costs: exact."""


@ibis.udf.scalar.builtin(name="arrayElement")
def price_at(prices: dt.Array(_UNIT_PRICE), nth: dt.Int64) -> dt.Decimal(38, 12, nullable=False):
    """The nth price of a list, counted from 1."""


@ibis.udf.scalar.builtin(name="arrayElement")
def start_at(starts: dt.Array(dt.UInt64), nth: dt.Int64) -> dt.UInt64(nullable=False):
    """The nth start of a list, counted from 1."""


@ibis.udf.scalar.builtin(name="transform")
def said_of(value: dt.String, known: dt.Array(dt.String), said: dt.Array(dt.String), other: dt.String) -> dt.String(
    nullable=False
):
    """What is said of a known value, and the other of any value that is not: a short CASE."""


@ibis.udf.scalar.builtin(name="toBool")
def truth(condition: dt.Boolean) -> dt.Boolean(nullable=False):
    """A condition as the engine's Bool; its comparisons yield the numbers 0 and 1."""


@ibis.udf.agg.builtin(name="uniqExact")
def count_distinct(value: dt.String) -> dt.UInt64(nullable=False):
    """How many different values: exact. Ibis' nunique() is an estimate on this engine."""


@ibis.udf.agg.builtin(name="sum")
def sum_count(count: dt.UInt64) -> dt.UInt64(nullable=False):
    """Sum of counts."""


def money(value: int = 0) -> ir.DecimalValue:
    """Return a whole amount of money as a literal."""
    return ibis.literal(value).cast(_MONEY)


def or_zero(cost: ir.DecimalValue) -> ir.DecimalValue:
    """Return the cost, or 0 where there is none."""
    return ibis.coalesce(cost, money())


@ibis.udf.scalar.builtin(name="tuple")
def _pair(at: dt.Timestamp("UTC", 0), value: dt.String) -> dt.String:
    """A moment and a value, compared in that order; typed as text because Ibis never looks inside."""


@ibis.udf.agg.builtin(name="argMax")
def _at_largest(value: dt.String, key: dt.String) -> dt.String(nullable=False):
    """The value at the largest key."""


def latest(value: ir.StringValue, at: ir.TimestampValue) -> ir.StringScalar:
    """Return the value of the latest moment; of several the last in order, so that the answer never depends on luck."""
    return _at_largest(value, _pair(at, value))
