"""Law 6: every allocation conserves its pool, to the last decimal, whatever the method and the platform."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.sharing import shares_of
from metering.decode import decode_events
from metering.door import admit, history_terms
from queries.allocated import allocated
from tests.properties.allocation_oracle import HOUR, Pool, Turn, Use, allocate
from tests.properties.engine import emptied
from warehouse.connect import Store
from warehouse.histories import record
from warehouse.tables import table, to_sql

PLATFORMS = 8  # each in a week of its own, all of them allocated by one query
BASES = ("requests", "effective_cost", "event_count", "active_hours")
BASE = datetime(2026, 1, 5, tzinfo=UTC)
APPS = ("a", "b", 'o\'brien "x"', "über-東京")
TEAMS = ("growth", "search")
QUESTION = to_sql(
    allocated(*map(table, ("charges", "lifecycle", "apps", "teams", "allocation_rules")), bases=list(BASES))
)
AMOUNTS = [Decimal(t) for t in ("100", "0", "-42.42", "0.000000000000000000001", "-0.000000000000000000007",
                                "3.333333333333333333333", "999999999999.999999999999999999999", "1")]  # fmt: skip
LENGTHS = [timedelta(hours=1), timedelta(minutes=90), timedelta(days=1), timedelta(days=2), timedelta(seconds=1)]
COSTS = [None, *(Decimal(t) for t in ("0", "1", "-2", "0.000000000001", "1e-15", "12345.678"))]
Platform = tuple[list[Use], list[Turn], list[Pool]]


@st.composite
def platform(draw: st.DrawFn, number: int) -> Platform:
    week = BASE + timedelta(days=7 * number)
    apps = draw(st.lists(st.sampled_from(APPS), max_size=4, unique=True))
    hours = st.integers(0, 71).map(lambda hour: week + hour * HOUR)
    uses = [
        Use(
            draw(hours), draw(st.sampled_from((*apps, ""))), draw(st.sampled_from(TEAMS)),
            draw(st.sampled_from([Decimal(t) for t in ("0", "1", "0.000000001", "7", "123456789012")])),
            draw(st.sampled_from(COSTS)),
            draw(st.sampled_from(("USD", "USD", "USD", "EUR"))),
        )
        for _ in range(draw(st.integers(0, 8)))
    ]  # fmt: skip
    instants = st.integers(0, 72 * 3600).map(lambda second: week + timedelta(seconds=second, milliseconds=second % 3))
    turns = [
        Turn(draw(instants), app, draw(st.sampled_from(("r1", "r2"))) + app, draw(st.sampled_from(("start", "stop"))))
        for app in apps
        for _ in range(draw(st.integers(0, 3)))
    ]
    # Who still runs is stopped at the week's end, so that weeks stay apart.
    turns += [Turn(week + timedelta(days=6), turn.app, turn.resource, "stop") for turn in turns]
    pools = []
    for kind in range(draw(st.integers(1, 3))):
        start = draw(st.sampled_from((week, week + 7 * HOUR, week + timedelta(hours=30, minutes=30))))
        length, amount = draw(st.sampled_from(LENGTHS)), draw(st.sampled_from(AMOUNTS))
        method = draw(st.sampled_from(("even", "proportional", "fixed", "floor_plus_share", "direct", "")))
        halves = draw(st.sampled_from(((1, 0), ("0.5", "0.5"), ("0.333333333", "0.666666667"))))
        pools.append(
            Pool(
                f"w{number}-{kind}", start, start + length, amount, method,
                draw(st.sampled_from(BASES)) if method in ("proportional", "floor_plus_share") else "",
                draw(st.sampled_from([Decimal(t) for t in ("0", "0.25", "33.333333333", "60")]))
                if method == "floor_plus_share" else Decimal(0),
                {"a": Decimal(halves[0]), "gone": Decimal(halves[1])} if method == "fixed" else {},
                draw(st.sampled_from(("", "", "", "", "a"))), draw(st.sampled_from(("USD", "USD", "USD", "EUR"))),
            )
        )  # fmt: skip
    return uses, turns, pools


def platforms() -> st.SearchStrategy[tuple[Platform, ...]]:
    return st.tuples(*(platform(number) for number in range(PLATFORMS)))


def load(store: Store, sent: tuple[Platform, ...], *, seed: int | None = None) -> None:
    """Write charges, rules, registry and lifecycle; ``seed`` shuffles them and cuts them into several inserts."""
    emptied(store)
    store.command("TRUNCATE TABLE allocation_rule_records")
    rows = [row for uses, _, pools in sent for row in (*map(_usage, uses), *map(_cost, pools))]
    turns = [turn for _, turns, _ in sent for turn in turns]
    if seed is not None:
        random.Random(seed).shuffle(rows)
        random.Random(seed).shuffle(turns)
    generation = time.time_ns() // 1000
    for some in (rows,) if seed is None else (rows[::2], rows[1::2]):
        store.insert_rows("rated_charges", [{**row, "generation": generation} for row in some])
    store.insert_rows(
        "charge_generations",
        [{"charge_date": day, "generation": generation, "events": 1, "inputs_digest": 0}
         for day in sorted({row["charge_date"] for row in rows})],
    )  # fmt: skip
    record(store, "teams", [{"team_id": team, "cost_center": f"cc-{team}"} for team in TEAMS], by="test")
    record(store, "apps", [{"app_id": app, "team_id": TEAMS[0]} for app in APPS], by="test")
    rules = [pool for _, _, pools in sent for pool in pools if pool.method]
    record(
        store,
        "allocation_rules",
        [{"cost_type": pool.cost_type, "rule_id": pool.cost_type, "method": pool.method, "basis": pool.basis,
          "floor": pool.floor, "weights": pool.weights, "footnote": "", "owner": "", "valid_from": pool.start,
          "valid_to": pool.start + timedelta(milliseconds=1)} for pool in rules],
        by="test",
    )  # fmt: skip
    events = [
        {"type": "lifecycle", "source": "s", "event_id": f"e{number}", "time": turn.at.isoformat(), "app_id": turn.app,
         "resource_id": turn.resource, "action": turn.action}
        for number, turn in enumerate(turns)
    ]  # fmt: skip
    for name, staged in decode_events(events).items():
        receipt = admit(store, name, staged, history_terms("test"))
        assert receipt.accepted == len(events)


def _usage(use: Use) -> dict[str, Any]:
    return _charge(use.hour, use.hour + HOUR, use.app, use.currency) | {
        "team_id": use.team, "cost_center": f"cc-{use.team}", "meter": "requests", "sku_id": "requests",
        "consumed_quantity": use.requests, "effective_cost": use.cost,
    }  # fmt: skip


def _cost(pool: Pool) -> dict[str, Any]:
    return _charge(pool.start, pool.end, pool.app, pool.currency) | {
        "team_id": "", "cost_center": "", "meter": "platform_cost", "sku_id": f"platform_cost/{pool.cost_type}",
        "consumed_quantity": Decimal(0), "effective_cost": pool.amount,
    }  # fmt: skip


def _charge(start: datetime, end: datetime, app: str, currency: str) -> dict[str, Any]:
    return {"charge_date": start.date(), "charge_period_start": start, "charge_period_end": end, "app_id": app,
            "billing_currency": currency, "event_count": 1, "event_digest": 1, "pricing_status": "priced"}  # fmt: skip


@given(sent=platforms())
@settings(max_examples=26)
def test_every_pool_is_conserved_and_split_as_by_hand(reused_store: Store, sent: tuple[Platform, ...]) -> None:
    load(reused_store, sent)
    got: dict[str, list[dict[str, Any]]] = defaultdict(list)
    weeks = {"first": BASE.date(), "last": BASE.date() + timedelta(days=7 * PLATFORMS)}
    for row in shares_of(reused_store, "law", **weeks, bases=list(BASES)).to_pylist():  # as bills are made
        got[row["cost_type"]].append(row)
    uses = [use for some, _, _ in sent for use in some]
    turns = [turn for _, some, _ in sent for turn in some]
    pooled = [pool for _, _, pools in sent for pool in pools if not pool.app and pool.currency == "USD"]
    assert set(got) == {pool.cost_type for pool in pooled}
    for pool in pooled:
        rows = got[pool.cost_type]
        with localcontext(prec=100):
            assert sum(row["effective_cost"] for row in rows) == pool.amount
            assert sum(row["allocated_ratio"] for row in rows) == 1
        by_hand = allocate(pool, uses, turns)
        assert {row["app_id"]: (row["effective_cost"], row["allocated_ratio"]) for row in rows} == by_hand
        for row in rows:
            _check_owner(pool, row, uses)


def _check_owner(pool: Pool, row: dict[str, Any], uses: list[Use]) -> None:
    if not row["app_id"]:
        assert (row["team_id"], row["cost_center"], row["allocated_resource_id"]) == ("", "cc-platform", None)
        return
    first, last = pool.start.replace(minute=0), pool.end
    own = [use for use in uses if use.app == row["app_id"] and first <= use.hour < last and use.currency == "USD"]
    latest = {use.team for use in own if use.hour == max(use.hour for use in own)} or {TEAMS[0]}
    assert row["team_id"] in latest
    assert row["cost_center"] == f"cc-{row['team_id']}"


@given(sent=platforms(), seed=st.integers(0, 1000))
@settings(max_examples=4)
def test_order_and_strangers_change_nothing(reused_store: Store, sent: tuple[Platform, ...], seed: int) -> None:
    load(reused_store, sent)
    before = reused_store.rows(QUESTION)
    assert reused_store.rows(QUESTION) == before
    load(reused_store, sent, seed=seed)
    assert reused_store.rows(QUESTION) == before
    # A registered app that does nothing, one that bears a cost of its own, and one active in another year.
    record(reused_store, "apps", [{"app_id": "idle", "team_id": "growth"}], by="test")
    own = Pool("own", BASE, BASE + HOUR, Decimal(5), "", app="idle")
    late = Use(BASE + timedelta(days=700), "late", "growth", Decimal(9), Decimal(9))
    generation = reused_store.scalar("SELECT max(generation) FROM charge_generations")
    reused_store.insert_rows("rated_charges", [{**_cost(own), "generation": generation}])
    reused_store.insert_rows("rated_charges", [{**_usage(late), "generation": generation}])
    days = [{"charge_date": day, "generation": generation, "events": 1, "inputs_digest": 0}
            for day in (BASE.date(), late.hour.date())]  # fmt: skip
    reused_store.insert_rows("charge_generations", days)
    assert reused_store.rows(QUESTION) == before
