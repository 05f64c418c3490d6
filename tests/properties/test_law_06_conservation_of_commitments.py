"""Law 6: of every hour of reserved capacity, what usage takes and what nobody uses sum to it, in units and in money."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.commitments import borne_commitments
from tests.properties.engine import emptied
from warehouse.connect import Store
from warehouse.histories import record

SKUS = 10  # each a story of its own, all of them asked at once
HOURS = 4
START = datetime(2026, 1, 31, 21, tzinfo=UTC)  # the last hour is the next month's
HOUR = timedelta(hours=1)
APPS = ("a", 'o\'brien "x"', "über-東京")
CENTERS = ("cc-1", "cc-2")
SHARES: tuple[dict[str, str], ...] = (
    {},
    {},
    {"app/a": "1"},
    {"app/a": "0.333333333", "cost_center/cc-1": "0.666666667"},
    {"cost_center/cc-2": "0.5", "cost_center/gone": "0.499999999", 'app/o\'brien "x"': "0.000000001"},
)
Units = dict[tuple[str, int], int]  # of 1e-9, by commitment and hour


@dataclass(frozen=True)
class Use:
    hour: int
    app: str
    center: str
    quantity: Decimal
    cost: Decimal
    is_spot: bool


@dataclass(frozen=True)
class Commitment:
    name: str
    units: Decimal
    cost: Decimal
    shares: dict[str, str]
    first: int
    last: int


Story = tuple[list[Use], list[Commitment]]


@st.composite
def story(draw: st.DrawFn, number: int) -> Story:
    quantity = st.sampled_from([Decimal(t) for t in ("3600", "0.000000001", "7", "1200.333333333", "999999999999")])
    cost = st.sampled_from([Decimal(t) for t in ("98.32", "0", "0.000000000000000000001", "3.333333333333333333333")])
    uses = draw(
        st.lists(
            st.builds(
                Use, st.integers(-1, HOURS), st.sampled_from(APPS), st.sampled_from(CENTERS), quantity, cost,
                st.sampled_from((False, False, False, True)),
            ),
            max_size=7,
        )
    )  # fmt: skip
    commitments = []
    for name in draw(st.sets(st.sampled_from(("c1", "c2", "10")), max_size=3)):
        units = draw(st.sampled_from([Decimal(t) for t in ("3600", "7200", "0.000000007", "1e14", "0.1")]))
        paid = draw(st.sampled_from([Decimal(t) for t in ("100", "0", "0.000000000001", "7", "99999999999.999")]))
        first = draw(st.integers(0, HOURS - 1))
        last = draw(st.integers(first + 1, HOURS))
        commitments.append(Commitment(f"{number}-{name}", units, paid, draw(st.sampled_from(SHARES)), first, last))
    return uses, commitments


def stories() -> st.SearchStrategy[tuple[Story, ...]]:
    return st.tuples(*(story(number) for number in range(SKUS)))


@given(told=stories(), seed=st.integers(0, 1000))
@settings(max_examples=3)
def test_what_is_taken_and_what_is_left_is_what_was_reserved(
    reused_store: Store, told: tuple[Story, ...], seed: int
) -> None:
    got = borne(reused_store, told)
    assert borne(reused_store, told, seed=seed) == got, "order changes nothing"
    for number, (uses, commitments) in enumerate(told):
        rows = got[f"cpu_core_seconds/{number}"]
        _check_sums(rows, commitments)
        _check_rows(rows, uses, commitments)


def _check_sums(rows: list[dict[str, Any]], commitments: list[Commitment]) -> None:
    """To the last digit: cost_per_hour and units_per_hour."""
    units: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    paid: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for row in rows:
        units[row["commitment_id"], row["hour"]] += row["quantity"]
        paid[row["commitment_id"], row["hour"]] += row["cost"]
    hours = {(one.name, hour): one for one in commitments for hour in range(one.first, one.last)}
    assert {key: one.units for key, one in hours.items()} == units
    assert {key: one.cost for key, one in hours.items()} == paid


def _check_rows(rows: list[dict[str, Any]], uses: list[Use], commitments: list[Commitment]) -> None:
    """What is covered is what the rules say by hand, and everybody's part is in proportion to the usage."""
    covered: dict[tuple[str, int], dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for row in rows:
        if not row["is_unused"]:
            covered[row["commitment_id"], row["hour"]][row["app_id"], row["cost_center"]] = row["quantity"]
        else:
            assert (row["app_id"], row["cost_center"], row["effective_off"]) == ("", "cc-platform", 0)
    by_hand = _by_hand(uses, commitments)
    assert {key: sum(parts.values()) for key, parts in covered.items()} == {
        key: Decimal(units) / 10**9 for key, units in by_hand.items() if units
    }
    used: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    cost: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    for use in uses:
        if not use.is_spot:
            used[use.hour, use.app, use.center] += use.quantity
            cost[use.hour, use.app, use.center] += use.cost
    taken: dict[tuple[int, str, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        if row["is_unused"]:
            continue
        key = (row["hour"], row["app_id"], row["cost_center"])
        taken[key] += row["quantity"]
        part = Fraction(row["quantity"]) / Fraction(used[key])
        off = abs(Fraction(row["effective_off"]) + Fraction(cost[key]) * part)
        assert off <= Fraction(cost[key]) / Fraction(used[key]) / 10**8 + Fraction(1, 10**20)
    for key, units in taken.items():
        assert units <= used[key] + Decimal("3e-9"), "no more than was used, but for the last digit of each"


def _by_hand(uses: list[Use], commitments: list[Commitment]) -> Units:
    """Reserved shares first, then whoever has usage left; of several commitments the first by name."""
    found: Units = {}
    for hour in range(HOURS):
        held = sorted((one for one in commitments if one.first <= hour < one.last), key=lambda one: one.name)
        holders = {holder for one in held for holder in one.shares}
        left: dict[str, int] = defaultdict(int)
        for use in uses:
            if use.hour == hour and not use.is_spot:
                names = [name for name in (f"app/{use.app}", f"cost_center/{use.center}") if name in holders]
                left[(names or [""])[0]] += int(use.quantity * 10**9)
        for one in (*(one for one in held if one.shares), *(one for one in held if not one.shares)):
            if one.shares:
                takes = {holder: min(left[holder], units) for holder, units in _reserved(one).items()}
                for holder, units in takes.items():
                    left[holder] -= units
                found[one.name, hour] = sum(takes.values())
            else:
                found[one.name, hour] = min(sum(left.values()), int(one.units * 10**9))
                rest = sum(left.values()) - found[one.name, hour]
                left = defaultdict(int, {"": rest})  # who takes it is a matter of proportion
    return found


def _reserved(one: Commitment) -> dict[str, int]:
    units = int(one.units * 10**9)
    exact = {holder: units * int(Decimal(share) * 10**9) for holder, share in one.shares.items()}
    parts = {holder: product // 10**9 for holder, product in exact.items()}
    ranked = sorted(exact, key=lambda holder: (-(exact[holder] % 10**9), holder))
    for holder in ranked[: units - sum(parts.values())]:
        parts[holder] += 1
    return parts


def borne(store: Store, told: tuple[Story, ...], *, seed: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """What the engine says, by SKU; ``seed`` shuffles charges and commitments."""
    emptied(store)
    charges = [_charge(number, use) for number, (uses, _) in enumerate(told) for use in uses]
    committed = [_committed(number, one) for number, (_, some) in enumerate(told) for one in some]
    if seed is not None:
        random.Random(seed).shuffle(charges)
        random.Random(seed).shuffle(committed)
    generation = time.time_ns() // 1000
    store.insert_rows("rated_charges", [{**row, "generation": generation} for row in charges])
    days = sorted({row["charge_date"] for row in charges})
    store.insert_rows(
        "charge_generations",
        [{"charge_date": day, "generation": generation, "events": 1, "inputs_digest": 0} for day in days],
    )
    record(store, "commitments", committed, by="law")
    with borne_commitments(store, "staged_law", start=START, end=START + HOURS * HOUR) as defined:
        rows = store.rows(
            f"WITH {defined} SELECT toInt64(hour - toDateTime('{START:%Y-%m-%d %H:%M:%S}', 'UTC')) / 3600 AS hour, "
            "commitment_id, sku_id, is_unused, app_id, cost_center, quantity, cost, effective_off FROM borne "
            "ORDER BY sku_id, commitment_id, hour, is_unused, app_id, cost_center"
        )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["sku_id"]].append({**row, "hour": int(row["hour"])})
    return found


def _charge(number: int, use: Use) -> dict[str, Any]:
    start = START + use.hour * HOUR
    return {
        "charge_date": start.date(), "charge_period_start": start, "charge_period_end": start + HOUR,
        "app_id": use.app, "cost_center": use.center, "meter": "cpu_core_seconds", "billing_currency": "USD",
        "sku_id": f"cpu_core_seconds/{number}", "pricing_status": "priced", "consumed_quantity": use.quantity,
        "pricing_category": "Dynamic" if use.is_spot else "Standard", "consumed_unit": "Core-Seconds",
        "list_cost": use.cost, "effective_cost": use.cost, "billed_cost": use.cost, "event_count": 1, "event_digest": 1,
    }  # fmt: skip


def _committed(number: int, one: Commitment) -> dict[str, Any]:
    return {
        "commitment_id": one.name, "sku_id": f"cpu_core_seconds/{number}", "units_per_hour": one.units,
        "cost_per_hour": one.cost, "shares": {holder: Decimal(share) for holder, share in one.shares.items()},
        "cost_center": "", "footnote": "", "valid_from": START + one.first * HOUR, "valid_to": START + one.last * HOUR,
    }  # fmt: skip
