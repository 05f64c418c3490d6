"""Hand-made charges in the real store, and SQL snapshots."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

CHARGE: dict[str, Any] = {
    "charge_category": "Usage",
    "charge_class": None,
    "resource_id": "r-1",
    "app_id": "app-1",
    "team_id": "team-1",
    "cost_center": "cc-1",
    "environment": "production",
    "lifecycle": "persistent",
    "attribution_rule": "app_tag",
    "is_reconciled": False,
    "is_estimated": False,
    "meter": "requests",
    "service_name": "Inference",
    "service_category": "AI and Machine Learning",
    "provider": "",
    "model": "",
    "instance_type": "",
    "region": "",
    "pricing_category": "Standard",
    "pricing_status": "priced",
    "sku_price_id": "p-1",
    "discount_rule_id": "",
    "markup_rule_id": "",
    "consumed_quantity": Decimal(1),
    "consumed_unit": "Requests",
    "list_unit_price": Decimal(1),
    "pricing_block": 1,
    "pricing_unit": "Requests",
    "billing_currency": "USD",
    "event_count": 1,
    "event_digest": 1,
}
UNITS = {"requests": "Requests", "platform_cost": "", "egress_bytes": "B", "storage_gb_hours": "GB-Hours"}


def charge(at: datetime, cost: str | None = "1", **values: Any) -> dict[str, Any]:
    """Return a charge of the hour of ``at``; ``cost`` stands for list, effective and billed unless they are given."""
    meter = values.get("meter", CHARGE["meter"])
    unit = "Tokens" if meter.endswith("_tokens") else UNITS.get(meter, "Seconds")
    amount = None if cost is None else Decimal(cost)
    return {
        **CHARGE,
        "charge_date": at.date(),
        "charge_period_start": at,
        "charge_period_end": at + timedelta(hours=1),
        "consumed_unit": unit,
        "sku_id": meter,
        "pricing_status": "unpriced" if cost is None else "priced",
        "list_cost": amount,
        "effective_cost": amount,
        "billed_cost": amount,
        **values,
    }


@pytest.fixture
def make_charges(store) -> Callable[[list[dict[str, Any]]], None]:
    """Return a function that makes its charges the store's charges of their days."""

    def make(charges: list[dict[str, Any]]) -> None:
        generation = time.time_ns() // 1000
        days = sorted({row["charge_date"] for row in charges})
        store.insert_rows("rated_charges", [{**row, "generation": generation} for row in charges])
        store.insert_rows(
            "charge_generations",
            [{"charge_date": day, "generation": generation, "events": 1, "inputs_digest": 0} for day in days],
        )

    return make


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)
