"""A month is written one way, and one that the store cannot tell is refused."""

from __future__ import annotations

from datetime import date

import pytest

from billing.period import parse_period


def test_a_month_knows_its_neighbors() -> None:
    december = parse_period("2026-12")
    assert (december.first, str(december.next), str(december.previous)) == (date(2026, 12, 1), "2027-01", "2026-11")
    assert parse_period("1970-01").first == date(1970, 1, 1)
    assert str(parse_period("2148-12").next) == "2149-01"


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "", "2026-11\n", "٢٠٢٦-11"])
def test_what_is_no_month_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no month; write 2026-11"):
        parse_period(text)


@pytest.mark.parametrize("text", ["0000-01", "1969-12", "2149-01", "9999-12"])
def test_a_month_out_of_reach_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="months go from 1970-01 to 2148-12"):
        parse_period(text)
