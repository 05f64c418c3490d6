"""A purchase is spread over its term to the millisecond, and its parts are all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.amortization import Purchase
from billing.period import parse_period
from billing.rounding import EXACT

BEGIN = datetime(2026, 1, 15, 12, 34, 56, 789000, tzinfo=UTC)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=21, allow_nan=False)
terms = st.integers(1, 90 * 86_400_000).map(lambda milliseconds: timedelta(milliseconds=milliseconds))


def purchase(amount: Decimal, begins: datetime = BEGIN, term: timedelta = timedelta(days=365)) -> Purchase:
    return Purchase(
        source="s", event_id="e" * 128, resource_id="", app_id="", environment="", lease_id="", is_authenticated=True,
        cost_type="license", provider="", service_name="", region="", currency="USD", amount=amount, begins=begins,
        ends=begins + term, received_at=begins,
    )  # fmt: skip


@given(amount=amounts, term=terms)
def test_days_sum_to_the_purchase_and_cover_its_term(amount: Decimal, term: timedelta) -> None:
    bought = purchase(amount, term=term)
    days = list(bought.days())
    assert [end for _, end in days][:-1] == [start for start, _ in days][1:]
    assert (days[0][0], days[-1][1]) == (bought.begins, bought.ends)
    assert len({bought.slice_id(start) for start, _ in days}) == len(days)
    total = Decimal(0)
    for start, end in days:
        part = bought.between(start, end)
        even = EXACT.multiply(amount, EXACT.divide(Decimal((end - start) / timedelta(milliseconds=1)),
                                                   Decimal(term / timedelta(milliseconds=1))))  # fmt: skip
        assert abs(EXACT.subtract(part, even)) < Decimal("2e-21")
        total = EXACT.add(total, part)
    assert total == amount


def test_a_year_has_twelve_shares_or_thirteen() -> None:
    year = purchase(Decimal(1200), datetime(2026, 1, 1, tzinfo=UTC))
    assert year.share_of(parse_period("2026-03")) == (3, 12)
    assert purchase(Decimal(1200)).share_of(parse_period("2027-01")) == (13, 13)
    assert year.share_of(parse_period("2027-01")) == (13, 12), "after its term"


def test_a_slice_is_what_focus_says_of_usage_paid_before() -> None:
    slice_ = purchase(Decimal(365), datetime(2026, 1, 1, tzinfo=UTC)).slice(
        datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 2, 2, tzinfo=UTC)
    )
    assert (Decimal(slice_["effective_cost"]), slice_["billed_cost"], slice_["charge_category"]) == (1, "0", "Usage")
    assert slice_["attributes"] == {"purchase": "e" * 128, "purchase_source": "s"}
    assert len(slice_["event_id"]) <= 128
