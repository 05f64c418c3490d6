"""What lines of new apps may cost: an hour is judged by what was known in it, however far the store is read."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from jobs.declaring import declare
from jobs.lines import HOURS_A_MONTH, laid, read_lines
from jobs.scoring import HISTORY
from tests.spiking_platform import HOUR, SPIKE, build, call, send
from warehouse.connect import Store
from warehouse.histories import record

BORN = SPIKE - 40 * HOUR
INPUT, OUTPUT = "input_tokens", "output_tokens"
CACHED = "cache_read_tokens"


def declared(store: Store, hours: int) -> dict[str, float]:
    """Return what the app's lines may cost, read until so many hours after its start."""
    lines = read_lines(store, start=SPIKE - HISTORY, end=BORN + hours * HOUR)
    panel = laid(store, lines)
    own = np.flatnonzero((panel.apps == "fresh") & (panel.first < panel.bars))
    return {str(panel.line_types[at]): panel.declared[at] for at in own}


def test_a_declaration_is_split_by_what_was_known_in_the_hour(store: Store) -> None:
    build(store, until=SPIKE)
    row = {"app_id": "fresh", "team_id": "growth", "environment": "production", "lifecycle": "ephemeral"}
    price = {"pricing_block": 1_000_000, "pricing_unit": "Tokens", "tier_starts": [], "tier_unit_prices": []}
    cached = {"sku_id": f"{CACHED}/openai/gpt-4o", "sku_price_id": CACHED, "list_unit_price": Decimal("1.25")}
    record(store, "apps", [row], by="test")
    record(store, "prices", [cached | price], by="test")
    declare(store, "fresh", {"expected_spend": Decimal(730)}, by="test")
    declare(store, "fresh", {"expected_spend": Decimal(73_000)}, by="test", at=BORN + 30 * HOUR)
    events = [call("fresh", BORN + hour * HOUR, 1_000_000) for hour in range(40)]
    for event in events[2:]:  # from its third hour on it answers at length, later from a cache too
        event["quantities"][OUTPUT] = 5_000_000
    for event in events[10:]:
        event["quantities"][CACHED] = 8_000_000
    send(store, events)
    in_all = 730 / HOURS_A_MONTH
    first = declared(store, 1)
    assert first[INPUT] == pytest.approx(in_all * (0.9 * 2.5 / 3.5 + 0.05))
    assert sum(first.values()) == pytest.approx(in_all)
    for hours in (2, 8, 12, 31, 40):
        later = declared(store, hours)
        assert {meter: later[meter] for meter in first} == first, hours
        if hours > 10:
            assert later[CACHED] == pytest.approx(in_all * (0.9 * 10 / 62.5 + 0.1 / 3))
        assert np.isfinite(list(later.values())).all()
