"""Which usage without an owner did nobody leave where it is?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from queries.as_of import as_of
from queries.claims import DEFAULT

_HOUR = ("resource_id", "charge_period_start", "attribution_rule")


def still_waiting(charges: ir.Table, reconciliation_words: ir.Table) -> ir.Table:
    """Return charges without those on the default cost center of which the last word is that they stay: ``accepted``.

    What comes later of the same resource was not spoken of, and waits. Grain: one row per charge.
    """
    said = reconciliation_words
    newest = ibis.window(group_by=["resource_id", "starts_at"], order_by=said.said_at.desc())
    ranked = said.mutate(nth=ibis.row_number().over(newest))
    left = ranked.filter((ranked.nth == 0) & (ranked.word == "accepted"))
    left = left.rename(valid_from="starts_at", valid_to="ends_at")
    hours = charges.filter(charges.attribution_rule == DEFAULT).select(*_HOUR).distinct()
    hours = hours.mutate(time=hours.charge_period_start.cast("!timestamp('UTC', 3)"))
    told = as_of(hours, left, "left", on={"resource_id": "resource_id"}, says=("word",))
    return charges.anti_join(told.filter(told.left_found).select(*_HOUR), _HOUR)
