"""Law 8: lines sum to their invoice, invoices to the month: charges, plus fees, less allowances and discounts."""

from __future__ import annotations

from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from billing.documents import draft_invoices
from billing.rounding import CENT, rounded_lines, rounded_total
from tests.properties.invoicing import (
    COMMITMENTS,
    COMMITTED_HOURS,
    FEBRUARY,
    JANUARY,
    PHASES,
    begun,
    booked,
)
from tests.properties.oracle import EXACT
from tests.properties.platforms import Platform, platforms
from warehouse.connect import Store

RESERVED = ("commitment", "unused_commitment")
AGREED = ("fee", "allowance", "tier", *RESERVED)
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=21, allow_nan=False)


@given(exact=st.dictionaries(st.text(min_size=1, max_size=4), amounts, max_size=30))
@settings(max_examples=300)
def test_rounded_lines_sum_to_the_rounded_total(exact: dict[str, Decimal]) -> None:
    cents = rounded_lines(exact)
    total = sum(cents.values(), Decimal(0))
    assert total == rounded_total(exact)
    assert all(abs(cents[line] - amount) < CENT for line, amount in exact.items())
    with localcontext(EXACT):
        assert abs(total - sum(exact.values(), Decimal(0))) <= CENT / 2


@given(platform=platforms(repeats=False), has_tariffs=st.booleans())
@settings(max_examples=2, phases=PHASES)
def test_lines_and_invoices_add_up(reused_store: Store, platform: Platform, has_tariffs: bool) -> None:
    store = begun(reused_store, platform, platform.sent, has_tariffs=has_tariffs)
    with localcontext(EXACT):
        for period in (JANUARY, FEBRUARY):
            drafts = draft_invoices(store, period)
            exact = Decimal(0)
            for one in drafts:
                assert sum((line.amount for line in one.lines), Decimal(0)) == one.total
                assert sum((line.exact_amount for line in one.lines), Decimal(0)) == one.exact_total
                assert abs(one.total - one.exact_total) <= CENT / 2
                assert len({line.line_id for line in one.lines}) == len(one.lines)
                exact += sum((line.exact_amount for line in one.lines if line.line_kind not in AGREED), Decimal(0))
                for line in one.lines:
                    assert line.line_kind not in ("allowance", "tier") or line.exact_amount <= 0
                agreed = [line for line in one.lines if line.line_kind in ("allowance", "tier")]
                assert sum(
                    line.exact_amount for line in one.lines if line.line_kind in ("usage", "commitment")
                ) >= -sum(line.exact_amount for line in agreed), "an allowance takes no more than there is"
            assert exact == booked(store, period)
            unused = [line for one in drafts for line in one.lines if line.line_kind == "unused_commitment"]
            reserved = [line for one in drafts for line in one.lines if line.line_kind in RESERVED]
            hours = COMMITTED_HOURS[period] if has_tariffs else 0
            assert sum(line.quantity for line in reserved) == hours * sum(one["units_per_hour"] for one in COMMITMENTS)
            assert all(0 < line.exact_amount <= hours * Decimal("0.07") for line in unused)
            assert (
                abs(sum(one.total for one in drafts) - sum(one.exact_total for one in drafts)) <= len(drafts) * CENT / 2
            )
