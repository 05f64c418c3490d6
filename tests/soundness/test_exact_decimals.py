"""Money and quantities stay exact: what the engine or Ibis would quietly round, wrap or turn into a float."""

from __future__ import annotations

from decimal import Decimal, localcontext

import ibis
import pytest

from metrics.exact import per_block, sum_money, sum_quantity, times_rate, times_unit_price
from tests.properties.oracle import EXACT
from warehouse.connect import Store

QUANTITY = Decimal("999999999999999999.999999999")
PRICE = Decimal("12345678.901234567891")


@pytest.fixture
def numbers(store: Store) -> ibis.Table:
    store.command(
        "CREATE TABLE numbers (quantity Decimal(38, 9), unit_price Decimal(38, 12), rate Decimal(18, 9)) "
        "ENGINE = MergeTree ORDER BY tuple()"
    )
    store.insert_rows("numbers", [{"quantity": QUANTITY, "unit_price": PRICE, "rate": Decimal("0.333333333")}] * 3)
    return ibis.table(
        {"quantity": "!decimal(38, 9)", "unit_price": "!decimal(38, 12)", "rate": "!decimal(18, 9)"}, name="numbers"
    )


def exactly(expression: str) -> Decimal:
    with localcontext(EXACT):
        return {
            "cost": QUANTITY * PRICE,
            "block": (QUANTITY * PRICE / 3600).quantize(Decimal("1e-21"), rounding="ROUND_DOWN"),
            "rate": QUANTITY * PRICE * Decimal("0.333333333"),
            "sum": QUANTITY * PRICE * 3,
        }[expression]


def test_quantity_times_price_keeps_every_digit(store: Store, numbers: ibis.Table) -> None:
    cost = times_unit_price(numbers.quantity.cast("decimal(76, 9)"), numbers.unit_price)
    row = store.rows(
        numbers.agg(
            cost=cost.max(),
            block=per_block(cost, ibis.literal(3600).cast("!uint64")).max(),
            rate=times_rate(cost, numbers.rate).max(),
            sum=sum_money(cost),
            quantity=sum_quantity(numbers.quantity),
        )
    )[0]
    assert {name: row[name] for name in ("cost", "block", "rate", "sum")} == {
        name: exactly(name) for name in ("cost", "block", "rate", "sum")
    }
    assert row["quantity"] == QUANTITY * 3


def test_why_ibis_may_not_multiply_money(store: Store, numbers: ibis.Table) -> None:
    """The trap itself: its product has another type than the engine's, and wraps. Should it ever pass, use it."""
    declared = (numbers.quantity * numbers.unit_price).type()
    assert declared != ibis.dtype("decimal(76, 21)")
    got = store.rows(numbers.agg(cost=(numbers.quantity * numbers.unit_price).max()))[0]["cost"]
    assert got != exactly("cost")


def test_a_sum_of_tenths_is_no_float(store: Store) -> None:
    store.command("CREATE TABLE tenths (quantity Decimal(38, 9)) ENGINE = MergeTree ORDER BY tuple()")
    store.command("INSERT INTO tenths SELECT toDecimal128('0.1', 9) FROM numbers(1000000)")
    tenths = ibis.table({"quantity": "!decimal(38, 9)"}, name="tenths")
    assert store.rows(tenths.agg(total=sum_quantity(tenths.quantity)))[0]["total"] == Decimal(100_000)
