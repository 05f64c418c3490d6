"""What did each app use in the period of each pool?"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from config.settings import settings
from metrics.catalog import measure
from metrics.exact import count_distinct
from metrics.methods import ACTIVE_HOURS
from queries.pool_hours import pool_hours
from queries.pool_periods import PERIOD

# What measures are made of.
_MEASURED = (
    "meter", "consumed_quantity", "consumed_unit", "list_cost", "effective_cost", "billed_cost", "attribution_rule",
    "pricing_status", "event_count",
)  # fmt: skip
_BETWEEN = "\x1f"  # ASCII's own separator of units; no id has one
OWNER = ("team_id", "cost_center", "environment", "lifecycle")


def used_in_pools(charges: ir.Table, periods: ir.Table, *, bases: Sequence[str]) -> ir.Table:
    """Return for every app with usage in an hour that overlaps a period: the bases, and its owner in the last hour.

    ``periods`` has charge_period_start and charge_period_end. An app that changed hands within its last hour counts
    with one of the owners, always the same. Bases are cut at the 12th decimal; below 0 they count 0.
    Grain: one row per (charge_period_start, charge_period_end, app_id); a column per basis, and the owner.
    """
    used = charges.filter(
        charges.meter != "platform_cost",
        charges.app_id != "",
        charges.billing_currency == settings().currency,
    )
    used = used.select("app_id", *OWNER, *_MEASURED, hour="charge_period_start")
    inside = used.inner_join(pool_hours(periods), "hour")
    # One text for hour and owner: the largest is the last hour's, and of several owners in that hour always the same.
    seen = inside.hour.epoch_seconds().cast("string")
    for name in OWNER:
        seen = seen + _BETWEEN + inside[name]
    found = inside.group_by(*PERIOD, "app_id").agg(**{name: _basis(inside, name) for name in bases}, latest=seen.max())
    parts = found.latest.split(_BETWEEN)
    owner = {f"used_by_{name}": parts[number] for number, name in enumerate(OWNER, 1)}
    return found.select(*PERIOD, "app_id", *bases, **owner)


def _basis(inside: ir.Table, name: str) -> ir.DecimalValue:
    if name == ACTIVE_HOURS:
        value = count_distinct(inside.hour.epoch_seconds().cast("string"))
    else:
        value = measure(name).expr(inside)
    # A cost is empty where nothing was priced.
    zero = ibis.literal(0).cast("!decimal(76, 12)")
    return ibis.greatest(ibis.coalesce(value.cast("decimal(76, 12)"), zero), zero).cast("!decimal(76, 12)")
