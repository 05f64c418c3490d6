"""Raw events beside what was kept of them when they were taken: nobody who changes one can hide it by its digest."""

from __future__ import annotations

import pytest

from jobs.events_behind import changed_events, strange_events
from metering.event_types import EVENT_TYPES
from metering.judgment import digest_sql, identity_sql, kept_payloads
from tests.billing.months import JANUARY, cost, register, send, tokens
from warehouse.connect import Store

TERM = '{"term_start": "2026-01-01T00:00:00Z", "term_end": "2026-02-01T00:00:00Z"}'
AT = "2026-01-05T10:00:00.125Z"
MANY_KINDS = [
    tokens("plain", AT, "chat", 7),
    tokens("spot", AT, "chat", "0.5", is_spot="true", is_estimated="true", region="eu", instance_type="m7"),
    tokens("hours", AT, "notes", "1.5", meter="cpu_core_seconds", unit="Core-Hours", environment="staging"),
    {
        "type": "usage", "source": "llm", "event_id": "call", "time": AT, "resource_id": "r", "app_id": "search",
        "provider": "openai", "model": "gpt-4o",
        "quantities": {"requests": 1, "input_tokens": 900, "output_tokens": 40},
    },
    {"type": "lifecycle", "source": "k8s", "event_id": "up", "time": AT, "resource_id": "pod", "app_id": "chat",
     "action": "start", "attributes": {"replicas": "2"}},
    cost("plain", "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "10.5"),
    cost("said", "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z", "1e1", charge_category="Usage"),
    cost("credit", "2026-01-07T00:00:00Z", "2026-01-08T00:00:00.5Z", "-3.000", charge_category="Credit"),
    cost("term", "2026-01-08T00:00:00Z", "2026-01-09T00:00:00Z", "90", charge_category="Purchase", attributes=TERM),
]  # fmt: skip


@pytest.fixture
def taken(store: Store) -> Store:
    register(store)
    send(store, MANY_KINDS)
    return store


def test_what_is_stored_says_what_was_taken(taken: Store) -> None:
    for name in ("usage", "lifecycle", "platform_cost"):
        kind = EVENT_TYPES[name]
        payloads = ", ".join(kept_payloads(kind))
        held = taken.rows(f"SELECT event_id, {identity_sql(kind)} AS identity, [{payloads}] AS may FROM {kind.table}")
        known = {
            row["identity"]: row["payload"] for row in taken.rows("SELECT identity, payload FROM event_identities")
        }
        assert held
        assert [row["event_id"] for row in held if known[row["identity"]] not in row["may"]] == []
    assert changed_events(taken, JANUARY) == []


@pytest.mark.parametrize(
    ("kind", "event_id", "change"),
    [
        ("usage", "hours", "quantity = quantity + 1"),
        ("usage", "spot", "is_spot = false"),
        ("usage", "plain", "app_id = 'notes'"),
        ("lifecycle", "up", "action = 'stop'"),
        ("platform_cost", "said", "effective_cost = 9"),
        ("platform_cost", "credit", "charge_category = 'Usage'"),
    ],
)
def test_a_change_is_named_though_its_digest_was_made_anew(taken: Store, kind: str, event_id: str, change: str) -> None:
    table = EVENT_TYPES[kind].table
    for step in (change, f"event_digest = {digest_sql(EVENT_TYPES[kind])}"):
        taken.command(
            f"ALTER TABLE {table} UPDATE {step} WHERE event_id = '{event_id}'", settings={"mutations_sync": 2}
        )
    assert [row["event_id"] for row in changed_events(taken, JANUARY)] == [event_id]


def test_what_is_lost_or_strange_is_not_called_changed(taken: Store) -> None:
    taken.command(
        "INSERT INTO usage_events SELECT * REPLACE ('sneaked in' AS event_id) "
        "FROM (SELECT * FROM usage_events WHERE event_id = 'spot')"
    )
    taken.command(
        f"ALTER TABLE usage_events UPDATE event_digest = {digest_sql(EVENT_TYPES['usage'])} "
        "WHERE event_id = 'sneaked in'",
        settings={"mutations_sync": 2},
    )
    taken.command("DELETE FROM usage_events WHERE event_id = 'plain'")
    assert changed_events(taken, JANUARY) == []
    assert [row["event_id"] for row in strange_events(taken, JANUARY)] == ["sneaked in"]
