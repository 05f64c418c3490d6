"""The engine's exact decimal operators, which Ibis would type wrongly.

ClickHouse multiplies Decimal(76, a) by Decimal(38, b) into Decimal(76, a + b) without loss; Ibis declares another scale
and would silently round. Every money expression goes through these. Source: the engine's decimal reference, and
tests/soundness/test_exact_decimals.py.
"""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt

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
def sum_digest(digest: dt.String) -> dt.String:
    """Sum of UInt128 digests modulo 2^128: independent of order. Typed as text: Ibis has no such integer."""
