"""Law 10: nothing changes an issued invoice; what comes late appears once, as a correction."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.documents import draft_invoices
from billing.issue import issue, issued
from jobs.rate import rate
from jobs.verify import verify_all
from tests.properties.engine import send
from tests.properties.invoicing import FEBRUARY, JANUARY, MARCH, PHASES, begun, billed, booked, corrections
from tests.properties.oracle import EXACT
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store


@given(platform=platforms(), has_tariffs=st.booleans(), share=st.floats(0, 1))
@settings(max_examples=2, phases=PHASES)
def test_an_issued_month_is_frozen(reused_store: Store, platform: Platform, has_tariffs: bool, share: float) -> None:
    at = round(len(platform.sent) * share)
    store = begun(reused_store, platform, platform.sent[:at], has_tariffs=has_tariffs)
    first = billed(store, JANUARY)
    send(store, platform.sent[at:])
    rate(store)

    assert issue(store, JANUARY, by="someone") == first
    drafts = draft_invoices(store, FEBRUARY)
    if not has_tariffs:
        with localcontext(EXACT):
            before = sum((one.exact_total for one in first), Decimal(0))
            assert corrections(drafts) == booked(store, JANUARY) - before

    second = billed(store, FEBRUARY)
    assert not draft_invoices(store, MARCH), "a correction came twice"
    assert issued(store, JANUARY) == first
    for found in verify_all(store, [*first, *second]):
        assert found.is_equal, found
