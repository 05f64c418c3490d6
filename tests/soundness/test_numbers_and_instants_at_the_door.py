"""What the engine's parsers would quietly read as another number or instant is quarantined at the door."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store

_SOUND = {
    "source": "s",
    "event_id": "e",
    "time": "2026-01-05T12:00:00Z",
    "resource_id": "r",
    "meter": "egress_bytes",
    "quantity": "1",
    "unit": "GiB",
}


def taken(store: Store, *changes: dict[str, str]) -> list[dict]:
    events = [_SOUND | {"event_id": f"e{number:03}"} | change for number, change in enumerate(changes)]
    for kind, staged in decode_events(events).items():
        receipt = admit(store, kind, staged, history_terms("test"))
        assert receipt.accepted + receipt.duplicates + receipt.quarantined == receipt.received == len(events)
    return store.rows("SELECT event_id, time, quantity FROM usage ORDER BY event_id")


def test_numbers_that_do_not_fit_are_refused_and_never_cut_or_wrapped(store: Store) -> None:
    refused = (
        "1e57", "1e47", "9e57", "1e20", "123456789012345678901", "1.000000000000000001e-5", "1e-19", "1e-99", "1e99",
        "0.0000000000000000001", "NaN", "Infinity", "-inf", "0x10", "1_000", "1,5", "", " 1", "1 ", "١", "--1", "1e",
        "1e1000", ".", "1.", ".5",
    )  # fmt: skip
    assert taken(store, *({"quantity": text} for text in refused)) == []
    reasons = store.rows("SELECT DISTINCT reason FROM quarantine")
    assert reasons == [{"reason": "bad_quantity"}]


def test_more_than_nine_decimals_in_the_canonical_unit_are_refused(store: Store) -> None:
    changes = [{"unit": "", "quantity": text} for text in ("0.1234567891", "1.5e-10", "2.5e-9", "3e-9", "0.100000000")]
    assert [row["quantity"] for row in taken(store, *changes)] == [Decimal("3e-9"), Decimal("0.1")]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("1e2", "100"), ("1E+2", "100"), ("+5", "5"), ("007", "7"), ("1.50", "1.5"), ("0.1", "0.1"),
        ("123456.789e3", "123456789"), ("1.5e-3", "0.0015"), ("0.000000001", "0.000000001"),
        ("999999999999999999.999999999", "999999999999999999.999999999"),
    ],
)  # fmt: skip
def test_numbers_that_fit_are_taken_as_written(store: Store, text: str, exact: str) -> None:
    assert [row["quantity"] for row in taken(store, {"unit": "", "quantity": text})] == [Decimal(exact)]


def test_instants_that_are_none_are_refused(store: Store) -> None:
    refused = (
        "0000-00-00T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z", "2026-02-30T00:00:00Z",
        "2025-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-05T24:00:00Z", "2026-01-05T12:61:00Z",
        "2026-01-05T12:00:60Z", "2026-01-05T12:00:00+99:99", "2026-01-05T12:00:00", "2026-01-05", "1767614400",
        "2026-01-05T12:00:00 Z", "05/01/2026 12:00:00Z", "",
    )  # fmt: skip
    assert taken(store, *({"time": text} for text in refused)) == []
    assert store.rows("SELECT DISTINCT reason FROM quarantine") == [{"reason": "bad_time"}]


def test_an_instant_keeps_its_zone_and_is_cut_to_its_millisecond(store: Store) -> None:
    written = (
        "2026-01-05T12:00:00.9999999Z", "2026-01-05T12:00:00-05:30", "2026-01-05 12:00:00.5+0100", "2026-01-05T12:00Z",
        "2024-02-29T23:59:59.999Z",
    )  # fmt: skip
    expected = (
        "2026-01-05T12:00:00.999Z", "2026-01-05T17:30:00Z", "2026-01-05T11:00:00.500Z", "2026-01-05T12:00:00Z",
        "2024-02-29T23:59:59.999Z",
    )  # fmt: skip
    rows = taken(store, *({"time": text} for text in written))
    assert [row["time"] for row in rows] == [datetime.fromisoformat(text) for text in expected]


def test_a_wrong_amount_of_a_platform_cost_is_refused(store: Store) -> None:
    cost = {
        "type": "platform_cost",
        "source": "bill",
        "period_start": "2026-01-05T00:00:00Z",
        "period_end": "2026-01-06T00:00:00Z",
        "cost_type": "lb",
        "currency": "USD",
    }
    amounts = ("1.123456789012345678e-5", "1e30", "one", "1e-22", "-0.000000000000000000001", "99999999999999999999.9")
    events = [cost | {"event_id": f"c{number}", "amount": text} for number, text in enumerate(amounts)]
    receipt = admit(store, "platform_cost", decode_events(events)["platform_cost"], history_terms("test"))
    assert (receipt.accepted, receipt.quarantined) == (2, 4)
    costs = [row["list_cost"] for row in store.rows("SELECT list_cost FROM platform_costs ORDER BY event_id")]
    assert costs == [Decimal("-1e-21"), Decimal("99999999999999999999.9")]


def test_a_duration_is_never_clipped(store: Store) -> None:
    durations = ("1.234", "1.2340000", "1.23456789", "1.2345", "1e-3", "1e-4")
    request = {"type": "request", "source": "s", "time": _SOUND["time"], "request_id": "x"}
    events = [request | {"event_id": f"r{number}", "duration_ms": text} for number, text in enumerate(durations)]
    receipt = admit(store, "request", decode_events(events)["request"], history_terms("test"))
    assert (receipt.accepted, receipt.quarantined) == (3, 3)
    assert {row.detail for row in receipt.rejected} >= {"duration_ms 1.23456789 has more than 3 decimals"}
    kept = store.rows("SELECT duration_ms FROM request_traces ORDER BY event_id")
    assert [row["duration_ms"] for row in kept] == [Decimal("1.234"), Decimal("1.234"), Decimal("0.001")]


def test_a_call_that_used_nothing_is_refused_not_lost(store: Store) -> None:
    call = {key: value for key, value in _SOUND.items() if key not in ("meter", "quantity", "unit")}
    zeros = [
        {"event_id": "a", "quantities": {"input_tokens": 0, "output_tokens": "0.0"}},
        {"event_id": "b", "quantities": {"bogus": "."}},
        {"event_id": "c", "quantities": {"requests": 1, "input_tokens": "0.0.0"}},
        {"event_id": "d", "quantities": {"input_tokens": 0}, "colour": "red"},
    ]
    receipt = admit(store, "usage", decode_events(call | event for event in zeros)["usage"], history_terms("test"))
    assert [(row.event_id, row.reason) for row in receipt.rejected] == [
        ("a", "bad_quantity"), ("a", "bad_quantity"), ("b", "unknown_meter"), ("c", "bad_quantity"), ("d", "malformed"),
    ]  # fmt: skip
    assert receipt.rejected[0].detail == "quantity 0 is not above zero: nothing was used"
    assert receipt.accepted == 1
