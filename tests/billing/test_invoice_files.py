"""Issued invoices as files and traces: the same bytes, no formula, sums equal at every step."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.bridge import bridge
from billing.documents import draft_invoices
from billing.estimate import estimated, seen_until
from billing.exports.files import export
from billing.issue import find, issue
from billing.period import parse_period
from jobs.commands.invoice import preview
from jobs.output import Format
from jobs.rate import rate
from jobs.trace import trace
from tests.billing.months import FEBRUARY, JANUARY, TARIFF, closed, cost, register, send, tokens
from warehouse.connect import Store
from warehouse.histories import record

FORMULA = "=HYPERLINK(0)"


@pytest.fixture
def billed(store: Store) -> Store:
    register(store)
    record(store, "apps", [{"app_id": FORMULA, "team_id": "red"}], by="test")
    record(store, "cost_centers", [{"cost_center": "cc-red", "cost_center_name": "Red", "mode": "shadow"}], by="test")
    old_way = {"tariff_id": "old", "kind": "parallel", "cost_center": "cc-red", "amount": Decimal("9.99")}
    record(store, "tariffs", [TARIFF | old_way], by="test")
    events = [tokens(f"e{n}", f"2026-01-{n + 1:02d}T10:00:00Z", "chat", 333_333) for n in range(28)]
    events += [
        tokens("f", "2026-01-02T10:00:00Z", FORMULA, 1_000_000),
        tokens("orphan", "2026-01-02T10:00:00Z", "", 77),
    ]
    events.append(cost("lb", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00Z", "-10"))
    send(store, events)
    closed(store, JANUARY)
    issue(store, JANUARY, by="test")
    return store


def test_files_say_what_the_document_says(billed: Store) -> None:
    red = next(one for one in issue(billed, JANUARY, by="again") if one.cost_center == "cc-red")
    rows = list(csv.DictReader(io.StringIO(export(red.document, "csv").decode("utf-8-sig"))))
    assert sum(Decimal(row["amount"]) for row in rows) == red.total
    assert {row["app_id"] for row in rows} == {"chat", f"'{FORMULA}"}
    assert any(row["amount"].startswith("-") for row in rows), "a credit is a number, not a formula"
    assert json.loads(export(red.document, "json"))["comparison"]["basis"] == "old way"
    pdf = export(red.document, "pdf")
    assert pdf.startswith(b"%PDF-")
    assert pdf == export(red.document, "pdf")
    with pytest.raises(KeyError, match="no export 'xls'"):
        export(red.document, "xls")


def test_a_line_is_traced_to_its_events(billed: Store) -> None:
    number = find(billed, "cc-red/2026-01").number
    invoice, lines = trace(billed, number)
    assert (invoice.amount, lines.agrees) == (lines.amount, True)
    chat = next(row for row in lines.rows if row["app_id"] == "chat" and row["line_kind"] == "usage")
    line, charges, events = trace(billed, chat["line_id"])
    assert (line.events, charges.events, events.events) == (28, 28, 28)
    assert charges.agrees
    assert events.agrees
    assert line.amount == charges.amount == events.amount
    event, charge = trace(billed, "e7")
    assert event.rows[0]["quantity"] == 333_333
    assert event.amount == charge.amount == event.rows[0]["billed_cost"]
    assert trace(billed, "chat")[0].amount == line.amount
    with pytest.raises(KeyError, match="nothing is known as 'nobody'"):
        trace(billed, "nobody")


def test_the_bridge_closes_and_corrections_are_traced(billed: Store) -> None:
    send(
        billed,
        [tokens("late", "2026-01-05T10:00:00Z", "chat", 1_000), tokens("feb", "2026-02-05T10:00:00Z", "chat", 9)],
    )
    rate(billed)
    for period in (JANUARY, FEBRUARY):
        spans = bridge(billed, period)
        assert spans[-1].amount == 0
    draft = next(one for one in draft_invoices(billed, FEBRUARY) if one.cost_center == "cc-red")
    correction = next(line for line in draft.lines if line.corrects_period and line.line_kind == "usage")
    assert correction.exact_amount == Decimal("0.0025")
    line, charges, changes, before = trace(billed, correction.line_id)
    assert (line.amount, charges.agrees, changes.agrees) == (Decimal("0.0025"), True, True)
    assert [(row["event_id"], row["why"]) for row in changes.rows] == [("late", "came late")]
    assert before.amount == sum(row["amount"] for row in before.rows)


def test_a_running_month_is_projected_with_a_range(store: Store) -> None:
    register(store)
    send(store, [tokens(f"d{n}", f"2026-01-{n:02d}T10:00:00Z", "chat", 1_000_000 * (1 + n % 2)) for n in range(1, 16)])
    rate(store)
    month = parse_period("2026-01")
    drafts = draft_invoices(store, month)
    [red] = estimated(store, month, drafts, as_of=datetime(2026, 1, 15, 12, tzinfo=UTC))
    assert red.estimate is not None
    # 14 complete days: 7 x 2.50 + 7 x 5.00 = 52.50, and 17 days of 2.50 or 5.00 to come
    assert Decimal("52.50") + 17 * Decimal("3") < red.estimate.projected_total < Decimal("52.50") + 17 * Decimal("4.5")
    assert red.estimate.low < red.estimate.projected_total < red.estimate.high
    assert estimated(store, month, drafts, as_of=datetime(2026, 2, 1, tzinfo=UTC)) == drafts
    assert estimated(store, month, [], as_of=datetime(2026, 1, 15, 12, tzinfo=UTC)) == []
    # An estimate looks from the last hour with usage, wherever it is asked.
    assert seen_until(store, datetime(2026, 1, 15, 18, 7, tzinfo=UTC)) == datetime(2026, 1, 15, 10, 59, 59, tzinfo=UTC)
    assert seen_until(store, datetime(2026, 1, 15, 9, 7, tzinfo=UTC)) == datetime(2026, 1, 15, 9, 59, 59, tzinfo=UTC)


def test_shared_costs_go_on_as_they_came(store: Store) -> None:
    register(store)
    send(store, [tokens(f"d{n}", f"2026-01-{n:02d}T10:00:00Z", "chat", 1_000_000) for n in range(1, 16)])
    noon, month = datetime(2026, 1, 15, 12, tzinfo=UTC), parse_period("2026-01")

    def projected() -> Decimal:
        rate(store)
        [red] = estimated(store, month, draft_invoices(store, month), as_of=noon)
        assert red.estimate is not None
        return red.estimate.projected_total

    before = projected()
    daily = [(f"2026-01-{n:02d}T00:00:00Z", f"2026-01-{n + 1:02d}T00:00:00Z") for n in range(1, 15)]
    send(store, [cost(f"lb{n}", *bounds, "10") for n, bounds in enumerate(daily)])
    assert projected() == before + 310, "14 days have come, 17 will"
    send(store, [cost("setup", *daily[2], "50", cost_type="setup")])
    assert projected() == before + 360, "nobody knows whether a cost of one day comes again"
    whole = ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
    send(store, [cost("desk", *whole, "99", cost_type="support")])
    assert projected() == before + 459, "a month's bill has come for the month"


def test_a_preview_of_nobody_names_the_cost_center(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    register(store)
    now = f"{datetime.now(UTC):%Y-%m}"
    with pytest.raises(ValueError, match=f"cost center 'typo' has no lines in {now}"):
        preview(now, "typo", Format.JSON)
    preview(now, None, Format.JSON)
    assert capsys.readouterr().out == "[]\n"
