"""Over which periods are there pools?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import ibis.expr.types as ir

from queries.chosen import chosen

PERIOD = ("charge_period_start", "charge_period_end")
_PREFIX = "platform_cost/"


def pool_periods(
    charges: ir.Table,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    cost_types: Sequence[str] | None = None,
) -> ir.Table:
    """Return the distinct periods of the pools that begin in ``[start, end)``.

    Grain: one row per (charge_period_start, charge_period_end).
    """
    return pool_costs(charges, start=start, end=end, cost_types=cost_types).select(*PERIOD).distinct()


def pool_costs(
    charges: ir.Table, *, start: datetime | None, end: datetime | None, cost_types: Sequence[str] | None
) -> ir.Table:
    """Return the platform costs that name no app, with their cost_type, in the store's currency.

    A purchase that costs nothing by itself is no pool: what is spread over its term is.
    """
    held = chosen(charges, start=start, end=end)
    held = held.filter(held.meter == "platform_cost", held.app_id == "")
    held = held.filter((held.charge_category != "Purchase") | (held.effective_cost != 0))
    cost_type = held.sku_id.substr(len(_PREFIX))
    costs = held.select(*PERIOD, "effective_cost", "event_count", "event_digest", cost_type=cost_type)
    return costs if cost_types is None else costs.filter(costs.cost_type.isin(list(cost_types)))
