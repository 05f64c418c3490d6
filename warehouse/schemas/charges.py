"""What usage and platform costs come to, and which generation of each day is read."""

from __future__ import annotations

import ibis.expr.datatypes as dt

from warehouse.schemas.types import COUNT, DAY, DIGEST, FLAG, INSTANT, MONEY, QUANTITY, SECOND, TEXT, UNIT_PRICE

CHARGES: dict[str, dict[str, dt.DataType]] = {
    "charges": {
        "charge_date": DAY,
        "generation": COUNT,
        "charge_period_start": SECOND,
        "charge_period_end": SECOND,
        "charge_category": TEXT,
        "charge_class": dt.String(nullable=True),
        "resource_id": TEXT,
        "app_id": TEXT,
        "team_id": TEXT,
        "cost_center": TEXT,
        "environment": TEXT,
        "lifecycle": TEXT,
        "attribution_rule": TEXT,
        "is_reconciled": FLAG,
        "is_estimated": FLAG,
        "meter": TEXT,
        "service_name": TEXT,
        "service_category": TEXT,
        "provider": TEXT,
        "model": TEXT,
        "instance_type": TEXT,
        "region": TEXT,
        "pricing_category": TEXT,
        "pricing_status": TEXT,
        "sku_id": TEXT,
        "sku_price_id": TEXT,
        "discount_rule_id": TEXT,
        "markup_rule_id": TEXT,
        "consumed_quantity": QUANTITY,
        "consumed_unit": TEXT,
        "list_unit_price": UNIT_PRICE,
        "pricing_block": COUNT,
        "pricing_unit": TEXT,
        "list_cost": MONEY,
        "effective_cost": MONEY,
        "billed_cost": MONEY,
        "billing_currency": TEXT,
        "event_count": COUNT,
        "event_digest": DIGEST,
    },
    "charge_generations": {
        "charge_date": DAY,
        "generation": COUNT,
        "events": COUNT,
        "inputs_digest": DIGEST,
        "rated_at": INSTANT,
    },
}
