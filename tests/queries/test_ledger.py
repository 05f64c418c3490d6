"""What came in, what became of it, and whether it adds up: through the door, on the real engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from queries.conservation import conservation
from queries.data_quality import data_quality
from queries.freshness import freshness
from queries.quarantine_reasons import quarantine_reasons
from queries.rating_lag import rating_lag
from queries.refusal_reasons import refusal_reasons
from queries.store_size import parts, store_size
from warehouse.histories import record
from warehouse.tables import table

COSTS = ("list_cost", "effective_cost", "billed_cost")
LEDGER = ("batches", "usage", "lifecycle", "request_traces", "alerts", "platform_costs", "charges", "daily_charges")


def send(store, events: list[dict], origin: str = "test") -> None:
    for event_type, staged in decode_events(events).items():
        admit(store, event_type, staged, history_terms(origin))


def usage(number: int, day: int, **values) -> dict:
    return {
        "type": "usage",
        "source": "gateway",
        "event_id": f"e{number}",
        "time": f"2026-01-{day:02d}T03:00:00.123Z",
        "resource_id": "r",
        "app_id": "chat",
        "meter": "egress_bytes",
        "region": "eu",
        "quantity": 10**9 + number,
    } | values


@pytest.fixture
def received(store):
    """Two origins; of nine usage rows five are accepted, one is a duplicate, three are quarantined."""
    price = {"sku_price_id": "p", "list_unit_price": Decimal("0.09"), "pricing_block": 10**9, "pricing_unit": "GB"}
    record(
        store, "prices", [{"sku_id": "egress_bytes/eu", "tier_starts": [], "tier_unit_prices": [], **price}], by="test"
    )
    good = [usage(number, day) for number, day in enumerate((5, 5, 6, 7))]
    send(store, [*good, good[0], usage(5, 5, meter="bogus"), usage(6, 5, quantity=-1)], origin="first")
    send(store, [usage(7, 6), usage(0, 5, quantity=1)], origin="second")
    period = {"period_start": "2026-01-05T00:00:00Z", "period_end": "2026-01-06T00:00:00Z"}
    cost = {"type": "platform_cost", "source": "bill", "cost_type": "support", "amount": "3.10", **period}
    send(store, [cost | {"event_id": "c1", "currency": "USD"}, cost | {"event_id": "c2", "currency": "EUR"}])
    return store


def test_data_quality_loses_nothing(received) -> None:
    rows = received.rows(data_quality(table("batches"), table("refusals")))
    assert rows == received.rows(
        "SELECT event_type, sum(b.received) AS received, sum(b.accepted) AS accepted, sum(b.duplicates) AS duplicates, "
        "sum(b.quarantined) AS quarantined, toInt64(0) AS rejected, toInt64(0) AS difference "
        "FROM batches AS b WHERE state = 'stored' "
        "GROUP BY event_type ORDER BY event_type"
    )
    counts = ("received", "accepted", "duplicates", "quarantined")
    assert [tuple(row[name] for name in counts) for row in rows] == [(2, 2, 0, 0), (9, 5, 1, 3)]


def test_data_quality_by_day_received(received) -> None:
    today = datetime.now(UTC)
    period = {"start": today - timedelta(days=1), "end": today + timedelta(days=1)}
    rows = received.rows(data_quality(table("batches"), table("refusals"), **period, grain="day"))
    assert sum(row["received"] for row in rows) == 11
    assert all(period["start"].date() <= row["received_date"] <= period["end"].date() for row in rows)
    assert received.rows(data_quality(table("batches"), table("refusals"), end=period["start"])) == []


def refuse(store, *rows: tuple[str, str, int, int]) -> None:
    now = datetime.now(UTC)
    store.insert_rows(
        "refusal_records",
        [
            {"at": now + timedelta(seconds=number), "source": source, "reason": reason, "requests": requests,
             "events": events, "example": f"{reason} {number}"}
            for number, (source, reason, requests, events) in enumerate(rows)
        ],
    )  # fmt: skip


def test_what_was_refused_was_received_too(received) -> None:
    refuse(received, ("a", "foreign_app", 1, 3), ("", "no_credential", 4, 0), ("b", "foreign_app", 0, 2))
    rows = received.rows(data_quality(table("batches"), table("refusals")))
    assert [(row["event_type"], row["received"], row["rejected"], row["difference"]) for row in rows] == [
        ("platform_cost", 2, 0, 0),
        ("refused", 5, 5, 0),
        ("usage", 9, 0, 0),
    ]


def test_refusals_by_reason_and_source(received) -> None:
    refuse(received, ("a", "foreign_app", 1, 3), ("", "no_credential", 4, 0), ("a", "foreign_app", 0, 2))
    rows = received.rows(refusal_reasons(table("refusals")))
    assert [(row["reason"], row["source"], row["requests"], row["events"], row["example"]) for row in rows] == [
        ("foreign_app", "a", 1, 5, "foreign_app 2"),
        ("no_credential", "", 4, 0, "no_credential 1"),
    ]


def test_quarantine_reasons(received) -> None:
    received.command(
        "INSERT INTO quarantine_decisions (quarantine_id, decision, detail, decided_by) "
        "SELECT quarantine_id, 'dismissed', '', 'test' FROM quarantine WHERE reason = 'bad_quantity'"
    )
    rows = received.rows(quarantine_reasons(table("quarantine")))
    assert [(row["event_type"], row["reason"], row["events"], row["open_events"], row["sources"]) for row in rows] == [
        ("usage", "conflict", 1, 1, 1),
        ("usage", "unknown_meter", 1, 1, 1),
        ("usage", "bad_quantity", 1, 0, 1),
    ]
    assert rows[1]["example"] == "meter bogus is not in the catalog (config/meters.yml)"


def test_freshness_is_of_accepted_events_by_origin(received) -> None:
    now = datetime.now(UTC)
    rows = {(row["event_type"], row["origin"]): row for row in received.rows(freshness(table("batches"), as_of=now))}
    assert set(rows) == {("usage", "first"), ("usage", "second"), ("platform_cost", "test")}
    first = rows["usage", "first"]
    assert first["last_event_time"] == datetime(2026, 1, 7, 3, 0, 0, 123000, UTC)
    assert (first["batches"], first["accepted"]) == (1, 4)
    assert 0 <= first["received_lag_seconds"] < 60
    assert abs(first["event_lag_seconds"] - (now - first["last_event_time"]).total_seconds()) <= 1


def test_freshness_takes_the_files_of_a_recipe_as_one_origin(store) -> None:
    for batch, name in enumerate(("a" * 64, "b" * 64)):
        send(store, [usage(batch, 5)], origin=f"load:focus:{name}:{batch}")
    (row,) = store.rows(freshness(table("batches"), as_of=datetime.now(UTC)))
    assert (row["origin"], row["batches"]) == ("load:focus", 2)


def test_freshness_takes_the_batches_of_the_demonstration_as_one_origin(store) -> None:
    for batch in range(2):
        send(store, [usage(batch, 5)], origin=f"demo/apps=3/days=60/usage-{batch:04d}")
    send(store, [usage(3, 5)], origin="gateway-0001")
    rows = store.rows(freshness(table("batches"), as_of=datetime.now(UTC)))
    assert [(row["origin"], row["batches"]) for row in rows] == [("demo/apps=3/days=60/usage", 2), ("gateway-0001", 1)]


def test_rating_lag_before_and_after_rating(received) -> None:
    question = rating_lag(table("batches"), table("charge_generations"))
    before = received.rows(question)
    assert [(row["charge_date"].day, row["accepted"], row["rated"]) for row in before] == [
        (7, 1, 0),
        (6, 2, 0),
        (5, 4, 0),
    ]
    assert {(row["is_behind"], row["rated_at"], row["lag_seconds"]) for row in before} == {(True, None, None)}
    rate(received)
    after = received.rows(question)
    assert {row["is_behind"] for row in after} == {False}
    assert all(0 <= row["lag_seconds"] < 60 for row in after)
    send(received, [usage(9, 6)])
    assert [row["charge_date"].day for row in received.rows(question) if row["is_behind"]] == [6]


def test_conservation_holds_after_rating_and_names_what_waits_before(received) -> None:
    question = conservation(*map(table, LEDGER))
    waiting = {row["scope"]: row["difference"] for row in received.rows(question) if row["difference"]}
    assert waiting == {
        "egress_bytes events": -5,
        "egress_bytes quantity": -5 * 10**9 - (0 + 1 + 2 + 3 + 7),
        **{f"platform {currency} {cost}": Decimal("-3.1") for currency in ("EUR", "USD") for cost in COSTS},
    }
    rate(received)
    rows = received.rows(question)
    assert {row["law"] for row in rows} == {"5 usage", "6 money", "15 silence"}
    assert {row["difference"] for row in rows} == {0}
    assert all(row["expected"] or row["scope"] == "by day platform_cost quantity" for row in rows)
    assert {row["scope"] for row in rows if row["scope"].startswith("by day ")} == {
        *(f"by day {currency} {what}" for currency in ("EUR", "USD") for what in ("events", *COSTS)),
        *(f"by day {meter} quantity" for meter in ("egress_bytes", "platform_cost")),
    }


def test_conservation_sees_a_lost_charge_and_a_lost_event(received) -> None:
    rate(received)
    received.command("DELETE FROM rated_charges WHERE billing_currency = 'EUR'")
    received.command("DELETE FROM usage_events WHERE event_id = 'e7'")
    rows = {row["scope"]: row["difference"] for row in received.rows(conservation(*map(table, LEDGER)))}
    assert {scope for scope, difference in rows.items() if difference} == {
        "platform EUR list_cost",
        "platform EUR effective_cost",
        "platform EUR billed_cost",
        "usage stored",
        "egress_bytes events",
        "egress_bytes quantity",
        *(f"by day EUR {what}" for what in ("events", *COSTS)),
    }


def test_conservation_sees_a_day_that_is_not_the_sum_of_its_hours(received) -> None:
    rate(received)
    received.command("DELETE FROM rated_daily_charges WHERE meter = 'egress_bytes' AND charge_date = '2026-01-05'")
    rows = {row["scope"]: row["difference"] for row in received.rows(conservation(*map(table, LEDGER)))}
    assert {scope for scope, difference in rows.items() if difference} == {
        *(f"by day USD {what}" for what in ("events", *COSTS)),
        "by day egress_bytes quantity",
    }


def test_store_size_is_of_this_store(received, request) -> None:
    if request.config.getoption("--over-http"):
        pytest.skip("the engine's own parts are nothing that readers see")
    rows = {row["table"]: row for row in received.rows(store_size(parts()))}
    assert rows["usage_events"]["rows"] == 5
    assert rows["usage_events"]["bytes_on_disk"] > 0
    assert {"batch_states", "quarantined_events", "event_identities"} <= set(rows)
