"""How was each part of a shared cost on an invoice line found?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from metrics.exact import sum_basis, sum_money
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

    Beside each stand the ``pool``, the number of ``bearers`` and their ``whole_quantity`` of the basis: the share is
    found from these. Of a closed month the tables are those it was billed from.
    Grain: one row per pool; ``effective_cost`` sums to the line's exact amount.
    """
    cost_type = line["sku_id"].partition("/")[2]
    shares = allocated(
        charges, lifecycle, apps, teams, allocation_rules, start=start, end=end, cost_types=[cost_type], bases=bases
    )
    of_pool = ibis.window(group_by=["charge_period_start", "charge_period_end", "cost_type"])
    shares = shares.mutate(
        pool=sum_money(shares.effective_cost).over(of_pool),
        bearers=shares.count(where=shares.app_id != "").over(of_pool),
        whole_quantity=sum_basis(shares.allocated_quantity).over(of_pool),
    )
    own = shares.filter(*(shares[name] == line[name] for name in ("app_id", "team_id", "cost_center")))
    own = own.filter(own.allocated_method_id == line["allocation_rule_id"])
    return own.order_by("charge_period_start", "charge_period_end")
