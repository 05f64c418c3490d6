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
from tests.billing.months import FEBRUARY, JANUARY, LATER, closed, cost, register, send
from warehouse.connect import Store

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
