"""What was refused and not kept, counted: with the batches, everything that was ever received."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from warehouse.connect import Store

_LONGEST_EXAMPLE = 500
_MOST_KINDS = 1_000  # counted apart at a time; sources are ours, so there are never so many


@dataclass(slots=True)
class _Count:
    requests: int = 0
    events: int = 0
    example: str = ""


class Refusals:
    """Counts by source and reason, until they are written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str], _Count] = {}

    def note(self, source: str, reason: str, example: str, *, requests: int = 0, events: int = 0) -> None:
        """Count a refusal. The example is what the caller was told: it holds no secret of theirs."""
        with self._lock:
            kind = (source, reason) if len(self._counts) < _MOST_KINDS else ("", reason)
            count = self._counts.setdefault(kind, _Count())
            count.requests += requests
            count.events += events
            count.example = example[:_LONGEST_EXAMPLE]

    def write(self, store: Store) -> None:
        """Write what was counted since the last time."""
        with self._lock:
            counts, self._counts = self._counts, {}
        now = datetime.now(UTC)
        rows = [
            {"at": now, "source": source, "reason": reason, "requests": count.requests, "events": count.events,
             "example": count.example}
            for (source, reason), count in counts.items()
        ]  # fmt: skip
        try:
            store.insert_rows("refusal_records", rows)
        except BaseException:
            for (source, reason), count in counts.items():
                self.note(source, reason, count.example, requests=count.requests, events=count.events)
            raise
