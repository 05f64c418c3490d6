from __future__ import annotations

from decimal import Decimal

import pytest

from queries.spend_change import EFFECTS, spend_change
from tests.queries.conftest import charge, utc
from warehouse.tables import table

BEFORE, AFTER = utc(2026, 1, 5, 3), utc(2026, 1, 12, 3)
PERIODS = {
    "start": utc(2026, 1, 8),
    "end": utc(2026, 1, 15),
    "previous_start": utc(2026, 1, 1),
    "previous_end": utc(2026, 1, 8),
}


def use(at, cost: str | None, quantity: int, sku: str = "small") -> dict:
    return charge(at, cost, app_id="app", meter="input_tokens", sku_id=sku, consumed_quantity=Decimal(quantity))


def platform_cost(at, cost: str, kind: str) -> dict:
    values = {"meter": "platform_cost", "sku_id": f"platform_cost/{kind}", "consumed_quantity": Decimal(0)}
    return charge(at, cost, app_id="app", **values)


CASES = {
    "a price cut is price": ([use(BEFORE, "30", 7), use(AFTER, "10", 7)], {"price": -20}),
    "twice the use is volume": ([use(BEFORE, "30", 7), use(AFTER, "60", 14)], {"volume": 30}),
    "both": ([use(BEFORE, "30", 3), use(AFTER, "40", 8)], {"volume": 50, "price": -40}),
    "the same tokens on a dearer model are mix": (
        [use(BEFORE, "10", 10), use(BEFORE, "100", 10, "large"), use(AFTER, "5", 5), use(AFTER, "150", 15, "large")],
        {"mix": 45},
    ),
    "moving to another model altogether is mix": (
        [use(BEFORE, "10", 10), use(AFTER, "100", 10, "large")],
        {"mix": 90},
    ),
    "a new app is new": ([use(AFTER, "3", 1)], {"new": 3}),
    "a gone app is gone": ([use(BEFORE, "3", 1)], {"gone": -3}),
    "a meter begun is volume": (
        [use(BEFORE, "1", 1), use(AFTER, "1", 1), charge(AFTER, "8", app_id="app", meter="requests")],
        {"volume": 8},
    ),
    "a meter given up is volume": (
        [use(BEFORE, "1", 1), use(AFTER, "1", 1), charge(BEFORE, "8", app_id="app", meter="requests")],
        {"volume": -8},
    ),
    "a platform cost that rose is price, another one begun is volume": (
        [platform_cost(BEFORE, "5", "support"), platform_cost(AFTER, "8", "support"), platform_cost(AFTER, "2", "dns")],
        {"price": 3, "volume": 2},
    ),
    "unpriced use has no cost to explain": ([use(BEFORE, "3", 1), use(AFTER, "3", 1), use(AFTER, None, 9)], {}),
    "on the border an event is in one period": (
        [use(utc(2026, 1, 8), "3", 1), use(utc(2026, 1, 15), "5", 1)],
        {"new": 3},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_effects(store, make_charges, case: str) -> None:
    charges, effects = CASES[case]
    make_charges(charges)
    (row,) = store.rows(spend_change(table("charges"), **PERIODS))
    assert {name: row[name] for name in EFFECTS if row[name]} == effects
    assert row["change"] == row["cost"] - row["previous_cost"] == sum(effects.values())


def test_thirds_leave_no_residual(store, make_charges) -> None:
    make_charges(
        [use(BEFORE, "10", 3), use(BEFORE, "1", 8, "large"), use(AFTER, "11", 7), use(AFTER, "1", 11, "large")]
    )
    (row,) = store.rows(spend_change(table("charges"), **PERIODS))
    assert all(row[name] != round(row[name], 6) for name in ("price", "volume", "mix"))
    assert sum(row[name] for name in EFFECTS) == row["change"] == 1


def test_split_by_team_beside_the_sums(platform) -> None:
    rows = platform.rows(spend_change(table("charges"), **PERIODS, by=["team_id"]))
    sums = platform.rows(
        """
        SELECT team_id,
            sumIf(ifNull(effective_cost, 0), charge_date < '2026-01-08') AS previous_cost,
            sumIf(ifNull(effective_cost, 0), charge_date >= '2026-01-08') AS cost
        FROM charges
        WHERE billing_currency = 'USD' AND charge_date >= '2026-01-01' AND charge_date < '2026-01-15'
        GROUP BY team_id ORDER BY team_id
        """
    )
    assert [{name: row[name] for name in sums[0]} for row in rows] == sums
    for row in rows:
        assert sum(row[name] for name in EFFECTS) == row["change"] == row["cost"] - row["previous_cost"]
