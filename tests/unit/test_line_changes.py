"""Invoices, line by line: nothing of two months is dropped, and why a line is another amount is true."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.invoices import Bill, line_rows, listed

NOTES = {1: "Discounted by 10 %.", 2: "Attributed by default."}


def line(number: int = 1, amount: str = "10.00", **held: object) -> dict[str, object]:
    """A line of a document: decimals are text."""
    return {
        "line_id": f"{number:032X}",
        "line_kind": "usage",
        "corrects_period": None,
        "corrects_invoice": None,
        "team_id": "search",
        "app_id": "ranker-lab",
        "environment": "production",
        "service_name": "openai",
        "sku_id": "output_tokens/openai/gpt-4o",
        "quantity": "1000000",
        "unit": "Tokens",
        "unit_price": "10",
        "pricing_block": 1_000_000,
        "pricing_unit": "1000000 Tokens",
        "list_amount": amount,
        "exact_amount": amount,
        "amount": amount,
        "footnotes": [],
        "event_count": 1,
        "audit_key": f"{number:032X}-1-0",
        **held,
    }


def bill(*lines: dict[str, object], center: str = "cc-search") -> Bill:
    notes = [{"number": number, "kind": "discount", "text": text} for number, text in NOTES.items()]
    total = sum((Decimal(str(one["amount"])) for one in lines), Decimal(0))
    names = dict.fromkeys(("number", "invoice_id", "cost_center", "cost_center_name"), center)
    said = {**names, "status": "draft", "mode": "showback", "estimate": None, "footnotes": notes}
    return Bill(said=said, lines=lines, is_whole=True, total=total)


def rows(now: Bill, before: Bill | None) -> list[dict[str, object]]:
    return line_rows(now, before).to_pylist()


cents = st.decimals(min_value=-9999, max_value=99_999_999, places=2)
held = st.fixed_dictionaries(
    {
        "amount": cents.map(str),
        "line_kind": st.sampled_from(["usage", "allocated", "tier"]),
        "app_id": st.sampled_from(["ranker-lab", "warranty-triage", ""]),
        "unit_price": st.sampled_from([None, "10", "15", "22.5"]),
        "quantity": st.sampled_from([None, "0", "1000000", "0.000000001"]),
        "unit": st.sampled_from(["", "Tokens"]),
        "footnotes": st.lists(st.sampled_from([1, 2]), unique=True),
        "corrects_period": st.sampled_from([None, None, "2026-09"]),
    }
)
months = st.lists(held, max_size=14).map(lambda found: bill(*(line(number, **one) for number, one in enumerate(found))))


@settings(max_examples=60)
@given(now=months, before=months)
def test_nothing_of_two_months_is_dropped(now: Bill, before: Bill) -> None:
    table = line_rows(now, before)
    assert sum(table["amount"].to_pylist(), Decimal(0)) == now.total
    assert sum(table["previous"].to_pylist(), Decimal(0)) == before.total
    assert sum(table["change"].to_pylist(), Decimal(0)) == now.total - before.total
    found = table.to_pylist()
    assert [row["change"] for row in found] == [row["amount"] - row["previous"] for row in found]
    assert [row["amount"] for row in found] == sorted((row["amount"] for row in found), reverse=True)
    for months_lines, name in ((now.lines, "amount"), (before.lines, "previous")):
        amounts = sorted(Decimal(str(one["amount"])) for one in months_lines)
        assert sorted(row[name] for row in found if row[name]) == [amount for amount in amounts if amount]
    assert all(row["why"] for row in found)


def test_a_price_of_last_month_is_compared_with_the_same_price() -> None:
    before = bill(
        line(1, "28.77", unit_price="15", quantity="1918000"),
        line(2, "4055.71", unit_price="22.5", quantity="180253778"),
    )
    now = bill(
        line(3, "3878.70", unit_price="22.5", quantity="172386667"),
        line(4, "31.65", unit_price="15", quantity="2109800"),
    )
    larger, smaller = rows(now, before)
    assert (larger["previous"], larger["change"]) == (Decimal("4055.71"), Decimal("-177.01"))
    assert larger["why"] == "volume -4.4%"
    assert (smaller["previous"], smaller["why"]) == (Decimal("28.77"), "volume +10.0%")


@pytest.mark.parametrize(
    ("now", "before", "why"),
    [
        ([line(amount="15.00", unit_price="15")], [line()], ["price 10 → 15"]),
        ([line(amount="20.00", quantity="2000000")], [line()], ["volume +100.0%"]),
        (
            [line(amount="30.00", unit_price="15", quantity="2000000")],
            [line()],
            ["price 10 → 15, volume +100.0%"],
        ),
        (
            [line(amount="9.00", list_amount="10.00", footnotes=[1])],
            [line()],
            ["rules leave 100.0% → 90.0% of list"],
        ),
        ([line(), line(2, "5.00", unit_price="15")], [line()], ["as before", "mix: new price or rule"]),
        ([line()], [line(), line(2, "5.00", unit_price="15")], ["as before", "mix: price or rule gone"]),
        ([line()], [], ["new"]),
        ([line()], [line(2, app_id="warranty-triage")], ["new", "gone"]),
        ([line(unit="", amount="12.00")], [line(unit="")], ["cost +20.0%"]),
        (
            [line(2, "9.00", list_amount="10.00", footnotes=[1]), line(3)],
            [line(4, "9.00", list_amount="10.00", footnotes=[1]), line(5)],
            ["as before", "as before"],
        ),
        ([line(corrects_period="2026-09", corrects_invoice="FA-2026-09-0001")], [], ["corrects FA-2026-09-0001"]),
        ([], [line(corrects_period="2026-09")], ["corrects 2026-09, once"]),
    ],
    ids=[
        "price", "volume", "both", "discount", "one price more", "one price less", "new", "gone", "shared", "two rules",
        "correction", "correction of the month before",
    ],
)  # fmt: skip
def test_why_is_true(now: list, before: list, why: list[str]) -> None:
    assert [row["why"] for row in rows(bill(*now), bill(*before))] == why


def test_what_is_gone_is_a_row_of_nothing_that_leads_to_its_line() -> None:
    [gone] = rows(bill(), bill(line(7)))
    assert (gone["amount"], gone["previous"], gone["change"]) == (0, 10, -10)
    assert (gone["quantity"], gone["exact_amount"], gone["event_count"]) == (0, 0, 0)
    assert gone["line_id"] == f"{7:032X}"


def test_a_cost_center_that_is_gone_stands_at_the_end_of_the_list() -> None:
    held = [bill(line(), center="cc-search")]
    before = [bill(line(amount="7.00"), center="cc-growth"), bill(line(amount="8.00"), center="cc-search")]
    table = listed(held, before, is_all=True).to_pylist()
    assert [(row["cost_center"], row["status"]) for row in table] == [("cc-search", "draft"), ("cc-growth", "gone")]
    assert [(row["total"], row["previous"], row["change"]) for row in table] == [(10, 8, 2), (0, 7, -7)]
    assert listed(held, before, is_all=False).num_rows == 1
