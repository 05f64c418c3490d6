"""Events carry the discount of their own moment, and add up to their charges to the last digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jobs.behind import usage_behind
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from queries.costed_events import COSTS
from tests.queries.conftest import utc
from warehouse.histories import record

HOUR = {"start": utc(2026, 1, 5, 3), "end": utc(2026, 1, 5, 4)}
HALF_PAST = utc(2026, 1, 5, 3, 30)
LEAST = Decimal("2e-21")


def taken(store, events) -> None:
    for name, staged in decode_events(events).items():
        assert admit(store, name, staged, history_terms("test")).quarantined == 0
    rate(store)


@pytest.mark.parametrize("block", [10**9, 7])
def test_events_of_a_discounted_hour(store, block: int) -> None:
    record(store, "apps", [{"app_id": "chat", "team_id": "search"}], by="test")
    price = {"tier_starts": [], "tier_unit_prices": [], "pricing_block": block, "list_unit_price": Decimal("0.09")}
    record(store, "prices", [price | {"sku_id": "egress_bytes/eu", "sku_price_id": "p"}], by="test")
    rules = [
        {"rule_id": "less", "kind": "discount", "rate": Decimal("0.6"), "app_id": "chat", "valid_from": HALF_PAST},
        {"rule_id": "more", "kind": "markup", "rate": Decimal("0.1"), "valid_from": HALF_PAST},
    ]
    record(store, "rate_rules", rules, by="test")
    usage = {"type": "usage", "source": "s", "resource_id": "r", "app_id": "chat", "meter": "egress_bytes"}
    events = [
        usage | {"event_id": f"e{n}", "time": f"2026-01-05T03:{n:02d}:00Z", "quantity": 1001 + n, "region": "eu"}
        for n in range(0, 60, 10)
    ]
    taken(store, events)

    rows = usage_behind(store, **HOUR).to_pylist()
    assert len(rows) == len(events)
    for row in rows:
        is_ruled = row["time"] >= HALF_PAST
        assert row["discount_rule_id"].startswith("less@") is row["markup_rule_id"].startswith("more@") is is_ruled
        # A price for seven bytes has no end: what the charge cuts once is dealt out over its events.
        assert abs(row["list_cost"] - row["quantity"] * price["list_unit_price"] / block) < LEAST
        assert abs(row["effective_cost"] - row["list_cost"] * (Decimal("0.4") if is_ruled else 1)) < LEAST
        assert abs(row["billed_cost"] - row["effective_cost"] * (Decimal("1.1") if is_ruled else 1)) < LEAST
    [charged] = store.rows(f"SELECT {', '.join(f'sum({cost}) AS of_{cost}' for cost in COSTS)} FROM charges")
    for cost in COSTS:
        assert sum(row[cost] for row in rows) == rows[0][f"all_{cost}"] == charged[f"of_{cost}"]
    # Of the charge of the first half hour only its own events.
    [half] = store.rows("SELECT * FROM charges WHERE discount_rule_id = ''")
    line = {**half, "line_kind": "usage", "unit": "B", "attribution_rule_is_default": False}
    of_line = usage_behind(store, line=line, **HOUR, limit=1).to_pylist()
    assert (of_line[0]["all_events"], of_line[0]["all_billed_cost"]) == (3, half["billed_cost"])


def test_an_event_goes_by_its_id_alone_or_with_its_source(store) -> None:
    usage = {"type": "usage", "resource_id": "r", "meter": "egress_bytes", "region": "eu", "quantity": 1}
    named = [("a/b", "c/d"), ("x", "c/d"), ("x", "c"), ("a", "b")]
    taken(
        store,
        [
            usage | {"source": source, "event_id": event, "time": f"2026-01-05T03:0{n}:00Z"}
            for n, (source, event) in enumerate(named)
        ],
    )
    for name, found in (("c/d", 2), ("a/b/c/d", 1), ("a/b", 1), ("x/c", 1), ("x/d", 0)):
        assert usage_behind(store, event=name, **HOUR).num_rows == found, name
