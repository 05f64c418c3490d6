"""Which reported platform costs belong to these charges?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from config.settings import settings
from queries.attributed import attributed
from queries.costed_events import COSTS

OF_COST = ("charge_period_end", "service_name", "region", "billing_currency")
_OWNER = ("resource_id", "app_id", "team_id", "cost_center", "environment", "lifecycle", "attribution_rule")
_KEYS = ("charge_period_start", *OF_COST, *_OWNER, "sku_id")
_SECOND = "!timestamp('UTC', 0)"


def platform_events(
    platform_costs: ir.Table,
    held: ir.Table,
    leases: ir.Table | None,
    ownerships: ir.Table | None,
    owners: ir.Table | None,
    environments: ir.Table | None,
) -> ir.Table:
    """Return the platform costs of the charges ``held``, attributed as rating does; ``owners`` is ``app_owners``.

    ``held`` has what tells one charge from another: a cost that names an app is told from a shared one of its period.
    Grain: one row per event, as reported.
    """
    events = platform_costs.mutate(
        charge_period_start=platform_costs.time.truncate("s").cast(_SECOND),
        charge_period_end=platform_costs.charge_period_end.truncate("s").cast(_SECOND),
        sku_id=(ibis.literal("platform_cost/") + platform_costs.cost_type).cast("!string"),
    )
    owned = attributed(
        events, leases, ownerships, owners, environments, default_cost_center=settings().default_cost_center
    )
    found = owned.semi_join(held, _KEYS)
    told = ("time", "charge_period_end", "source", "event_id", "resource_id", "app_id", "sku_id", "service_name")
    return found.select(*told, *COSTS, "billing_currency", "received_at")
