"""A quiet platform with one app that goes wild: hourly usage of a few apps, priced, through the ordinary door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store
from warehouse.histories import record

HOUR = timedelta(hours=1)
END = datetime(2026, 5, 20, 17, tzinfo=UTC)
START = END - timedelta(days=16)
APPS = {"chat": "search", "rank": "search", "mail": "growth", "tags": "growth", "sums": "growth", "wild": "payments"}
WILD = "wild"
SPIKE = END - timedelta(hours=13)  # where it begins
SPIKE_HOURS = 5
TIMES = 12
AFTER_LATENESS = timedelta(minutes=90)


def build(store: Store, *, until: datetime = END) -> None:
    """Fill an empty store up to a moment and rate it."""
    teams = [{"team_id": team, "team_name": team, "cost_center": f"cc-{team}"} for team in set(APPS.values())]
    record(store, "teams", sorted(teams, key=lambda team: team["team_id"]), by="test")
    apps = [
        {"app_id": app, "team_id": team, "environment": "production", "lifecycle": "persistent"}
        for app, team in APPS.items()
    ]
    record(store, "apps", apps, by="test")
    price = {"pricing_block": 1_000_000, "pricing_unit": "Tokens", "tier_starts": [], "tier_unit_prices": []}
    skus = {"input_tokens": "2.5", "output_tokens": "10"}
    record(
        store,
        "prices",
        [
            {"sku_id": f"{meter}/openai/gpt-4o", "sku_price_id": meter, "list_unit_price": Decimal(usd), **price}
            for meter, usd in skus.items()
        ],
        by="test",
    )
    send(store, (event for event in usage() if datetime.fromisoformat(event["time"]) < until))


def send(store: Store, events: Iterable[dict[str, Any]]) -> None:
    """Take events and rate what they make dirty."""
    for name, staged in decode_events(list(events)).items():
        admit(store, name, staged, history_terms("test"))
    rate(store)


def usage() -> Iterable[dict[str, Any]]:
    """Yield an event an hour and app: office hours, a little noise, and the spike."""
    chance = np.random.default_rng(5)
    for number in range(int((END - START) / HOUR)):
        at = START + number * HOUR
        office = 3.0 if at.weekday() < 5 and 8 <= at.hour < 18 else 1.0
        for place, app in enumerate(APPS):
            tokens = 1_000_000 * (place + 1) * office * float(chance.normal(1.0, 0.05))
            if app == WILD and SPIKE <= at < SPIKE + SPIKE_HOURS * HOUR:
                tokens *= TIMES
            yield call(app, at, round(tokens))


def call(app: str, at: datetime, tokens: int) -> dict[str, Any]:
    """Return a call of an app in the hour of ``at``."""
    return {
        "type": "usage",
        "source": "gateway",
        "event_id": f"{app}/{at:%Y%m%d%H}",
        "time": (at + timedelta(minutes=7)).isoformat(),
        "resource_id": f"endpoint-{app}",
        "app_id": app,
        "provider": "openai",
        "model": "gpt-4o",
        "quantities": {"requests": 10, "input_tokens": tokens, "output_tokens": tokens // 10},
    }


def deploy(app: str, at: datetime) -> dict[str, Any]:
    """Return a deploy of an app."""
    return {
        "type": "lifecycle",
        "source": "pipeline",
        "event_id": f"deploy/{app}/{at:%Y%m%d%H%M}",
        "time": at.isoformat(),
        "resource_id": f"endpoint-{app}",
        "app_id": app,
        "action": "deploy",
    }
