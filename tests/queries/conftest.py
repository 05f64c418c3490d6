"""Hand-made charges in the real store."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from config.settings import Settings
from jobs.rate import _roll_up
from warehouse.connect import Store
from warehouse.start import open_store
from warehouse.tables import to_sql

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


@pytest.fixture(scope="session")
def gateway() -> Iterator[dict[str, Any]]:
    """One server for the gateways of all stores of these tests, whichever is current."""
    from tests.gateway.serving import serving

    current: dict[str, Any] = {"gateway": None}
    with serving(lambda: current["gateway"]) as current["port"]:
        yield current


@pytest.fixture(autouse=True)
def _over_http(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With ``--over-http`` every question is asked as a notebook would; what SQL the test itself writes is not."""
    if not request.config.getoption("--over-http"):
        yield
        return
    from tests.gateway.serving import client
    from ui.readers import reader
    from ui.viewer import demo_viewer
    from warehouse.gateway import Gateway

    current, embedded = request.getfixturevalue("gateway"), Store.arrow

    def arrow(self: Store, question: Any, parameters: Any = None) -> pa.Table:
        if isinstance(question, str):
            return embedded(self, question, parameters)
        sql, everything = to_sql(question), reader(demo_viewer("analyst"))
        # Views take a moment to make: those that the question names are enough.
        needed = {name: view for name, view in everything.views.items() if f'"{name}"' in sql}
        current["gateway"] = Gateway(self, lambda _token: replace(everything, views=needed))
        return client(current["port"], "any").query_arrow(sql, use_strings=True)

    monkeypatch.setattr(Store, "arrow", arrow)
    yield


@pytest.fixture
def make_charges(store) -> Callable[[list[dict[str, Any]]], None]:
    """Return a function that makes its charges the store's charges of their days."""

    return partial(write_charges, store)


def write_charges(store: Store, charges: list[dict[str, Any]]) -> None:
    """Make charges the store's charges of their days."""
    generation = time.time_ns() // 1000
    days = sorted({row["charge_date"] for row in charges})
    store.insert_rows("rated_charges", [{**row, "generation": generation} for row in charges])
    _roll_up(store, generation)
    store.insert_rows(
        "charge_generations",
        [{"charge_date": day, "generation": generation, "events": 1, "inputs_digest": 0} for day in days],
    )


@pytest.fixture(scope="session")
def platform() -> Iterator[Store]:
    """A store with a month of a few hundred charges of every kind. Read it, do not write to it."""
    options = Settings(store=f"{os.environ['FARTHING_STORE']}?database=queries_platform")
    with open_store(options) as opened:
        write_charges(opened, platform_charges())
        yield opened
        opened.command("DROP DATABASE queries_platform SYNC")


def platform_charges() -> list[dict[str, Any]]:
    """Return charges of five weeks: apps of teams and of nobody, spot, unpriced, estimated, in two currencies."""
    chance = random.Random(7)
    charges = []
    for _ in range(600):
        app = chance.choice(["chat", "search", "batch", "lab", ""])
        meter = chance.choice(["requests", "input_tokens", "output_tokens", "cpu_core_seconds", "egress_bytes"])
        is_spot = meter == "cpu_core_seconds" and chance.random() < 0.5
        currency = "EUR" if chance.random() < 0.1 else "USD"
        cost = Decimal(chance.randrange(10**12)).scaleb(-9)
        values = {
            "app_id": app,
            "team_id": {"chat": "assist", "search": "assist", "batch": "data", "lab": "data"}.get(app, ""),
            "lifecycle": "ephemeral" if app == "lab" else "persistent",
            "attribution_rule": "app_tag" if app else "default",
            "meter": meter,
            "sku_id": f"{meter}/{chance.choice(['a', 'b'])}",
            "consumed_quantity": Decimal(chance.randrange(1, 10**9)).scaleb(-3),
            "pricing_category": "Dynamic" if is_spot else "Standard",
            "is_estimated": chance.random() < 0.2,
            "event_count": chance.randrange(1, 50),
            "billing_currency": currency,
            "effective_cost": cost * Decimal("0.9") if is_spot else cost,
        }
        at = utc(2026, 1, 5) + timedelta(hours=chance.randrange(24 * 35))
        if chance.random() < 0.1:
            charges.append(charge(at, None, **values | {"effective_cost": None}))
        else:
            charges.append(charge(at, str(cost), **values))
    costs = {"meter": "platform_cost", "consumed_quantity": Decimal(0), "service_name": "Support"}
    charges += [charge(utc(2026, month, 15), "1234.56", sku_id="platform_cost/support", **costs) for month in (1, 2)]
    return charges


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)
