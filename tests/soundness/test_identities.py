"""One event is one event: by source, id and meter, however often, wherever and whenever it is sent."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from jobs.rate import rate
from metering.decode import decode_events
from metering.door import Receipt, admit, history_terms
from warehouse.connect import Store

EVENT = {
    "source": "s",
    "event_id": "e",
    "time": "2026-01-05T12:00:00Z",
    "resource_id": "r",
    "meter": "cpu_core_seconds",
    "quantity": "1.5",
}


def send(store: Store, *changes: dict) -> Receipt:
    staged = decode_events([{**EVENT, **change} for change in changes])["usage"]
    return admit(store, "usage", staged, history_terms("test"))


def counts(receipt: Receipt) -> tuple[int, int, int]:
    return receipt.accepted, receipt.duplicates, receipt.quarantined


def test_a_hundred_thousand_times_the_same_is_once(store: Store) -> None:
    one = decode_events([EVENT])["usage"]
    receipt = admit(store, "usage", pa.concat_tables([one] * 100_000).combine_chunks(), history_terms("test"))
    assert counts(receipt) == (1, 99_999, 0)
    rate(store)
    assert store.scalar("SELECT sum(consumed_quantity) FROM charges") == Decimal("1.5")


def test_two_sources_may_use_one_id(store: Store) -> None:
    assert counts(send(store, {}, {"source": "other"})) == (2, 0, 0)


def test_source_and_id_do_not_run_into_each_other(store: Store) -> None:
    ids = [("ab", "c"), ("a", "bc"), ("a\x00b", "c"), ("a", "\x00bc"), ("a'", "b\\"), ("a", "'b\\"), ("7", "07")]
    assert counts(send(store, *({"source": a, "event_id": b} for a, b in ids))) == (len(ids), 0, 0)


def test_one_id_may_count_several_meters(store: Store) -> None:
    assert counts(send(store, {}, {"meter": "gpu_seconds"}, {"meter": "memory_gb_seconds"})) == (3, 0, 0)
    assert counts(send(store, {"meter": "gpu_seconds"}, {"meter": "gpu_seconds", "quantity": "2"})) == (0, 1, 1)


def test_another_spelling_of_the_same_payload_is_a_duplicate(store: Store) -> None:
    assert counts(send(store, {"quantity": "5400"})) == (1, 0, 0)
    spellings = [{"quantity": "1.5", "unit": "Core-Hours"}, {"quantity": "5.4e3"}, {"quantity": "05400.000"}]
    assert counts(send(store, *spellings)) == (0, 3, 0)


def test_of_two_payloads_the_first_stands_in_one_batch_and_over_many(store: Store) -> None:
    assert counts(send(store, {"quantity": "1"}, {"quantity": "2"}, {"quantity": "1"})) == (1, 1, 1)
    assert counts(send(store, {"quantity": "2"}, {"quantity": "1", "time": "2026-01-06T00:00:00Z"})) == (0, 1, 1)
    assert store.rows("SELECT quantity, reason FROM usage, quarantine") == [
        {"quantity": Decimal(1), "reason": "conflict"}
    ]


def test_a_bad_event_does_not_take_the_identity_of_a_good_one(store: Store) -> None:
    assert counts(send(store, {"quantity": "-1"}, {"quantity": "1"})) == (1, 0, 1)


def test_the_digest_of_a_charge_is_that_of_its_events_in_any_order(store: Store) -> None:
    hour = [{"event_id": str(number), "quantity": str(number + 1)} for number in range(20)]
    send(store, *hour)
    rate(store)
    digest = "SELECT toString(sum(event_digest)) AS digest FROM {}"
    whole = store.rows(digest.format("charges"))
    assert whole == store.rows(digest.format("usage"))
    store.command("TRUNCATE TABLE usage_events")
    store.command("TRUNCATE TABLE event_identities")
    store.command("TRUNCATE TABLE batch_states")
    for some in (hour[13:], hour[5:13], hour[:5]):
        send(store, *reversed(some))
    rate(store, again=True)
    assert store.rows(digest.format("charges")) == whole
    # And it is of the payload, not only of the identity.
    store.command("TRUNCATE TABLE usage_events")
    store.command("TRUNCATE TABLE event_identities")
    store.command("TRUNCATE TABLE batch_states")
    send(store, *hour[:-1], {**hour[-1], "quantity": "21"})
    rate(store, again=True)
    assert store.rows(digest.format("charges")) != whole


CALL = {key: value for key, value in EVENT.items() if key not in ("meter", "quantity")}
WHOLE = {"input_tokens": 300_000, "output_tokens": 1000}


def test_however_a_call_is_written_it_put_in_the_same(store: Store) -> None:
    """Prices with tiers ask what a call put in: it is counted in canonical tokens, not in the text of the event."""
    spellings = [
        {"quantities": WHOLE},
        {"quantities": {"input_tokens": "300000.0", "output_tokens": "1000"}},
        {"quantities": {"input_tokens": "3e5", "output_tokens": "1e3"}},
        {"unit": "1000 Tokens", "quantities": {"input_tokens": 300, "output_tokens": 1}},
        {"quantities": WHOLE, "call_input_tokens": 300_000},
    ]
    for spelling in (*spellings, *reversed(spellings)):
        staged = decode_events([{**CALL, **spelling}])["usage"]
        receipt = admit(store, "usage", staged, history_terms("test"))
        assert receipt.quarantined == 0
    staged = decode_events({**CALL, **spelling} for spelling in spellings)["usage"]
    assert counts(admit(store, "usage", staged, history_terms("test"))) == (0, 10, 0)
    assert store.rows("SELECT meter, call_input_tokens AS put_in FROM usage ORDER BY meter") == [
        {"meter": "input_tokens", "put_in": 300_000},
        {"meter": "output_tokens", "put_in": 300_000},
    ]


def test_a_call_counts_its_valid_rows_once_and_a_lone_row_itself(store: Store) -> None:
    call = {"input_tokens": 5, "cache_read_tokens": 7, "cache_write_tokens": -1, "output_tokens": 2}
    events = [
        {**CALL, "event_id": "call", "quantities": call},
        {**CALL, "event_id": "call", "quantities": call, "time": "2026-01-05T13:00:00Z"},
        {**CALL, "event_id": "lone", "meter": "input_tokens", "quantity": "30", "unit": "1000 Tokens"},
        {**CALL, "event_id": "said", "meter": "input_tokens", "quantity": "3", "call_input_tokens": "900"},
        {**CALL, "event_id": "none", "meter": "cpu_core_seconds", "quantity": "3"},
    ]
    admit(store, "usage", decode_events(events)["usage"], history_terms("test"))
    put_in = store.rows("SELECT event_id, any(call_input_tokens) AS put_in FROM usage GROUP BY ALL ORDER BY event_id")
    assert put_in == [
        {"event_id": "call", "put_in": 12},
        {"event_id": "lone", "put_in": 30_000},
        {"event_id": "none", "put_in": 0},
        {"event_id": "said", "put_in": 900},
    ]


def test_an_id_may_have_128_characters_of_any_size(store: Store) -> None:
    assert counts(send(store, {"event_id": "é" * 128}, {"event_id": "é" * 129})) == (1, 0, 1)
