"""What was refused and not kept, counted: with the batches, everything that was ever received."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from metering.texts import writable
from warehouse.connect import Store

_LONGEST_EXAMPLE = 500
_MOST_KINDS = 1_000  # counted apart at a time; sources are ours, so there are never so many
_MOST_FAILURES = 3  # of rows written one by one: then it is the store that fails, not they


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
            known = (writable(source), writable(reason))
            kind = known if len(self._counts) < _MOST_KINDS else ("", known[1])
            count = self._counts.setdefault(kind, _Count())
            count.requests += requests
            count.events += events
            count.example = writable(example)[:_LONGEST_EXAMPLE]

    def write(self, store: Store) -> None:
        """Write what was counted since the last time.

        What is not written stays counted: all of it where the store fails, and only itself where it is the cause.
        """
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
        except Exception:
            self._write_each(store, rows)
        except BaseException:
            self._put_back(rows)
            raise

    def _write_each(self, store: Store, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write row by row, so that one that cannot be written does not hold back the others."""
        failed: dict[int, Exception] = {}
        tried = 0
        for number, row in enumerate(rows):
            if len(failed) == _MOST_FAILURES:
                break
            tried += 1
            try:
                store.insert_rows("refusal_records", [row])
            except Exception as error:
                failed[number] = error
        # Those that were not tried come first the next time.
        self._put_back([*rows[tried:], *(rows[number] for number in failed)])
        if failed:
            raise next(iter(failed.values()))

    def _put_back(self, rows: Sequence[Mapping[str, Any]]) -> None:
        for row in rows:
            self.note(row["source"], row["reason"], row["example"], requests=row["requests"], events=row["events"])
