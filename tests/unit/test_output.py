from datetime import UTC, datetime
from decimal import Decimal

from jobs.output import plain


def test_decimals_are_exact_text_without_exponent() -> None:
    assert plain(Decimal("0E-21")) == "0"
    assert plain(Decimal("96.791325000")) == "96.791325"
    assert plain(Decimal("1E+3")) == "1000"


def test_times_are_utc() -> None:
    assert plain(datetime(2026, 1, 5, 12, tzinfo=UTC)) == "2026-01-05T12:00:00Z"
