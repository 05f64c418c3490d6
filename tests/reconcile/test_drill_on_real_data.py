"""The drill: two rows in a hundred of a real trace arrive without identity. What becomes of them, and of the total?"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jobs.rating import sync_and_rate
from jobs.reconcile import reconcile
from metering.door import admit, history_terms
from metering.recipes.catalog import RECIPES
from metering.reconcile.decisions import words
from queries.pending_usage import pending_usage
from queries.waiting_hours import PENDING, UNRESOLVED
from warehouse.connect import Store
from warehouse.histories import record
from warehouse.tables import table

TRACE = "llm/azure_llm_2023_conv.parquet"
TOTAL = Decimal("96.791325")
PRICES = {"requests": Decimal(0), "input_tokens": Decimal("2.5e-6"), "output_tokens": Decimal("1e-5")}
IN_THE_WINDOW = datetime(2023, 11, 18, tzinfo=UTC)
WINDOW_OVER = IN_THE_WINDOW + timedelta(days=3)
HOURS = 72
NOT_LOST, KEEPS_LEASE, LEASE_IN_REGISTRY, NOTHING_LEFT = range(4)


def fate_of(event_id: str) -> int:
    """Which of the rows are lost the data's own rule says; what of them is left is spread evenly over three fates."""
    number = int(event_id[:8], 16)
    return NOT_LOST if number % 50 else 1 + number // 50 % 3


def lost(event: dict[str, str]) -> dict[str, str]:
    match fate_of(event["event_id"]):
        case 1:  # keeps its lease: by it, it comes back at once
            return event | {"app_id": ""}
        case 2:  # says neither, but its resource was given a lease: it comes back within the window
            return event | {"app_id": "", "lease_id": ""}
        case 3:  # and of a resource that nobody knows
            return event | {"app_id": "", "lease_id": "", "resource_id": f"unknown/{event['app_id']}"}
    return event


@pytest.fixture
def trace(store: Store, data: Path) -> list[dict[str, str]]:
    """Load the trace with its losses, and rate it; return it as it was before them."""
    whole = []
    for batch in RECIPES["azure-llm"].read((data / TRACE,)):
        for name, rows in batch.histories.items():
            record(store, name, rows, by="test")
        events = batch.staged.to_pylist()
        whole += events
        admit(store, "usage", pa.Table.from_pylist([lost(event) for event in events]), history_terms("drill"))
    sync_and_rate(store)
    return whole


def charged(store: Store) -> dict[tuple[str, str], Decimal]:
    """Return the cost by app and rule."""
    rows = store.rows("SELECT app_id, attribution_rule, sum(effective_cost) AS cost FROM charges GROUP BY ALL")
    return {(row["app_id"], row["attribution_rule"]): row["cost"] for row in rows if row["cost"]}


def expected(trace: list[dict[str, str]], *fates: int) -> dict[str, Decimal]:
    costs: dict[str, Decimal] = defaultdict(Decimal)
    for event in trace:
        if fate_of(event["event_id"]) in fates:
            costs[event["app_id"]] += PRICES[event["meter"]] * int(event["quantity"])
    return {app: cost for app, cost in costs.items() if cost}


def of_rule(found: dict[tuple[str, str], Decimal], rule: str) -> dict[str, Decimal]:
    return {app: cost for (app, by), cost in found.items() if by == rule}


def waiting(store: Store, as_of: datetime) -> list[dict[str, Any]]:
    return store.rows(pending_usage(table("charges"), as_of=as_of, hours=HOURS))


def quantities(store: Store, facts: str, quantity: str) -> dict[str, Decimal]:
    rows = store.rows(f"SELECT meter, sum({quantity}) AS used FROM {facts} GROUP BY meter")
    return {row["meter"]: row["used"] for row in rows}


def test_two_in_a_hundred_lose_their_identity(store: Store, trace: list[dict[str, str]]) -> None:
    used = quantities(store, "usage", "quantity")
    assert 300 < len({event["event_id"] for event in trace if fate_of(event["event_id"])}) < 500

    # At once: what carries a lease has its owner; the rest is on the default cost center, with its deadline.
    first = charged(store)
    assert sum(first.values()) == TOTAL
    assert of_rule(first, "app_tag") == expected(trace, NOT_LOST)
    assert of_rule(first, "lease") == expected(trace, KEEPS_LEASE)
    waits = sum(expected(trace, LEASE_IN_REGISTRY, NOTHING_LEFT).values())
    assert of_rule(first, "default") == {"": waits}
    centers = store.rows("SELECT DISTINCT cost_center FROM charges WHERE attribution_rule = 'default'")
    assert centers == [{"cost_center": "cc-unattributed"}]
    pieces = waiting(store, IN_THE_WINDOW)
    assert {piece["state"] for piece in pieces} == {PENDING}
    assert {piece["deadline"] - piece["begins"] for piece in pieces} == {timedelta(hours=HOURS)}

    # Within the window: what the registry knows a lease of comes back, and not a digit moves.
    found = reconcile(store, now=IN_THE_WINDOW)
    assert {finding.rule for finding in found.confirmed} == {"lease"}
    assert found.unresolved == ()
    sync_and_rate(store)
    second = charged(store)
    assert sum(second.values()) == TOTAL
    assert of_rule(second, "app_tag") == expected(trace, NOT_LOST)
    assert of_rule(second, "lease") == expected(trace, KEEPS_LEASE)
    assert of_rule(second, "resource_owner") == expected(trace, LEASE_IN_REGISTRY)
    left = sum(expected(trace, NOTHING_LEFT).values())
    assert of_rule(second, "default") == {"": left}
    reconciled = store.rows("SELECT is_reconciled, sum(effective_cost) AS cost FROM charges GROUP BY 1 ORDER BY 1")
    returned = sum(expected(trace, LEASE_IN_REGISTRY).values())
    assert [row["cost"] for row in reconciled] == [TOTAL - returned, returned]

    # After it: the rest stands where it stood, and is finance's.
    rest = reconcile(store, now=WINDOW_OVER)
    assert rest.confirmed == ()
    assert {piece["state"] for piece in waiting(store, WINDOW_OVER)} == {UNRESOLVED}
    assert {finding.resource_id for finding in rest.unresolved} == {
        f"unknown/{app}" for app in expected(trace, NOTHING_LEFT)
    }
    assert {word["word"] for word in words(store)} == {"confirmed", "unresolved"}
    sync_and_rate(store)
    assert charged(store) == second
    assert quantities(store, "charges", "consumed_quantity") == quantities(store, "usage", "quantity") == used
