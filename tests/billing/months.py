"""A platform of two months in the past, small enough to check by hand: what tests of invoices are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from billing.period import Period, parse_period
from jobs.closing import Closing, close
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.histories import record

JANUARY, FEBRUARY, MARCH = parse_period("2026-01"), parse_period("2026-02"), parse_period("2026-03")
LATER = datetime(2026, 6, 1, tzinfo=UTC)
PRICE = {"pricing_block": 1_000_000, "pricing_unit": "1000000 Tokens", "tier_starts": [], "tier_unit_prices": []}
RULE: dict[str, Any] = {
    "cost_type": "*",
    "rule_id": "by-spend",
    "method": "proportional",
    "basis": "effective_cost",
    "floor": Decimal(0),
    "weights": {},
    "footnote": "Whoever spends more causes more of it.",
    "owner": "platform",
}
TARIFF: dict[str, Any] = {
    "cost_center": "",
    "app_id": "",
    "meter": "",
    "amount": Decimal(0),
    "quantity": Decimal(0),
    "thresholds": [],
    "steps": [],
    "footnote": "",
}


def register(store: Store) -> None:
    """Two teams, three apps, one price."""
    record(store, "teams", [{"team_id": name, "cost_center": f"cc-{name}"} for name in ("red", "blue")], by="test")
    apps = {"chat": "red", "search": "red", "notes": "blue"}
    record(
        store,
        "apps",
        [{"app_id": app, "team_id": team, "environment": "production"} for app, team in apps.items()],
        by="test",
    )
    price = {"sku_id": "input_tokens/openai/gpt-4o", "sku_price_id": "in", "list_unit_price": Decimal("2.50")}
    record(store, "prices", [price | PRICE], by="test")
    record(store, "allocation_rules", [RULE], by="test")


def tokens(event_id: str, time: str, app: str, count: int | str, **more: Any) -> dict[str, Any]:
    return {
        "type": "usage",
        "source": "gateway",
        "event_id": event_id,
        "time": time,
        "resource_id": f"endpoint-{app}",
        "app_id": app,
        "provider": "openai",
        "model": "gpt-4o",
        "meter": "input_tokens",
        "quantity": str(count),
    } | more


def cost(event_id: str, start: str, end: str, amount: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "platform_cost",
        "source": "bill",
        "event_id": event_id,
        "period_start": start,
        "period_end": end,
        "cost_type": "load_balancer",
        "amount": amount,
        "currency": "USD",
        "service_name": "Load Balancer",
    } | more


def send(store: Store, events: Iterable[dict[str, Any]]) -> None:
    for kind, staged in decode_events(events).items():
        receipt = admit(store, kind, staged, history_terms(f"test/{kind}"))
        assert receipt.accepted == receipt.received, receipt.rejected


def closed(store: Store, period: Period, *, now: datetime = LATER) -> Closing:
    return close(store, period, by="test", reason="rehearsal", now=now)
