"""Prepaid purchases booked through the door: once, as far as the term has come, whenever they are reported."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.documents import draft_invoices
from billing.issue import issue
from jobs.amortize import amortize
from jobs.rate import rate
from jobs.verify import verify
from metering.decode import decode_events
from metering.door import admit, history_terms
from tests.billing.months import FEBRUARY, JANUARY, LATER, closed, cost, register, send, tokens
from warehouse.connect import Store
from warehouse.histories import record, transfer

TERM = {"term_start": "2026-01-10T18:00:00Z", "term_end": "2026-02-09T18:00:00Z"}
PURCHASE = cost(
    "license", "2026-01-10T18:00:00Z", "2026-01-10T19:00:00Z", "300", charge_category="Purchase", attributes=TERM,
    cost_type="license", app_id="chat",
)  # fmt: skip


def sums(store: Store) -> dict[str, Decimal]:
    return store.rows(
        "SELECT sum(list_cost) AS list, sum(effective_cost) AS effective, sum(billed_cost) AS billed FROM charges"
    )[0]


def test_a_purchase_is_booked_day_by_day_and_once(store: Store) -> None:
    register(store)
    send(store, [PURCHASE])
    assert amortize(store, until=datetime(2026, 1, 11, tzinfo=UTC)) == 1
    assert amortize(store, until=datetime(2026, 1, 20, 12, tzinfo=UTC)) == 9
    assert amortize(store, until=datetime(2026, 1, 20, 12, tzinfo=UTC)) == 0
    rate(store)
    assert sums(store) == {"list": Decimal("92.5"), "effective": Decimal("92.5"), "billed": Decimal(300)}
    closed(store, JANUARY)  # books the rest of the month itself
    (january,) = issue(store, JANUARY, by="test")
    assert (january.cost_center, january.total) == ("cc-red", Decimal("212.50"))
    assert amortize(store, until=LATER) == 9
    rate(store)
    (february,) = draft_invoices(store, FEBRUARY)
    assert february.total == Decimal("87.50")
    assert "share 2 of 2 of purchase license (bill), 87.50 of 300.00 USD" in february.footnotes[0].text
    assert sums(store) == {"list": Decimal(300), "effective": Decimal(300), "billed": Decimal(300)}
    found = verify(store, january)
    assert found.is_equal, found


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ({"attributes": {"term_end": "2026-01-10T18:00:00Z"}}, "bad_time"),
        ({"attributes": {"term_end": "soon"}}, "bad_time"),
        ({"attributes": {"term_end": 2027}}, "bad_time"),
        ({"attributes": {"term_end": "2036-02-10T18:00:00Z"}}, "bad_time"),
        ({"effective_cost": "300"}, "bad_amount"),
    ],
)
def test_a_term_that_cannot_be_meant_is_quarantined(store: Store, says: dict[str, object], reason: str) -> None:
    ((kind, staged),) = decode_events([PURCHASE | says]).items()
    receipt = admit(store, kind, staged, history_terms("test"))
    assert [one.reason for one in receipt.rejected] == [reason]


def test_footnotes_follow_the_owner_of_what_is_booked(store: Store) -> None:
    register(store)
    first = datetime(2026, 1, 1, tzinfo=UTC)
    record(store, "ownerships", [{"resource_id": "lic/1", "app_id": "chat", "valid_from": first}], by="test")
    term = {"term_start": "2026-01-15T00:00:00Z", "term_end": "2026-02-14T00:00:00Z"}
    day = ("2026-01-15T00:00:00Z", "2026-01-16T00:00:00Z")
    more = {"charge_category": "Purchase", "attributes": term, "cost_type": "license"}
    send(
        store,
        [
            cost("lic", *day, "300", resource_id="lic/1", **more),
            cost("foreign", *day, "500", **more | {"currency": "CAD"}),
            cost("plain", *day, "9", cost_type="license"),
            *(tokens(app, "2026-01-15T10:00:00Z", app, 1_000_000) for app in ("chat", "notes")),
        ],
    )
    amortize(store, until=datetime(2026, 2, 1, tzinfo=UTC))
    rate(store)

    def told() -> dict[tuple[str, str], list[str]]:
        drafts = draft_invoices(store, JANUARY)
        texts = {(draft.cost_center, one.number): one.text for draft in drafts for one in draft.footnotes}
        return {
            (line.app_id, line.line_kind): [
                text
                for number in line.footnotes
                if (text := texts[draft.cost_center, number]).startswith("Amortization")
            ]
            for draft in drafts
            for line in draft.lines
        }

    found = told()
    (direct,) = found.pop(("chat", "direct"))
    assert direct.startswith("Amortization: share 1 of 2 of purchase lic (bill), 170.00 of 300.00 USD")
    assert set(found) >= {("chat", "allocated"), ("notes", "allocated")}
    assert not any(found.values()), found
    before = told()
    closed(store, JANUARY)
    assert told() == before
    # Who is given it after the month was closed has a correction that says so; the month itself says what it said.
    transfer(store, "ownerships", "lic/1", first, {"app_id": "notes"}, by="test")
    rate(store)
    assert told() == before
    texts = [one.text for draft in draft_invoices(store, FEBRUARY) for one in draft.footnotes]
    parts = sorted(text.split(", ")[1] for text in texts if text.startswith("Amortization"))
    assert parts == ["-170.00 of 300.00 USD", "170.00 of 300.00 USD"]


def test_a_shared_purchase_is_named_by_those_who_bear_of_it(store: Store) -> None:
    register(store)
    send(store, [PURCHASE | {"app_id": "", "cost_type": "license"}])
    send(store, [tokens("chat", "2026-01-11T10:00:00Z", "chat", 1_000_000)])
    send(store, [tokens("notes", "2026-01-05T10:00:00Z", "notes", 1_000_000)])
    plain = cost("plain", "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "9", cost_type="license")
    send(store, [plain])
    amortize(store, until=datetime(2026, 2, 1, tzinfo=UTC))
    rate(store)
    drafts = {draft.cost_center: [one.text for one in draft.footnotes] for draft in draft_invoices(store, JANUARY)}
    assert any("share 1 of 2 of purchase license (bill), 212.50 of 300.00 USD" in text for text in drafts["cc-red"])
    assert not any(text.startswith("Amortization") for text in drafts["cc-blue"])
