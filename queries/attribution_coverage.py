"""By which rule was each cost given to its owner?"""

from __future__ import annotations

from datetime import datetime

import ibis
import ibis.expr.types as ir

from metrics.exact import money, per_cost, sum_money
from queries.chosen import Where
from queries.spend import GRAINS, spend


def attribution_coverage(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    grain: str | None = None,
    where: Where | None = None,
) -> ir.Table:
    """Return cost, events and the share of cost by attribution rule; ``default`` means that no owner was found.

    Grain: one row per attribution_rule, and per time if a grain is given. ``share`` is of the time's cost, truncated
    at the 21st decimal. Effective cost, in the store's currency.
    """
    measures = ("effective_cost", "event_count")
    found = spend(charges, start=start, end=end, measures=measures, by=["attribution_rule"], grain=grain, where=where)
    time = [GRAINS[grain].name] if grain else []
    whole = sum_money(found.effective_cost).over(ibis.window(group_by=time))
    share = per_cost(found.effective_cost, whole.nullif(money()))
    return found.mutate(share=share).order_by(*time, "attribution_rule")
