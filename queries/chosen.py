"""Which charges is a question about? A period, a currency, and a few named values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from config.settings import settings
from metrics.catalog import dimension
from metrics.values import typed

Where = Mapping[str, Sequence[Any]]


def chosen(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    where: Where | None = None,
    by: Sequence[str] = (),
) -> ir.Table:
    """Return the charges that begin in ``[start, end)`` and match ``where``, in one currency.

    This is the one place that keeps currencies apart: unless the question splits by ``billing_currency`` or names one
    in ``where``, only charges in the store's currency are chosen (``foreign_currency_costs`` shows the others).
    ``where`` maps dimensions to the values to keep. Grain: as given.

    Raises:
        KeyError: an unknown dimension.
        ValueError: a time without its zone, no values for a dimension, or several currencies in one sum.

    """
    held = between(charges, start, end)
    named = dict(where or {})
    if "billing_currency" not in by:
        currencies = named.setdefault("billing_currency", [settings().currency])
        if len(currencies) > 1:
            raise ValueError(f"{', '.join(currencies)} are never added: split by billing_currency")
    return matching(held, named)


def matching(charges: ir.Table, where: Where) -> ir.Table:
    """Return the charges that have one of the values of every dimension of ``where``."""
    held = charges
    for name, values in sorted(where.items()):
        if not values:
            raise ValueError(f"where {name}: no values; leave the dimension out to keep all of them")
        column = dimension(name).expr(held)
        held = held.filter(column.isin([typed(name, column, value) for value in values]))
    return held


def between(charges: ir.Table, start: datetime | None, end: datetime | None) -> ir.Table:
    """Return the charges that begin in ``[start, end)``; whole days are found by their date alone."""
    for bound in (start, end):
        if bound is not None and bound.utcoffset() is None:
            raise ValueError(f"{bound.isoformat()} has no zone; times are UTC, such as 2026-01-05T00:00:00Z")
    if start is not None and end is not None and end < start:
        raise ValueError(f"the period ends {end.isoformat()}, before it starts {start.isoformat()}")
    held = charges
    if start is not None:
        held = held.filter(held.charge_date >= ibis.literal(start.date()))
        if not _is_midnight(start):
            held = held.filter(held.charge_period_start >= ibis.literal(start))
    if end is not None:
        last = end.date() if _is_midnight(end) else end.date() + timedelta(days=1)
        held = held.filter(held.charge_date < ibis.literal(last))
        if not _is_midnight(end):
            held = held.filter(held.charge_period_start < ibis.literal(end))
    return held


def _is_midnight(instant: datetime) -> bool:
    return instant.time() == time()
