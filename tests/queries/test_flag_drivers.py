"""A flag's drivers: what made most of it comes first, of a spike as of a drop."""

from __future__ import annotations

from decimal import Decimal

import pytest

from queries.flag_drivers import flag_drivers
from tests.spiking_platform import HOUR, SPIKE, START, build, call, send
from warehouse.connect import Store
from warehouse.tables import table

COSTS = {"input_tokens": Decimal(10), "output_tokens": Decimal(4)}  # of 4,000,000 and a tenth of it


@pytest.mark.parametrize(
    ("expected", "first"),
    [
        ((12, 24), "output_tokens"),  # 2 and 20 are missing
        ((32, 3), "input_tokens"),  # 22 are missing, the other has 1 more
        ((9, 1), "output_tokens"),  # 1 and 3 more
        ((4, 6), "input_tokens"),  # 6 more, the other has 2 less
        ((12, 1), "output_tokens"),  # 3 more, the other has 2 less
    ],
)
def test_what_made_most_of_a_flag_comes_first(store: Store, expected: tuple[int, int], first: str) -> None:
    build(store, until=START)
    send(store, [call("chat", SPIKE, 4_000_000)])
    foreseen = dict(zip(COSTS, map(Decimal, expected), strict=True))
    kept = {"flag_id": "F-1", "app_id": "chat", "time": SPIKE, "lower": Decimal(0), "upper": Decimal(50)}
    store.insert_rows(
        "flag_baseline_records", [{**kept, "meter": meter, "expected": usd} for meter, usd in foreseen.items()]
    )
    inside = {"meters": list(COSTS), "start": SPIKE, "end": SPIKE + HOUR}
    asked = flag_drivers(table("charges"), table("flag_baselines"), flag_id="F-1", app_id="chat", **inside)
    rows = store.rows(asked)
    assert {row["meter"]: row["excess"] for row in rows} == {meter: COSTS[meter] - foreseen[meter] for meter in COSTS}
    assert rows[0]["meter"] == first
