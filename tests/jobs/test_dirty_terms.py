"""A setting that decides charges makes their days dirty, as a history does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.settings import Settings
from jobs.dirty import dirty_days
from jobs.rate import cost_charges_sql, rate, usage_charges_sql
from metering.decode import decode_lines
from metering.door import admit, history_terms
from warehouse.connect import Store

EVENT = '{"source": "t", "event_id": "e", "time": "2026-01-05T10:00:00Z", "meter": "egress_bytes", "quantity": 1}'


@pytest.fixture(autouse=True)
def _compiled_anew() -> Iterator[None]:
    """Settings hold for a process, and so does the compiled SQL; this test changes them."""
    yield
    usage_charges_sql.cache_clear()
    cost_charges_sql.cache_clear()


def test_another_default_cost_center_moves_what_nobody_owns(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, staged in decode_lines([EVENT]).items():
        admit(store, kind, staged, history_terms("t"))
    rate(store)
    assert dirty_days(store) == []
    for module in ("jobs.dirty", "jobs.rate"):
        monkeypatch.setattr(f"{module}.settings", lambda: Settings(default_cost_center="cc-new"))
    usage_charges_sql.cache_clear()
    assert len(dirty_days(store)) == 1
    rate(store)
    assert store.rows("SELECT cost_center FROM charges") == [{"cost_center": "cc-new"}]
    assert dirty_days(store) == []
