"""A store across a real wire, and meters that are closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from farthing import Meter

from tests.sdk.workbench import Workbench


@pytest.fixture
def workbench() -> Iterator[Workbench]:
    with Workbench() as started:
        yield started


@pytest.fixture
def new_meter(workbench: Workbench, tmp_path: Path) -> Iterator[Callable[..., Meter]]:
    made = []

    def new(**settings: object) -> Meter:
        defaults = {"url": workbench.url, "token": "key", "app_id": "shop", "resource_id": "r1"}
        meter = Meter(**{**defaults, "spool": tmp_path / "spool", **settings})
        made.append(meter)
        return meter

    yield new
    for meter in made:
        meter.close(timeout=1)


@pytest.fixture
def meter(new_meter: Callable[..., Meter]) -> Meter:
    return new_meter()


def settled(meter: Meter) -> dict[str, int]:
    """Return the counters, after checking that no event is unaccounted for."""
    counts = meter.counters()
    ends = ("accepted", "duplicates", "quarantined", "set_aside", "pending")
    dropped = sum(count for name, count in counts.items() if name.startswith("dropped.") and name != "dropped.torn")
    taken = counts.get("recorded", 0) + counts.get("recovered", 0)
    assert taken == sum(counts.get(name, 0) for name in ends) + dropped, counts
    return counts
