"""How was each part of a shared cost on an invoice line found?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import ibis.expr.types as ir

from queries.allocated import allocated


def borne_shares(
    charges: ir.Table,
    lifecycle: ir.Table,
    apps: ir.Table,
    teams: ir.Table,
    allocation_rules: ir.Table,
    *,
    start: datetime,
    end: datetime,
    line: Mapping[str, Any],
    bases: Sequence[str],
) -> ir.Table:
    """Return what a line of kind ``allocated`` sums: the shares of the pools of its cost type that its app bears.

    Grain: one row per pool; ``effective_cost`` sums to the line's exact amount while rules and usage are the same.
    """
    cost_type = line["sku_id"].partition("/")[2]
    shares = allocated(
        charges, lifecycle, apps, teams, allocation_rules, start=start, end=end, cost_types=[cost_type], bases=bases
    )
    own = shares.filter(*(shares[name] == line[name] for name in ("app_id", "team_id", "cost_center")))
    own = own.filter(own.allocated_method_id == line["allocation_rule_id"])
    return own.order_by("charge_period_start", "charge_period_end")
