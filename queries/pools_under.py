"""How would these pools be split under another method than their rule's?"""

from __future__ import annotations

from decimal import Decimal

import ibis
import ibis.expr.types as ir

from metrics.methods import Method


def pools_under(ruled: ir.Table, method: Method, number: int) -> ir.Table:
    """Return ``pools`` with ``method`` in the place of their rules, as ``variant`` ``number``.

    A hybrid method leaves a cost type that it does not name to its rule. Grain: as given.
    """
    said = {"method": ruled.method, "basis": ruled.basis, "floor": ruled.floor, "weights": ruled.weights}
    for cost_type, part in (method.parts or {"": method}).items():
        is_meant = ruled.cost_type == cost_type if method.parts else ibis.literal(True)
        new = {"method": part.name, "basis": part.basis, "floor": ibis.literal(part.floor, "decimal(38, 9)")}
        new["weights"] = _weights(part)
        said = {name: ibis.ifelse(is_meant, new[name], value).cast(value.type()) for name, value in said.items()}
    return ruled.mutate(**said, variant=ibis.literal(number, "!int16"))


def _weights(method: Method) -> ir.MapValue:
    # The engine knows no empty map without a type; app '' has no weight anyway.
    weights = dict(method.weights) or {"": Decimal(0)}
    values = [ibis.literal(weight, "decimal(18, 9)") for weight in weights.values()]
    return ibis.map(ibis.array(list(weights)), ibis.array(values))
