"""Reserved capacity on invoices: closed months are corrected, a running month counts what has passed, nothing hides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from billing.bridge import bridge
from billing.documents import draft_invoices
from billing.invoice import Invoice
from billing.issue import issue
from billing.period import Period, period_of
from billing.period_lines import period_lines
from jobs.rate import rate
from jobs.trace import trace
from jobs.verify import verify
from tests.billing.months import FEBRUARY, JANUARY, MARCH, TARIFF, closed, register, send, tokens
from warehouse.connect import Store
from warehouse.histories import OverlapError, record

# A million tokens an hour for 1.00 instead of 2.50, for four hours of the 12th.
RESERVED: dict[str, Any] = {
    "commitment_id": "tokens",
    "sku_id": "input_tokens/openai/gpt-4o",
    "units_per_hour": Decimal(1_000_000),
    "cost_per_hour": Decimal(1),
    "shares": {},
    "cost_center": "",
    "footnote": "",
    "valid_from": datetime(2026, 1, 12, 8, tzinfo=UTC),
    "valid_to": datetime(2026, 1, 12, 12, tzinfo=UTC),
}


def lines(invoices: list[Invoice]) -> dict[tuple[str, str, str], Decimal]:
    return {
        (line.line_kind, one.cost_center, line.corrects_period or ""): line.exact_amount
        for one in invoices
        for line in one.lines
    }


def test_what_is_known_late_corrects_a_closed_month_once(store: Store) -> None:
    register(store)
    send(store, [tokens("chat", "2026-01-12T08:00:00Z", "chat", 500_000)])
    rate(store)
    closed(store, JANUARY)
    first = issue(store, JANUARY, by="test")
    assert [one.total for one in first] == [Decimal("1.25")]

    # The reservation is recorded after the month was closed: chat's half hour costs 0.50, the rest is the platform's.
    record(store, "commitments", [RESERVED], by="test")
    assert lines(draft_invoices(store, FEBRUARY)) == {
        ("commitment", "cc-red", "2026-01"): Decimal("-0.75"),
        ("unused_commitment", "cc-platform", "2026-01"): Decimal("3.5"),
    }
    closed(store, FEBRUARY)
    second = issue(store, FEBRUARY, by="test")

    # A late event takes what had been left: chat pays half of the hour no longer alone, and the platform bears less.
    send(store, [tokens("late", "2026-01-12T08:59:59.999Z", "notes", 1_500_000)])
    rate(store)
    assert lines(draft_invoices(store, MARCH)) == {
        ("usage", "cc-blue", "2026-01"): Decimal("3.75"),
        ("commitment", "cc-blue", "2026-01"): Decimal("-1.125"),  # 750,000 of them covered: 0.75 for 1.875
        ("commitment", "cc-red", "2026-01"): Decimal("0.375"),  # 250,000 of 500,000 are no longer covered
        ("unused_commitment", "cc-platform", "2026-01"): Decimal("-0.5"),
    }
    closed(store, MARCH)
    third = issue(store, MARCH, by="test")
    for period in (JANUARY, FEBRUARY, MARCH):
        assert bridge(store, period)[-1].amount == 0
    assert not draft_invoices(store, MARCH.next), "a correction came twice"
    for one in (*first, *second, *third):
        found = verify(store, one)
        assert found.is_equal, found
    # All that is billed for January: usage beyond the hour's million, and all four hours.
    billed = sum(one.exact_total for one in (*first, *second, *third))
    assert billed == Decimal("2.50") + 4


def test_several_commitments_of_one_sku_are_taken_in_turn(store: Store) -> None:
    register(store)
    send(store, [tokens("chat", "2026-01-12T08:00:00Z", "chat", 1_600_000)])
    rate(store)
    shares = {"app/notes": Decimal("0.4"), "cost_center/cc-red": Decimal("0.6")}
    hour = {"valid_to": datetime(2026, 1, 12, 9, tzinfo=UTC)}
    record(
        store,
        "commitments",
        [
            RESERVED | hour | {"commitment_id": "b", "cost_center": "cc-blue"},
            RESERVED | hour | {"commitment_id": "a", "shares": shares},
        ],
        by="test",
    )
    # 600,000 by the cost center's share of a, then 1,000,000 of b: none is left over. Notes' share of a is unused.
    found = {
        (row["line_kind"], row["allocation_rule_id"][:1]): (row["cost_center"], row["quantity"], row["amount"])
        for row in period_lines(store, JANUARY)
    }
    assert found == {
        ("usage", ""): ("cc-red", 1_600_000, 4),
        ("commitment", "a"): ("cc-red", 600_000, Decimal("-0.9")),
        ("commitment", "b"): ("cc-red", 1_000_000, Decimal("-1.5")),
        ("unused_commitment", "a"): ("cc-platform", 400_000, Decimal("0.4")),
    }


def test_markups_and_allowances_count_with_the_reserved_part(store: Store) -> None:
    register(store)
    markup = dict.fromkeys(("lifecycle", "pricing_category", "meter", "app_id"), "") | {"cost_center": "cc-red"}
    record(store, "rate_rules", [{"rule_id": "margin", "kind": "markup", "rate": Decimal("0.1"), **markup}], by="test")
    free = {"tariff_id": "free", "kind": "allowance", "meter": "input_tokens", "quantity": Decimal(800_000)}
    record(store, "tariffs", [TARIFF | free], by="test")
    record(store, "commitments", [RESERVED], by="test")
    send(store, [tokens("chat", "2026-01-12T08:00:00Z", "chat", 1_600_000)])
    rate(store)
    found = {line["line_kind"]: line for line in period_lines(store, JANUARY)}
    amounts = {kind: line["amount"] for kind, line in found.items()}
    assert amounts == {
        "usage": Decimal("4.4"),
        "commitment": Decimal("1.1") - Decimal("2.75"),  # a million at 1.00, not 2.50, and 10 % more
        "allowance": -Decimal("1.375"),  # half of what is left
        "unused_commitment": Decimal(3),
    }
    closed(store, JANUARY)
    for one in issue(store, JANUARY, by="test"):
        assert verify(store, one).is_equal
    for kind, line in found.items():
        step = trace(store, line["line_id"])[1]
        assert step.agrees, (kind, step)
        assert step.amount == line["amount"]


def test_a_running_month_counts_the_hours_that_have_passed(store: Store) -> None:
    register(store)
    now = datetime.now(UTC)
    period = period_of(now)
    record(store, "commitments", [RESERVED | {"valid_from": period.start, "valid_to": period.end}], by="test")
    send(store, [tokens("now", period.start.isoformat(), "chat", 500_000)])
    rate(store)
    (unused,) = [row for row in period_lines(store, period) if row["line_kind"] == "unused_commitment"]
    passed = max((now - period.start) // timedelta(hours=1), 1)
    assert unused["amount"] + Decimal("0.5") in {passed, passed + 1}, "the hour may have ended meanwhile"
    assert not period_lines(store, Period(period.next.first)), "what has not begun is not billed"


def test_one_commitment_has_one_row_at_a_time(store: Store) -> None:
    record(store, "commitments", [RESERVED], by="test")
    with pytest.raises(OverlapError, match="commitment_id 'tokens' would have two rows at once"):
        record(store, "commitments", [RESERVED | {"valid_from": datetime(2026, 1, 12, 9, tzinfo=UTC)}], by="test")
