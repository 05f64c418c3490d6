"""A small platform through the ordinary door: three teams, nine apps, 45 days until now, and one of every trouble.

``python -m tests.sample_platform`` fills the store that FARTHING_STORE names and prints the figures that pages must
show: for tests of the app in a process of its own.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from billing.allocation import sync_allocation
from billing.period import Period, period_of
from jobs.closing import close
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.histories import record
from warehouse.start import open_store

DAYS = 45
TEAMS = {"growth": "Growth", "payments": "Payments", "search": "Search"}
# app: team, input tokens an hour (millions, thousandths), lifecycle
APPS = {
    "checkout-copilot": ("payments", 900, "persistent"),
    "dispute-triage": ("payments", 300, "persistent"),
    "fraud-notes": ("payments", 150, "ephemeral"),
    "landing-writer": ("growth", 700, "persistent"),
    "campaign-ideas": ("growth", 450, "ephemeral"),
    "seo-audit": ("growth", 120, "ephemeral"),
    "query-rewriter": ("search", 1200, "persistent"),
    "ranker-lab": ("search", 260, "ephemeral"),
    "index-summaries": ("search", 610, "persistent"),
}
SPIKING, NEW, NEW_DAYS = "ranker-lab", "campaign-ideas", 5
PRICE = Decimal("2.50")


def build(store: Store, *, until: datetime | None = None) -> datetime:
    """Fill an empty store and rate it; return the hour that the platform ends at."""
    end = (until or datetime.now(UTC)).replace(minute=0, second=0, microsecond=0)
    start = end.replace(hour=0) - timedelta(days=DAYS)
    _register(store)
    for name, staged in decode_events(_events(start, end)).items():
        admit(store, name, staged, history_terms(f"sample/{name}"))
    rate(store)
    return end


def close_until(store: Store, last: Period) -> None:
    """Close every month with charges up to ``last``, whatever the checklist says: months are closed in order."""
    for row in store.rows("SELECT DISTINCT toStartOfMonth(charge_date) AS month FROM charges ORDER BY month"):
        if (month := period_of(row["month"])) <= last:
            close(store, month, by="test", reason="test")


def _register(store: Store) -> None:
    by = "sample"
    record(
        store,
        "teams",
        [{"team_id": key, "team_name": name, "cost_center": f"cc-{key}"} for key, name in TEAMS.items()],
        by=by,
    )
    record(
        store,
        "apps",
        [
            {
                "app_id": app,
                "app_name": app.replace("-", " ").title(),
                "team_id": team,
                "environment": "production",
                "lifecycle": life,
            }
            for app, (team, _, life) in APPS.items()
        ],
        by=by,
    )
    sync_allocation(store)
    price = {"pricing_block": 1_000_000, "pricing_unit": "Tokens", "tier_starts": [], "tier_unit_prices": []}
    record(
        store,
        "prices",
        [
            {"sku_id": "input_tokens/openai/gpt-4o", "sku_price_id": "in", "list_unit_price": PRICE, **price},
            {"sku_id": "output_tokens/openai/gpt-4o", "sku_price_id": "out", "list_unit_price": PRICE * 4, **price},
        ],
        by=by,
    )


def _events(start: datetime, end: datetime) -> list[dict[str, Any]]:
    events = []
    for hours in range(int((end - start).total_seconds()) // 3600):
        at = start + timedelta(hours=hours)
        office = 3 if at.weekday() < 5 and 8 <= at.hour < 18 else 1
        for app, (_, thousands, _) in APPS.items():
            left = (end - at).days
            if app == NEW and left > NEW_DAYS:
                continue
            factor = 6 if app == SPIKING and left < 3 else 1
            tokens = thousands * 1000 * office * factor
            events.append(_call(at, app, "gpt-4o", tokens))
    events += [
        _call(end - timedelta(hours=5), "seo-audit", "gpt-unheard-of", 7000),
        {**_call(end - timedelta(hours=6), "", "gpt-4o", 90_000), "resource_id": "orphan-1"},
        {**_call(end - timedelta(hours=7), "seo-audit", "gpt-4o", 1), "event_id": "bad-1", "meter": "bananas"},
        {**_call(end - timedelta(hours=7), "seo-audit", "gpt-4o", 1), "event_id": "bad-2", "time": "yesterday"},
    ]
    del events[-2]["quantities"]
    events[-2]["quantity"] = 3
    events.append(
        {
            "type": "platform_cost",
            "source": "cloud-bill",
            "event_id": "lb-1",
            "cost_type": "load_balancer",
            "period_start": _text(end - timedelta(days=2)),
            "period_end": _text(end - timedelta(days=1)),
            "amount": "42.50",
            "currency": "USD",
            "service_name": "Load Balancer",
        }
    )
    return events


def _call(at: datetime, app: str, model: str, tokens: int) -> dict[str, Any]:
    return {
        "type": "usage",
        "source": "gateway",
        "event_id": f"{app}/{model}/{at:%Y%m%d%H}",
        "time": _text(at + timedelta(minutes=12)),
        "resource_id": f"endpoint-{app}",
        "app_id": app,
        "provider": "openai",
        "model": model,
        "quantities": {"requests": 40, "input_tokens": tokens, "output_tokens": tokens // 10},
    }


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def figures(store: Store) -> dict[str, str]:
    """Return what pages must show: the month's cost by team, and of all under the empty name; two decimals."""
    rows = store.rows(
        "SELECT team_id, toDecimalString(sum(effective_cost), 2) AS cost FROM charges "
        "WHERE toStartOfMonth(charge_date) = toStartOfMonth(now('UTC')) GROUP BY team_id"
    )
    whole = store.scalar(
        "SELECT toDecimalString(sum(effective_cost), 2) FROM charges "
        "WHERE toStartOfMonth(charge_date) = toStartOfMonth(now('UTC'))"
    )
    return {**{row["team_id"]: row["cost"] for row in rows if row["team_id"]}, "": whole}


if __name__ == "__main__":
    with open_store() as opened:
        build(opened)
        sys.stdout.write(json.dumps(figures(opened)))
