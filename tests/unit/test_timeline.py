from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from billing.timeline import difference, laid

START = datetime(2026, 1, 1, tzinfo=UTC)


def row(rank: int, begin: int, end: int, price: int) -> dict[str, Any]:
    return {
        "rank": rank,
        "valid_from": START + timedelta(days=begin),
        "valid_to": START + timedelta(days=end),
        "price": price,
    }


def rank(said: Any) -> int:
    return int(said["rank"])


def in_force(rows: list[Any], day: int) -> Any:
    moment = START + timedelta(days=day)
    found = [one for one in rows if one["valid_from"] <= moment < one["valid_to"]]
    assert len(found) <= 1
    return found[0] if found else None


def test_a_newer_price_ends_the_older() -> None:
    assert laid([row(0, 0, 100, 5)], row(0, 10, 100, 6), rank) == [row(0, 0, 10, 5), row(0, 10, 100, 6)]


def test_an_older_price_ends_where_a_newer_one_stands() -> None:
    assert laid([row(0, 10, 100, 6)], row(0, 0, 100, 5), rank) == [row(0, 0, 10, 5), row(0, 10, 100, 6)]


def test_a_lower_rank_shows_where_the_higher_one_is_not() -> None:
    assert laid([row(2, 0, 100, 5)], row(0, 10, 20, 6), rank) == [
        row(2, 0, 10, 5),
        row(0, 10, 20, 6),
        row(2, 20, 100, 5),
    ]
    assert laid([row(0, 10, 20, 6)], row(2, 0, 100, 5), rank) == [
        row(2, 0, 10, 5),
        row(0, 10, 20, 6),
        row(2, 20, 100, 5),
    ]


def test_the_difference_appends_and_withdraws() -> None:
    held = [row(2, 0, 10, 5), row(2, 10, 100, 6)]
    wanted = [row(0, 0, 100, 7)]
    assert difference(held, wanted) == [row(2, 10, 10, 6), row(0, 0, 100, 7)]
    assert difference(held, held) == []


SPANS = st.tuples(st.integers(0, 30), st.integers(1, 31), st.integers(0, 2), st.integers(1, 9)).filter(
    lambda span: span[0] < span[1]
)


@given(st.lists(SPANS, max_size=8))
def test_rows_never_overlap_and_the_best_rank_that_speaks_stands(spans: list[tuple[int, int, int, int]]) -> None:
    rows: list[Any] = []
    for begin, end, level, price in spans:
        rows = laid(rows, row(level, begin, end, price), rank)
    for before, after in pairwise(rows):
        assert before["valid_from"] < before["valid_to"] <= after["valid_from"]
    for day in range(32):
        best = min((level for begin, end, level, _ in spans if begin <= day < end), default=None)
        found = in_force(rows, day)
        # A newer row of one rank ends an older one for good, so a lower rank may show there; never a better one.
        assert found is None or rank(found) >= (best if best is not None else 99)
        starts_today = [span for span in spans if span[0] == day and span[2] == best]
        if starts_today:
            assert found["price"] == starts_today[-1][3]
