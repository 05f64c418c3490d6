"""Which request traces are kept: all of them after a change and while there are few, some of them in steady state."""

from __future__ import annotations

import math
import random
import threading
import time

from farthing.events import new_id
from farthing.sampling import Thinning

_DENSE_SECONDS = 30.0


class Traces:
    """Thins request traces by class of status: a rare error is not drowned in what goes well."""

    def __init__(self, per_second: float) -> None:
        self._target = max(per_second, 0.001)
        self._chance = random.Random()
        self._lock = threading.RLock()
        self._classes: dict[int, _Class] = {}
        self._dense_until = time.monotonic() + _DENSE_SECONDS

    def changed(self) -> None:
        """Keep all traces for a while: a lifecycle event happened."""
        self._dense_until = time.monotonic() + _DENSE_SECONDS

    def keep(self, status: int, size: int) -> int:
        """Return how many traces this one stands for; 0 if it is not kept."""
        now = time.monotonic()
        with self._lock:
            found = self._classes.get(status // 100)
            if found is None:
                found = self._classes[status // 100] = _Class(Thinning(self._target, now, self._chance))
            weight = found.thinning.keep(now, is_dense=now < self._dense_until)
            if weight:
                found.note(weight, size)
            return weight

    def new_id(self) -> str:
        """Return an id for a trace and its weight."""
        return new_id(time.time_ns() // 1_000_000)

    def errors(self) -> dict[str, dict[str, float]]:
        """Return the stated errors by class: of the count (a bound), and of the sum of bytes out (one sigma)."""
        with self._lock:
            return {
                f"requests/{status}xx": {
                    "kept": found.kept,
                    "count_error": found.thinning.weight - 1,
                    "bytes_out_standard_error": round(math.sqrt(found.variance), 3),
                }
                for status, found in sorted(self._classes.items())
            }


class _Class:
    def __init__(self, thinning: Thinning) -> None:
        self.thinning = thinning
        self.kept = 0
        self.variance = 0.0
        self._last: float | None = None

    def note(self, weight: int, size: int) -> None:
        self.kept += 1
        if self._last is not None and weight > 1:
            self.variance += weight * (weight - 1) * (size - self._last) ** 2 / 2
        self._last = size
