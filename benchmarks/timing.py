"""Wall and CPU seconds of a piece of work, and the quantiles of several."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the clock, and of this process on all its processors."""

    wall: float
    cpu: float
    result: Any = None


def spent(work: Callable[[], Any]) -> Spent:
    """Run once and measure."""
    before, began = os.times(), time.perf_counter()
    result = work()
    after = os.times()
    cpu = after.user + after.system - before.user - before.system
    return Spent(time.perf_counter() - began, cpu, result)


def p50(walls: list[float]) -> float:
    """Return the median."""
    return statistics.median(walls)


def p95(walls: list[float]) -> float:
    """Return the 95th percentile (the nearest rank at or above)."""
    return sorted(walls)[min(len(walls) - 1, -(-len(walls) * 95 // 100) - 1)]
