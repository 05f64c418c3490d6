"""Which apps take part in the split of each pool, with which weight by its rule?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from metrics.whole import few_values, refuse_if, weight_units, whole
from queries.pool_periods import PERIOD
from queries.used_in_pools import OWNER

WEIGHT = "!decimal(76, 12)"
SPLITTING = ("even", "proportional", "fixed", "floor_plus_share")
_OF_POOL = ("cost_type", "method", "basis", "footnote", "allocated_method_id")
LABELS = ("variant", *PERIOD, *_OF_POOL, *OWNER, "basis_quantity")


def takers(pools: ir.Table, activity: ir.Table, periods: ir.Table, *, bases: Sequence[str], rest: str) -> ir.Table:
    """Return the active apps of every pool that its method gives a part, and one row of nobody's: app '', weight 0.

    ``pools`` has pool_id, amount, is_credit and floor (in ``money_units``), the period, method, basis and weights.
    Nobody's part is booked on the cost center ``rest``.

    Grain: one row per (pool_id, app_id); ``weighed`` in ``weight_units``, ``labels`` a struct of LABELS, of which
    ``basis_quantity`` is in the basis' unit.
    """
    nobody = periods.select(
        *PERIOD,
        app_id=ibis.literal(""),
        **{name: ibis.literal(rest if name == "cost_center" else "") for name in OWNER},
        **{name: _number(0) for name in bases},
    )
    everyone = activity.union(nobody.cast(activity.schema())).inner_join(pools, PERIOD)
    is_nobody, zero = everyone.app_id == "", whole(0)
    stated = everyone.weights.get(everyone.app_id, ibis.literal(0).cast("!decimal(18, 9)")).cast(WEIGHT)
    weight = ibis.cases(
        (everyone.method == "even", _number(1)), (everyone.method == "fixed", stated), else_=_quantity(everyone, bases)
    )
    quantity = ibis.ifelse(is_nobody, _number(0), weight).cast(WEIGHT)
    # As one value, because no step before the last reads them, and the engine plans every column of every step.
    labels = {name: everyone[name].cast("!timestamp('UTC', 0)") for name in PERIOD}
    labels |= {name: few_values(everyone[name]) for name in (*_OF_POOL, *OWNER)}
    labels |= {"variant": everyone.variant, "basis_quantity": quantity}
    taking = everyone.select(
        "pool_id",
        "app_id",
        "method",
        "amount",
        "is_credit",
        floor=ibis.ifelse(is_nobody, zero, everyone.floor),
        weighed=weight_units(quantity),
        labels=ibis.struct({name: labels[name] for name in LABELS}),
    )
    is_stated = (taking.method != "fixed") | (taking.weighed > zero)
    return taking.filter((taking.app_id == "") | (taking.method.isin(SPLITTING) & is_stated))


def _quantity(everyone: ir.Table, bases: Sequence[str]) -> ir.DecimalValue:
    """What each app has of its pool's basis; stops the query for a basis that was not asked for."""
    known = [(everyone.basis == name, everyone[name]) for name in bases]
    is_needed = everyone.method.isin(["proportional", "floor_plus_share"])
    is_missing = is_needed & ~everyone.basis.isin(list(bases))
    refused = refuse_if(is_missing, "an allocation rule names a basis that was not asked for: add it to bases")
    nothing = refused.cast(WEIGHT)
    return ibis.cases(*known, else_=nothing) if known else nothing


def _number(value: int) -> ir.DecimalValue:
    return ibis.literal(value).cast(WEIGHT)
