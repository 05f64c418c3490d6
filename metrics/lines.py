"""What an invoice line is made of: the columns that tell one line from another, and what is summed into it."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

_TEXT = dt.String(nullable=False)
_MONEY = dt.Decimal(76, 21)

_KEY: dict[str, dt.DataType] = {
    "line_kind": _TEXT,
    "cost_center": _TEXT,
    "team_id": _TEXT,
    "app_id": _TEXT,
    "environment": _TEXT,
    "sku_id": _TEXT,
    "meter": _TEXT,
    "service_name": _TEXT,
    "sku_price_id": _TEXT,
    "list_unit_price": dt.Decimal(38, 12),
    "pricing_block": dt.UInt64(nullable=False),
    "pricing_unit": _TEXT,
    "discount_rule_id": _TEXT,
    "markup_rule_id": _TEXT,
    "attribution_rule_is_default": dt.Boolean(nullable=False),
    "allocation_rule_id": _TEXT,
    "allocation_method": _TEXT,
    "unit": _TEXT,
}
_SUMS: dict[str, dt.DataType] = {
    "quantity": dt.Decimal(38, 9, nullable=False),
    "list_cost": _MONEY,
    "effective_cost": _MONEY,
    "amount": _MONEY,
    "event_count": dt.Int64(nullable=False),
    "event_digest": dt.String(),  # a UInt128 to the engine, see exact.sum_digest
}
# One line a combination of these; the id of a line is a hash of them.
LINE_KEY = tuple(_KEY)
LINE_SUMS = tuple(_SUMS)


@ibis.udf.scalar.builtin(name="toUInt128")
def _digest(number: dt.UInt64) -> dt.String:
    """A digest; typed as text, see ``exact.sum_digest``."""


@ibis.udf.scalar.builtin(name="negate")
def _less_money(cost: _MONEY) -> _MONEY:
    """The amount with the other sign."""


@ibis.udf.scalar.builtin(name="negate")
def _less_quantity(quantity: dt.Decimal(38, 9)) -> dt.Decimal(38, 9, nullable=False):
    """The quantity with the other sign."""


@ibis.udf.scalar.builtin(name="negate")
def _less_count(count: dt.Int64) -> dt.Int64(nullable=False):
    """The count with the other sign."""


@ibis.udf.scalar.builtin(name="negate")
def _less_digest(digest: dt.String) -> dt.String:
    """Minus the digest, as a signed number."""


@ibis.udf.scalar.builtin(name="toUInt128")
def _modulo(digest: dt.String) -> dt.String:
    """The number modulo 2^128, as digests are."""


@ibis.udf.scalar.builtin(name="sipHash128")
def _sip_hash(text: dt.String) -> dt.String:
    """128-bit hash."""


@ibis.udf.scalar.builtin(name="hex")
def _hex(digest: dt.String) -> dt.String(nullable=False):
    """Bytes as text."""


@ibis.udf.agg.builtin(name="sum")
def sum_signed(count: dt.Int64) -> dt.Int64(nullable=False):
    """Sum of counts that may be below 0."""


@ibis.udf.scalar.builtin(name="notEquals")
def _differs(digest: dt.String, other: dt.UInt64) -> dt.Boolean(nullable=False):
    """Whether a digest is another number."""


def hashed(text: ir.StringValue) -> ir.StringValue:
    """Return a 128-bit hash of a text as 32 hexadecimal digits."""
    return _hex(_sip_hash(text))


def is_something(lines: ir.Table) -> ir.BooleanValue:
    """Return whether anything is left of a line: an amount, a quantity, or other events than none."""
    return (lines.amount != 0) | (lines.quantity != 0) | _differs(lines.event_digest, ibis.literal(0).cast("!uint64"))


def negated(lines: ir.Table) -> ir.Table:
    """Return the lines with every sum's sign turned, the digests' too: a line and its negation leave nothing."""
    return lines.select(
        *LINE_KEY,
        quantity=_less_quantity(lines.quantity),
        list_cost=_less_money(lines.list_cost),
        effective_cost=_less_money(lines.effective_cost),
        amount=_less_money(lines.amount),
        event_count=_less_count(lines.event_count),
        event_digest=_modulo(_less_digest(lines.event_digest)),
    )


def as_lines(rows: ir.Table, **columns: ir.Value) -> ir.Table:
    """Return rows as invoice lines: the columns given, nothing in the others."""
    return rows.select(**{name: columns[name] if name in columns else nothing(name) for name in _KEY | _SUMS})


def nothing(name: str) -> ir.Value:
    """Return what a column of a line says where there is nothing to say."""
    kind = (_KEY | _SUMS)[name]
    if name == "event_digest":
        return _digest(ibis.literal(0).cast("!uint64"))
    if name == "list_unit_price":
        return ibis.null(kind)
    if kind.is_string():
        return ibis.literal("", kind)
    return ibis.literal(1 if name == "pricing_block" else 0).cast(kind)


def united(*parts: ir.Table) -> ir.Table:
    """Return the lines of all parts, with equal types. Digests are passed on as they are."""
    types = {name: kind for name, kind in (_KEY | _SUMS).items() if name != "event_digest"}
    alike = [part.select(*LINE_KEY, *LINE_SUMS).cast(types) for part in parts]
    return ibis.union(*alike) if len(alike) > 1 else alike[0]
