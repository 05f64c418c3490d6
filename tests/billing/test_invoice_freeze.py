"""Nothing changes an issued month: late and re-owned events appear once, as corrections, and verify stays green."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from click.testing import Result
from typer.testing import CliRunner

from billing.documents import draft_invoices
from billing.exports.files import KINDS, export
from billing.issue import issue, issued
from billing.period import period_of
from jobs.cli import app
from jobs.closing import NotReadyError, close
from jobs.rate import rate
from jobs.verify import verify, verify_all
from tests.billing.months import FEBRUARY, JANUARY, LATER, MARCH, RULE, closed, cost, register, send, tokens
from warehouse.connect import Store
from warehouse.histories import record, transfer

MANY = 1_000


def january(store: Store) -> None:
    register(store)
    record(
        store,
        "ownerships",
        [{"resource_id": "shared-gpu", "app_id": "chat", "valid_from": datetime(2026, 1, 1, tzinfo=UTC)}],
        by="test",
    )
    events = [tokens(f"e{n}", f"2026-01-{n % 28 + 1:02d}T10:00:00Z", "chat", 333_333 + n) for n in range(50)]
    events += [tokens(f"n{n}", f"2026-01-{n % 28 + 1:02d}T11:00:00Z", "notes", 70_001) for n in range(50)]
    events += [
        tokens(f"g{n}", f"2026-01-{n % 28 + 1:02d}T12:00:00Z", "", 1_003, resource_id="shared-gpu") for n in range(MANY)
    ]
    events.append(cost("lb", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z", "10"))
    send(store, events)
    rate(store)


def test_an_issued_month_stays_as_it_is(store: Store) -> None:
    january(store)
    closed(store, JANUARY)
    first = issue(store, JANUARY, by="test")
    files = {(one.number, kind): export(one.document, kind) for one in first for kind in KINDS}
    assert [one.number for one in first] == [f"FA-2026-01-{n:04d}" for n in range(1, len(first) + 1)]
    assert all(one.is_equal for one in verify_all(store, first))

    late = [tokens(f"late{n}", f"2026-01-{n % 31 + 1:02d}T23:59:59.999Z", "notes", 50_000 + n) for n in range(MANY)]
    send(store, late)
    transfer(store, "ownerships", "shared-gpu", datetime(2026, 1, 1, tzinfo=UTC), {"app_id": "notes"}, by="test")
    send(store, [tokens("feb", "2026-02-02T00:00:00Z", "chat", 1_000_000)])
    rate(store)

    assert issue(store, JANUARY, by="someone else") == first
    assert {(one.number, kind): export(one.document, kind) for one in issued(store) for kind in KINDS} == files
    for found in verify_all(store, first):
        assert found.is_equal, found

    drafts = {draft.cost_center: draft for draft in draft_invoices(store, FEBRUARY)}
    corrections = [line for draft in drafts.values() for line in draft.lines if line.corrects_period]
    assert {line.corrects_period for line in corrections} == {"2026-01"}
    assert {line.corrects_invoice for line in corrections} == {one.number for one in first}
    billed = sum(one.exact_total for one in first)
    now = store.scalar("SELECT sum(billed_cost) FROM charges WHERE toStartOfMonth(charge_date) = '2026-01-01'")
    assert sum(line.exact_amount for line in corrections) == now - billed
    moved = MANY * 1_003 * Decimal("2.5") / 1_000_000
    assert (
        sum(line.exact_amount for line in corrections if line.app_id == "chat" and line.line_kind == "usage") == -moved
    )
    assert sum(line.event_count for line in corrections if line.line_kind == "usage") == MANY

    closed(store, FEBRUARY)
    second = issue(store, FEBRUARY, by="test")
    assert all(one.is_equal for one in verify_all(store, [*first, *second]))
    assert not [line for draft in draft_invoices(store, MARCH) for line in draft.lines], "corrected once, not again"
    assert all(one.is_equal for one in verify_all(store, [*first, *second]))


def test_a_changed_event_is_named(store: Store) -> None:
    january(store)
    closed(store, JANUARY)
    invoices = {one.cost_center: one for one in issue(store, JANUARY, by="test")}
    store.command(
        "ALTER TABLE usage_events UPDATE quantity = quantity + 1 WHERE event_id = 'e7'", settings={"mutations_sync": 2}
    )
    found = verify(store, invoices["cc-red"])
    assert not found.is_equal
    assert [one.detail for one in found.findings if one.what == "changed event"] == [
        "gateway e7 input_tokens at 2026-01-08 10:00:00"
    ]
    lines = {one.line_id for one in found.findings if one.what == "recomputed"}
    assert lines <= set(line_ids(store, invoices["cc-red"].invoice_id))
    assert "chat input_tokens/openai/gpt-4o, 2026-01: raw events say amount +0.0000025" in found.findings[0].detail
    assert verify(store, invoices["cc-blue"]).is_equal


def test_lost_and_strange_events_are_named(store: Store) -> None:
    january(store)
    closed(store, JANUARY)
    red = next(one for one in issue(store, JANUARY, by="test") if one.cost_center == "cc-red")
    store.command(
        "INSERT INTO usage_events SELECT * REPLACE ('sneaked in' AS event_id) "
        "FROM (SELECT * FROM usage_events WHERE event_id = 'e8')"
    )
    found = {one.what: one.detail for one in verify(store, red).findings}
    assert found["event from nowhere"] == "gateway sneaked in input_tokens at 2026-01-09 10:00:00"
    store.command("DELETE FROM usage_events WHERE event_id IN ('sneaked in', 'e7')")
    found = {one.what: one.detail for one in verify(store, red).findings}
    assert found["lost events"].startswith("1 of the 1100 events of test/usage, taken ")
    assert found["lost events"].endswith(", on 2026-01-08")


def test_a_lifecycle_event_that_changed_or_is_gone_is_named(store: Store) -> None:
    january(store)
    say = {"type": "lifecycle", "source": "cluster", "resource_id": "pod", "app_id": "search"}
    # It runs since December, and so bears a part of January's load balancer, by hours.
    starts = say | {"event_id": "up", "time": "2025-12-30T00:00:00Z", "action": "start"}
    stops = say | {"event_id": "down", "time": "2026-01-03T12:00:00Z", "action": "stop"}
    later = say | {"event_id": "again", "time": "2026-02-03T12:00:00Z", "action": "start"}
    send(store, [starts, stops, later])
    hours = RULE | {"basis": "active_hours", "rule_id": "by-hours", "cost_type": "load_balancer"}
    record(store, "allocation_rules", [hours], by="test")
    closed(store, JANUARY)
    red = next(one for one in issue(store, JANUARY, by="test") if one.cost_center == "cc-red")
    assert verify(store, red).is_equal
    store.command(
        "ALTER TABLE lifecycle_events UPDATE action = 'scale' WHERE event_id = 'down'",
        settings={"mutations_sync": 2},
    )
    found = {one.what: one.detail for one in verify(store, red).findings}
    assert found["changed event"] == "cluster down lifecycle at 2026-01-03 12:00:00"
    assert "lost events" not in found
    store.command("DELETE FROM lifecycle_events WHERE event_id IN ('up', 'again')")
    found = {one.what: one.detail for one in verify(store, red).findings}
    assert found["lost events"].startswith("1 of the 2 events of test/lifecycle, taken ")
    assert found["lost events"].endswith(", on 2025-12-30")


def test_without_raw_events_verify_says_so(store: Store) -> None:
    january(store)
    closed(store, JANUARY)
    red = next(one for one in issue(store, JANUARY, by="test") if one.cost_center == "cc-red")
    store.command("DELETE FROM usage_events WHERE toDate(time) = '2026-01-05'")
    found = verify(store, red)
    assert not found.is_equal
    assert "raw events of 1 days (2026-01-05 to 2026-01-05) are no longer kept" in found.summary


def test_only_a_month_that_is_over_and_checked_is_closed(store: Store) -> None:
    january(store)
    with pytest.raises(ValueError, match="2026-01 runs until 2026-02-01"):
        close(store, JANUARY, by="test", now=datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    send(store, [tokens("u", "2026-01-09T00:00:00Z", "chat", 5, model="gpt-unheard-of")])
    with pytest.raises(NotReadyError, match="unpriced: 1 events of 1 SKUs have no price"):
        close(store, JANUARY, by="test", now=LATER)
    done = close(store, JANUARY, by="test", now=LATER, reason="the price comes in February")
    assert (done.is_new, done.reason) == (True, "the price comes in February")
    again = close(store, JANUARY, by="other", now=LATER)
    assert (again.is_new, again.closed_at, again.closed_by) == (False, done.closed_at, "test")
    with pytest.raises(ValueError, match="2026-02 is not closed"):
        issue(store, FEBRUARY, by="test")


def test_months_are_closed_in_order_whatever_the_reason(store: Store) -> None:
    january(store)
    with pytest.raises(NotReadyError, match="earlier months: 2026-01 has charges and is open: close it first"):
        close(store, MARCH, by="test", now=LATER)
    with pytest.raises(ValueError, match=r"2026-01 has charges and is open: close it first\. No reason leaves a gap"):
        closed(store, MARCH)
    closed(store, JANUARY)
    with pytest.raises(ValueError, match="2026-02 follows the last closed month and is open"):
        closed(store, MARCH)
    assert [closed(store, one).is_new for one in (FEBRUARY, MARCH)] == [True, True]
    # A month before the first closed one has no charges until something very late comes; then it is closed by itself.
    send(store, [tokens("december", "2025-12-31T23:00:00Z", "chat", 1_000_000)])
    rate(store)
    with pytest.raises(ValueError, match="2025-12 has charges and is open"):
        closed(store, MARCH.next)
    assert closed(store, JANUARY.previous).is_new


def test_a_rehearsal_says_what_a_closing_would_find_and_freezes_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(store)
    send(store, [tokens(app, "2026-01-05T10:00:00Z", app, 1_000_000) for app in ("chat", "notes")])
    rate(store)
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    running = period_of(datetime.now(UTC))

    def said(*words: str) -> Result:
        return CliRunner().invoke(app, ["invoice", "close", *words, "--reason", "rehearsal"], catch_exceptions=False)

    found = said("--period", "2026-01", "--as-of", "2026-06-01")
    assert (found.exit_code, "earlier months" in found.stdout) == (0, True)
    assert "rehearsed for 2026-06-01, nothing is closed: 2026-01 stands at 2 invoices" in found.stderr
    found = said("--period", "2026-01", "--as-of", "2026-01-20")
    assert (found.exit_code, "it would be refused: 2026-01 runs until 2026-02-01" in found.stderr) == (1, True)
    found = said("--period", str(running), "--as-of", f"{running.end + timedelta(days=9):%Y-%m-%d}")
    assert (found.exit_code, "it would be refused: " in found.stderr) == (1, True)
    for name in ("closings", "billed_lines", "pinned_generations"):
        assert store.scalar(f"SELECT count() FROM {name}") == 0
    with pytest.raises(ValueError, match="only a month that is over can be closed"):
        said("--period", str(running))
    assert said("--period", "2026-01").exit_code == 0
    assert store.scalar("SELECT count() FROM closings") == 1


def line_ids(store: Store, invoice_id: str) -> list[str]:
    rows = store.rows("SELECT line_id FROM invoice_lines WHERE invoice_id = {id:String}", {"id": invoice_id})
    return [row["line_id"] for row in rows]
