"""What became of every event: nothing is lost in silence."""

from __future__ import annotations

import threading


class Counters:
    """Named counts. ``dropped.<reason>`` are events that are gone; all other names are said in the README.

    recorded + recovered = accepted + duplicates + quarantined + set_aside + dropped.* + pending, whenever the exporter
    rests. Safe in threads and in signal handlers.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()  # re-entrant: a signal handler may record while its own thread counts
        self._counts: dict[str, int] = {}

    def add(self, name: str, count: int = 1) -> None:
        """Count."""
        if count:
            with self._lock:
                self._counts[name] = self._counts.get(name, 0) + count

    def snapshot(self) -> dict[str, int]:
        """Return all counts, by name."""
        with self._lock:
            return dict(sorted(self._counts.items()))

    def __getitem__(self, name: str) -> int:
        with self._lock:
            return self._counts.get(name, 0)
