"""Every kind of line, of open and closed months, is traced to what it is made of, and every step is equal."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.period_lines import period_lines
from config.settings import Settings
from jobs.rate import rate
from jobs.trace import trace
from tests.billing.months import FEBRUARY, JANUARY, PRICE, TARIFF, closed, cost, register, send, tokens
from warehouse.connect import Store
from warehouse.histories import record, transfer
from warehouse.start import open_store

TENTH = Decimal("0.1")
RULES = [
    {"rule_id": "less", "kind": "discount", "rate": Decimal("0.3"), "app_id": "search"},
    {"rule_id": "more", "kind": "markup", "rate": Decimal("0.07")},
]
TARIFFS = [
    {"tariff_id": "fee", "kind": "fee", "amount": Decimal("5")},
    {"tariff_id": "free", "kind": "allowance", "meter": "input_tokens", "quantity": Decimal(1_000_001)},
    {"tariff_id": "more", "kind": "tier", "meter": "input_tokens", "thresholds": [Decimal(7)], "steps": [TENTH]},
]
INSTANCE = {"meter": "instance_seconds", "instance_type": "p5", "region": "eu", "provider": "", "model": ""}


@pytest.fixture(scope="module")
def story() -> Iterator[Store]:
    """January closed; then an event that is late, an app that moved, a price that changed, a cost reported late."""
    store = open_store(Settings(store=f"{os.environ['FARTHING_STORE']}?database=traced_story"))
    register(store)
    hourly = {"sku_id": "instance_seconds/p5/eu", "sku_price_id": "p5", "list_unit_price": Decimal("98.32")}
    record(store, "prices", [PRICE | hourly | {"pricing_block": 3600, "pricing_unit": "Hours"}], by="test")
    record(store, "rate_rules", RULES, by="test")
    record(store, "tariffs", [TARIFF | tariff for tariff in TARIFFS], by="test")
    for month in (1, 2):
        day = f"2026-{month:02d}"
        calls = [tokens(f"{day}/{n}", f"{day}-{n + 1:02d}T10:00:00Z", "chat", 777_777) for n in range(6)]
        calls += [tokens(f"{day}/s{n}", f"{day}-{n + 1:02d}T11:00:00Z", "search", 1_234_567) for n in range(6)]
        calls += [
            tokens(f"{day}/i{n}", f"{day}-05T11:{n:02d}:00Z", "notes", f"{100 + n}.1", **INSTANCE) for n in range(5)
        ]
        calls.append(cost(f"{day}/lb", f"{day}-03T00:00:00Z", f"{day}-04T00:00:00Z", "10.01"))
        calls.append(cost(f"{day}/own", f"{day}-03T00:00:00Z", f"{day}-04T00:00:00Z", "3.33", app_id="notes"))
        send(store, calls)
    alert = {"type": "alert", "source": "m", "event_id": "a", "name": "Dear", "severity": "page", "app_id": "search"}
    deploy = {"type": "lifecycle", "source": "m", "event_id": "d", "action": "deploy", "app_id": "search"}
    send(store, [alert | {"starts_at": "2026-02-01T23:00:00Z"}, deploy | {"time": "2026-02-02T08:00:00Z"}])
    rate(store)
    closed(store, JANUARY)
    late = tokens("late", "2026-01-02T10:30:00Z", "search", 1_000)
    send(store, [late, cost("lb2", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z", "2")])
    transfer(store, "apps", "chat", datetime(2026, 1, 4, tzinfo=UTC), {"team_id": "blue"}, by="test")
    change = {"list_unit_price": Decimal(3), "sku_price_id": "in-2"}
    since = datetime(2026, 2, 3, 10, 0, 0, 1000, tzinfo=UTC)
    transfer(store, "prices", "input_tokens/openai/gpt-4o", since, change, by="test")
    rate(store)
    yield store
    store.command("DROP DATABASE traced_story SYNC")
    store.close()


def test_every_kind_of_line_is_what_it_is_made_of(story: Store) -> None:
    seen: dict[tuple[str, bool], int] = {}
    for period in (JANUARY, FEBRUARY):
        for line in period_lines(story, period):
            kind = (line["line_kind"], bool(line["corrects_period"]))
            is_endless = line["sku_id"] == "instance_seconds/p5/eu" and period == FEBRUARY
            # A draft is computed anew for each trace: of the open month only what the closed one has not.
            is_new = not seen.get(kind) and (period == JANUARY or kind in (("usage", True), ("allocated", True)))
            if not is_new and not is_endless:
                continue
            seen[kind] = seen.get(kind, 0) + 1
            top, *steps = trace(story, line["line_id"])
            assert top.amount == line["amount"]
            assert not [step for step in steps if step.agrees is False], (kind, steps)
            assert any(step.agrees for step in steps) or kind[1], (kind, steps)
            if line["sku_id"] == "instance_seconds/p5/eu":  # a price per hour has no end, the sum of events has
                assert steps[0].amount == steps[1].amount == sum(row["billed_cost"] for row in steps[1].rows)
    assert {kind for kind, is_correction in seen if not is_correction} == {
        "usage", "direct", "allocated", "fee", "allowance", "tier",
    }  # fmt: skip
    assert {kind for kind, is_correction in seen if is_correction} == {"usage", "allocated"}


def test_what_it_would_have_cost(story: Store) -> None:
    (markers, repriced, under) = trace(story, "search", prices_as_of="2026-01-01", allocation="even")[-3:]
    assert [(row["kind"], row["label"]) for row in markers.rows] == [("alert", "Dear"), ("deploy", "deploy")]
    [row] = [row for row in repriced.rows if row["change"]]
    [now] = story.rows(
        "SELECT sum(billed_cost) AS cost FROM charges WHERE app_id = 'search' AND charge_date >= '2026-02-01'"
    )
    # 4 of the 6 events of February met 3.00 instead of 2.50, less 30 %, and 7 % on top.
    assert row["change"] == -4 * Decimal("1.234567") * Decimal("0.5") * Decimal("0.7") * Decimal("1.07")
    assert (row["price_now"], row["price_then"]) == (3, Decimal("2.5"))
    assert repriced.amount == now["cost"] + row["change"]
    [share] = under.rows  # two apps ran on the day of the pool
    assert share["cost_then"] == under.amount == Decimal("10.01") / 2
    assert share["change"] == share["cost_then"] - share["cost_now"]
    with pytest.raises(ValueError, match="--prices-as-of 'soon' is no day"):
        trace(story, "search", prices_as_of="soon")
    with pytest.raises(ValueError, match="trace an app"):
        trace(story, "endpoint-search", allocation="even")


def test_what_has_no_price_in_a_book_or_other_tiers_is_kept(story: Store) -> None:
    (step,) = [step for step in trace(story, "notes", prices_as_of="1999-01-01") if step.name == "what if"]
    assert {row["kept"] for row in step.rows} == {"no price then", "not by a book"}
    assert not any(row["change"] for row in step.rows)
