"""Law 15: accepted + duplicate + quarantined = received, always, and shown."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.doctor import checks, is_broken
from metering.decode import decode_lines
from metering.door import admit, history_terms
from queries.data_quality import data_quality
from tests.properties.engine import emptied, send
from tests.properties.oracle import judge
from tests.properties.platforms import Platform, platforms, usage
from warehouse.connect import Store
from warehouse.tables import table

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = (
    "type",
    "source",
    "event_id",
    "time",
    "meter",
    "quantity",
    "quantities",
    "llm_usage",
    "unit",
    "app_id",
    "is_spot",
)


@st.composite
def mangled(draw: st.DrawFn) -> str | bytes:
    """A line that may be anything: an event with a field replaced, any JSON, any bytes."""
    how = draw(st.sampled_from(("field", "field", "field", "json", "text", "bytes", "cut")))
    if how == "json":
        return json.dumps(draw(JSON))
    if how == "text":
        return draw(st.text())
    if how == "bytes":
        return draw(st.binary())
    event = draw(usage(draw(st.integers(0, 5))))
    if how == "cut":
        text = json.dumps(event)
        return text[: draw(st.integers(0, len(text)))]
    return json.dumps(event | {draw(st.sampled_from(FIELDS)): draw(JSON)})


@given(platform=platforms(most=40))
@settings(max_examples=5)
def test_every_row_sent_has_one_fate_and_bad_ones_their_reason(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    receipts = send(store, platform.sent)
    outcome = judge(platform.sent)
    for receipt in receipts:
        assert receipt.accepted + receipt.duplicates + receipt.quarantined == receipt.received
    shown = store.rows(data_quality(table("batches"), table("refusals")))
    assert sum(row["received"] for row in shown) == outcome.received
    assert sum(row["accepted"] for row in shown) == len(outcome.facts)
    assert sum(row["duplicates"] for row in shown) == outcome.duplicates
    assert sum(row["quarantined"] for row in shown) == outcome.quarantined
    assert all(row["difference"] == 0 for row in shown)
    held = {(row["event_id"], row["reason"]) for row in store.rows("SELECT event_id, reason FROM quarantine")}
    for item in platform.sent:
        assert not item.reason or (item.event["event_id"], item.reason) in held


@given(lines=st.lists(mangled(), min_size=1, max_size=40))
@settings(max_examples=10)
def test_no_line_is_so_odd_that_it_vanishes(reused_store: Store, lines: list[str | bytes]) -> None:
    store = emptied(reused_store)
    staged = decode_lines(lines)
    # An event of several meters is several rows; nothing else is fewer than one, but for empty calls.
    receipts = [admit(store, kind, rows, history_terms("odd")) for kind, rows in staged.items()]
    assert sum(receipt.received for receipt in receipts) == sum(rows.num_rows for rows in staged.values())
    for receipt in receipts:
        assert receipt.accepted + receipt.duplicates + receipt.quarantined == receipt.received
    stored = sum(int(store.scalar(f"SELECT count() FROM {name}")) for name in ("usage_events", "platform_cost_events"))
    assert stored <= sum(receipt.accepted for receipt in receipts)
    kept = [row["raw"] for row in store.rows("SELECT raw FROM quarantine")]
    assert all(kept), "what is quarantined is kept as it came"


@given(platform=platforms())
@settings(max_examples=3)
def test_the_doctor_shows_it(reused_store: Store, platform: Platform) -> None:
    store = emptied(reused_store)
    send(store, platform.sent)
    assert not is_broken(checks(store))
    # One event more than the ledger knows of: a batch's row that lies.
    send(store, [replace(item, event=item.event | {"source": "other"}) for item in platform.sent[:1]])
    store.command("INSERT INTO event_identities (identity, payload) VALUES (1, 1)")
    assert is_broken(checks(store))
