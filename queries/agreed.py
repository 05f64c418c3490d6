"""Which tariff holds where?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

SCOPE = ("cost_center", "app_id", "meter")


def agreed(lines: ir.Table, tariffs: ir.Table) -> ir.Table:
    """Return the tariff that holds for every cost center, app and meter that ``lines`` name and a tariff holds for.

    A tariff holds where every scope it names equals the line's; of several the first by tariff_id stands.
    Grain: one row per (cost_center, app_id, meter); the tariff's columns begin with ``tariff_``.
    """
    names = ("tariff_id", *SCOPE, "amount", "quantity", "thresholds", "steps")
    terms = tariffs.select(**{f"tariff_{name.removeprefix('tariff_')}": tariffs[name] for name in names})
    joined = lines.select(*SCOPE).distinct().cross_join(terms)
    for scope in SCOPE:
        term = joined[f"tariff_{scope}"]
        joined = joined.filter((term == "") | (term == joined[scope]))
    first = ibis.row_number().over(group_by=SCOPE, order_by="tariff_id")
    return joined.mutate(nth=first).filter(lambda row: row.nth == 0).drop("nth", *(f"tariff_{s}" for s in SCOPE))
