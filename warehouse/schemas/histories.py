"""Dated histories: half-open rows, of which the one recorded last stands."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, QUANTITY, TEXT, VALID

HISTORIES: dict[str, dict[str, dt.DataType]] = {
    "ownerships": {
        "resource_id": TEXT,
        "app_id": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
    }
    | VALID,
    "apps": {
        "app_id": TEXT,
        "app_name": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
        "created_by": TEXT,
    }
    | VALID,
    "teams": {"team_id": TEXT, "team_name": TEXT, "cost_center": TEXT} | VALID,
    "cost_centers": {"cost_center": TEXT, "cost_center_name": TEXT, "mode": TEXT} | VALID,
    "leases": {"lease_id": TEXT, "resource_id": TEXT, "app_id": TEXT} | VALID,
    "environments": {"environment": TEXT, "cost_center": TEXT} | VALID,
    "prices": {
        "sku_id": TEXT,
        "sku_price_id": TEXT,
        "list_unit_price": dt.Decimal(38, 12, nullable=False),
        "tier_starts": dt.Array(COUNT, nullable=False),
        "tier_unit_prices": dt.Array(dt.Decimal(38, 12, nullable=False), nullable=False),
        "pricing_block": COUNT,
        "pricing_unit": TEXT,
    }
    | VALID,
    "rate_rules": {
        "rule_id": TEXT,
        "kind": TEXT,
        "rate": dt.Decimal(18, 9, nullable=False),
        "lifecycle": TEXT,
        "pricing_category": TEXT,
        "meter": TEXT,
        "cost_center": TEXT,
        "app_id": TEXT,
    }
    | VALID,
    "allocation_rules": {
        "cost_type": TEXT,
        "rule_id": TEXT,
        "method": TEXT,
        "basis": TEXT,
        "floor": QUANTITY,
        "weights": dt.Map(TEXT, dt.Decimal(18, 9, nullable=False), nullable=False),
        "footnote": TEXT,
        "owner": TEXT,
    }
    | VALID,
    "tariffs": {
        "tariff_id": TEXT,
        "kind": TEXT,
        "cost_center": TEXT,
        "app_id": TEXT,
        "meter": TEXT,
        "amount": dt.Decimal(38, 12, nullable=False),
        "quantity": QUANTITY,
        "thresholds": dt.Array(QUANTITY, nullable=False),
        "steps": dt.Array(dt.Decimal(18, 9, nullable=False), nullable=False),
        "footnote": TEXT,
    }
    | VALID,
    "commitments": {
        "commitment_id": TEXT,
        "sku_id": TEXT,
        "units_per_hour": QUANTITY,
        "cost_per_hour": dt.Decimal(38, 12, nullable=False),
        "shares": dt.Map(TEXT, dt.Decimal(18, 9, nullable=False), nullable=False),
        "cost_center": TEXT,
        "footnote": TEXT,
    }
    | VALID,
}
