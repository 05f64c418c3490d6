"""Law 11, additivity, and the change that explains itself without a residual: on the real engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Context, Decimal
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Settings
from metrics.catalog import MEASURES
from queries.spend import GRAINS, spend
from queries.spend_change import EFFECTS, spend_change
from tests.queries.conftest import charge, utc, write_charges
from warehouse.connect import Store
from warehouse.start import open_store
from warehouse.tables import table

CHARGES = table("charges")
START = utc(2026, 1, 31)  # a Saturday: a month and a week end within the three days
HOURS = 3 * 24
WIDE = Context(prec=200)  # Python's own 28 digits would round
EXACT = [name for name, measure in MEASURES.items() if measure.additive and not name.endswith("_hours")] + [
    "storage_gb_hours"
]


@pytest.fixture(scope="module")
def charged_store() -> Iterator[Store]:
    options = Settings(store=f"{os.environ['FARTHING_STORE']}?database=additivity")
    with open_store(options) as opened:
        yield opened
        opened.command("DROP DATABASE additivity SYNC")


@st.composite
def drawn_charges(draw: st.DrawFn) -> dict[str, Any]:
    meter = draw(st.sampled_from(["requests", "input_tokens", "egress_bytes", "platform_cost"]))
    # Credits and corrections are negative; quantities go down to the last of their nine decimals.
    cost = draw(st.none() | st.integers(-(10**30), 10**33).map(lambda units: str(Decimal(units).scaleb(-21))))
    quantity = draw(st.integers(-(10**12), 10**20).map(lambda units: Decimal(units).scaleb(-9)))
    return charge(
        START + timedelta(hours=draw(st.integers(0, HOURS - 1))),
        cost if meter != "platform_cost" else cost or "1",
        app_id=draw(st.sampled_from(["", "a", "b", "c"])),
        team_id=draw(st.sampled_from(["t", "u"])),
        meter=meter,
        sku_id=f"{meter}/{draw(st.sampled_from('xyz'))}",
        consumed_quantity=Decimal(0) if meter == "platform_cost" else quantity,
        event_count=draw(st.integers(1, 1000)),
        attribution_rule=draw(st.sampled_from(["app_tag", "default"])),
        lifecycle=draw(st.sampled_from(["ephemeral", "persistent"])),
        billing_currency=draw(st.sampled_from(["USD", "USD", "EUR"])),
    )


def fill(store: Store, charges: list[dict[str, Any]]) -> None:
    store.command("TRUNCATE TABLE rated_charges")
    store.command("TRUNCATE TABLE rated_daily_charges")
    store.command("TRUNCATE TABLE charge_generations")
    write_charges(store, charges)


def total(rows: list[dict[str, Any]], name: str) -> Decimal:
    return reduce(WIDE.add, (Decimal(row[name] or 0) for row in rows), Decimal(0))


@given(
    charges=st.lists(drawn_charges(), min_size=1, max_size=30),
    by=st.lists(
        st.sampled_from(["app_id", "team_id", "meter", "sku_id", "attribution_rule", "lifecycle"]), unique=True
    ),
    grain=st.none() | st.sampled_from(sorted(GRAINS)),
    cut=st.integers(0, HOURS),
)
def test_the_parts_add_up_to_the_whole(charged_store: Store, charges, by, grain, cut) -> None:
    """Any split by dimensions, by time, and of the period in two."""
    fill(charged_store, charges)
    end, middle = START + timedelta(hours=HOURS), START + timedelta(hours=cut)
    (whole,) = charged_store.rows(spend(CHARGES, start=START, end=end, measures=EXACT))
    split = charged_store.rows(spend(CHARGES, start=START, end=end, measures=EXACT, by=by, grain=grain))
    halves = [
        row
        for first, last in ((START, middle), (middle, end))
        for row in charged_store.rows(spend(CHARGES, start=first, end=last, measures=EXACT))
    ]
    for name in EXACT:
        assert total(split, name) == total(halves, name) == (whole[name] or 0), name
    dollars = [row for row in charges if row["billing_currency"] == "USD"]
    assert (whole["effective_cost"] or 0) == total(dollars, "effective_cost")
    assert whole["event_count"] == total(dollars, "event_count")


@given(
    charges=st.lists(drawn_charges(), min_size=1, max_size=30),
    by=st.sampled_from([[], ["app_id"], ["team_id"], ["sku_id"], ["team_id", "meter"]]),
    cut=st.integers(1, HOURS - 1),
    gap=st.integers(-HOURS, HOURS),
)
def test_effects_add_up_to_the_change(charged_store: Store, charges, by, cut, gap) -> None:
    """Whatever the periods, neighbors, apart or overlapping; whatever the quantities, zero and negative ones."""
    fill(charged_store, charges)
    middle = START + timedelta(hours=cut)
    current = (middle, START + timedelta(hours=HOURS))
    previous = (START, middle + timedelta(hours=max(gap, 1 - cut)))
    rows = charged_store.rows(
        spend_change(
            CHARGES,
            start=current[0],
            end=current[1],
            previous_start=previous[0],
            previous_end=previous[1],
            by=by,
        )
    )
    for row in rows:
        assert total([{"effect": row[name]} for name in EFFECTS], "effect") == row["change"]
        assert WIDE.subtract(row["cost"], row["previous_cost"]) == row["change"]
    for name, (first, last) in (("cost", current), ("previous_cost", previous)):
        assert total(rows, name) == spent(charges, first, last)


def spent(charges: list[dict[str, Any]], first: datetime, last: datetime) -> Decimal:
    inside = [row for row in charges if first <= row["charge_period_start"] < last]
    return total([row for row in inside if row["billing_currency"] == "USD"], "effective_cost")
