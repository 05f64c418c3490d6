"""Footnotes say what was done: also where a method could not be kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billing.documents import draft_invoices
from billing.issue import issue
from billing.period import Period
from jobs.rate import rate
from tests.billing.months import FEBRUARY, JANUARY, MARCH, RULE, TARIFF, closed, cost, register, send, tokens
from warehouse.connect import Store
from warehouse.histories import record

DAYS = tuple((f"2026-01-{day:02d}T00:00:00Z", f"2026-01-{day + 1:02d}T00:00:00Z") for day in (5, 6))
FLOOR = {"method": "floor_plus_share", "basis": "tokens", "floor": Decimal(1), "cost_type": "lb", "rule_id": "floors"}


@pytest.mark.parametrize(
    ("rule", "amounts", "expected", "absent"),
    [
        (
            FLOOR,
            ("-1", "10"),
            ("instead in 1 of 2 periods, the first from 2026-01-05 00:00 UTC: the floors", "A credit"),
            (),
        ),
        (
            FLOOR,
            ("10", "2.5"),
            ("instead in 1 of 2 periods, the first from 2026-01-06 00:00 UTC: the floors",),
            ("A cre",),
        ),
        (
            FLOOR | {"floor": Decimal("0.5")},
            ("-9", "10"),
            ("A credit is shared like a cost of its size",),
            ("the floors ca",),
        ),
        (
            FLOOR | {"method": "proportional", "basis": "requests"},
            ("4", "0"),
            ("instead in 1 of 2 periods",),
            ("A cre",),
        ),
        (FLOOR | {"method": "proportional"}, ("-1", "2.5"), (), ("instead", "A credit")),
        (FLOOR | {"method": "even", "basis": ""}, ("-1", "2.5"), (), ("instead", "A credit")),
    ],
)
def test_a_footnote_says_where_its_method_could_not_be_kept(
    store: Store, rule: dict, amounts: tuple[str, ...], expected: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    register(store)
    record(store, "allocation_rules", [RULE | rule], by="test")
    send(
        store,
        [
            *(
                tokens(f"{app}/{start}", start.replace("T00", "T10"), app, 1_000_000)
                for app in ("chat", "search", "notes")
                for start, _ in DAYS
            ),
            *(
                cost(f"lb/{start}", start, end, amount, cost_type="lb")
                for (start, end), amount in zip(DAYS, amounts, strict=True)
            ),
        ],
    )
    rate(store)

    def told() -> set[str]:
        drafts = draft_invoices(store, JANUARY)
        return {one.text for draft in drafts for one in draft.footnotes if one.kind == "allocation"}

    (text,) = open_month = told()
    assert [part for part in expected if part not in text] == []
    assert [part for part in absent if part in text] == []
    closed(store, JANUARY)
    assert told() == open_month


def test_a_tariffs_footnote_is_that_of_the_entry_the_month_was_billed_by(store: Store) -> None:
    register(store)
    fee = TARIFF | {"tariff_id": "fee", "kind": "fee"}
    old, new = ({"amount": Decimal(amount), "footnote": said} for amount, said in ((5, "Five."), (6, "Six.")))
    dated = [fee | old | {"valid_to": MARCH.start}, fee | new | {"valid_from": MARCH.start}]
    record(store, "tariffs", dated, by="test")
    send(store, [tokens(f"e{month}", f"2026-{month:02d}-05T10:00:00Z", "chat", 1_000_000) for month in (1, 2, 3)])
    rate(store)

    def told(month: Period) -> set[tuple[str, str, str]]:
        """What fees say: the month corrected, the amount of the line, its footnote."""
        found = set()
        for draft in draft_invoices(store, month):
            texts = {one.number: one.text for one in draft.footnotes if one.kind == "tariff"}
            for line in draft.lines:
                said = "".join(texts.get(number, "") for number in line.footnotes)
                if line.line_kind == "fee":
                    found.add((line.corrects_period or "", f"{line.exact_amount.normalize():f}", said))
        return found

    five, six = "Fee by tariff fee. Five.", "Fee by tariff fee. Six."
    assert (told(JANUARY), told(MARCH)) == ({("", "5", five)}, {("", "6", six)})
    closed(store, JANUARY)
    (sent,) = issue(store, JANUARY, by="test")
    assert (five in sent.document, six in sent.document) == (True, False)
    closed(store, FEBRUARY)
    # Usage of an app that had none comes late: its fee of January is a correction, in March, at January's five.
    send(store, [tokens("late", "2026-01-06T10:00:00Z", "search", 1_000_000)])
    # An entry that somebody records over the old one later says nothing of what was billed before.
    record(store, "tariffs", [fee | old | {"footnote": "Never said.", "valid_to": MARCH.start}], by="test")
    rate(store)
    assert told(MARCH) == {("", "6", six), ("2026-01", "5", five)}
    assert told(FEBRUARY) == {("", "5", five)}
