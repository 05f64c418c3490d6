"""The two nouns and the one verb of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number about a set of charges. ``additive``: the measure of the parts sums to the measure of the whole.

    ``unit`` may say ``{currency}``: the store's own, see ``unit_in``.
    """

    name: str
    label: str
    unit: str
    description: str
    expr: Callable[[ir.Table], ir.Scalar]
    additive: bool

    def unit_in(self, currency: str) -> str:
        """Return the unit with the currency filled in."""
        return self.unit.format(currency=currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """What charges can be split by."""

    name: str
    label: str
    description: str
    expr: Callable[[ir.Table], ir.Column]


def aggregate(charges: ir.Table, measures: Sequence[Measure], *, by: Sequence[Dimension] = ()) -> ir.Table:
    """Return the measures of every group. Grain: one row per combination of ``by``; one row in all without it."""
    # Columns are first given the dimensions' names, so that an alias never shadows the column it is made of.
    keys = {dimension.name: dimension.expr(charges) for dimension in by}
    values = {measure.name: measure.expr(charges) for measure in measures}
    return charges.group_by(**keys).agg(**values) if keys else charges.agg(**values)
