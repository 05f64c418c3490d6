"""What became of every event: nothing is lost in silence."""

from __future__ import annotations

import threading
from collections import deque

_FOLD = 4096


class Counters:
    """Named counts. ``dropped.<reason>`` are events that are gone; all other names are said in the README.

    recorded + recovered = accepted + duplicates + quarantined + set_aside + dropped.* + pending, whenever the exporter
    rests. Exact in threads and in signal handlers: counting is one append, adding up is done by one at a time.
    """

    def __init__(self) -> None:
        self._news: deque[tuple[str, int]] = deque()
        self._counts: dict[str, int] = {}
        self._fold_lock = threading.Lock()

    def add(self, name: str, count: int = 1) -> None:
        """Count."""
        if count:
            self._news.append((name, count))
            if len(self._news) > _FOLD:
                self._fold(0)

    def snapshot(self) -> dict[str, int]:
        """Return all counts, by name."""
        self._fold(1)
        return dict(sorted(self._counts.items()))

    def _fold(self, patience: float) -> None:
        if not self._fold_lock.acquire(timeout=patience):
            return  # somebody else is at it
        try:
            for _ in range(len(self._news)):
                name, count = self._news.popleft()
                self._counts[name] = self._counts.get(name, 0) + count
        finally:
            self._fold_lock.release()
