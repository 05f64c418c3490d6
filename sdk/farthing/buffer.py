"""Where events wait: on disk while the disk takes them, else in bounded memory, else nowhere, and counted."""

from __future__ import annotations

import errno
import threading
import time
from collections import deque

from farthing.counters import Counters
from farthing.journal import Batch, Journal, SpoolFull
from farthing.spool import Spool

_PATIENCE = 0.1  # seconds that a caller waits for another one's write
_SLOW = 0.1  # a write takes microseconds; one slow write may be a busy processor, two in a row are an ill disk
_SLOW_IN_A_ROW = 2
_REST = 2.0  # seconds at most in which callers do not touch an ill disk; the exporter tries it sooner
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Buffer:
    """Takes events from any thread and gives them to one. ``put`` never raises and hardly ever waits."""

    def __init__(self, spool: Spool, counters: Counters, memory_bytes: int) -> None:
        self.spool = spool
        self.journal: Journal | None = None
        self._counters = counters
        self._memory: deque[bytes] = deque()
        self._memory_bytes = 0
        self._memory_limit = memory_bytes
        # Not re-entrant: a signal handler that records while its thread appends must not find half an append.
        self._disk_lock = threading.Lock()
        self._inside: set[int] = set()  # threads that hold it or wait for it
        self._memory_lock = threading.RLock()
        self._rests_until = 0.0
        self._why = ""
        self._slow = 0

    def put(self, event: bytes) -> bool:
        """Take an event: when this returns it is safe from the death of the process, unless the disk is ill.

        Returns whether there was room for it at all; what was dropped is counted.
        """
        reason = self._to_disk(event)
        is_taken = not reason or self._to_memory(event)
        if not is_taken:
            self._counters.add(f"dropped.{reason}")
        self._counters.add("recorded")
        return is_taken

    def rescue(self) -> None:
        """Move what waits in memory to the disk, as far as it takes it; the exporter's thread tries for all."""
        if self._memory:
            self._rests_until = 0.0
        while waiting := self.peek_memory(1, 0).events:
            if self._to_disk(waiting[0]):
                return
            self._forget(waiting)

    def peek_memory(self, events: int, size: int) -> Batch:
        """Return the oldest events in memory."""
        found: list[bytes] = []
        with self._memory_lock:
            for event in self._memory:
                size -= len(event)
                if len(found) == events or (found and size < 0):
                    break
                found.append(event)
        return Batch(found)

    def ack_memory(self, batch: Batch) -> None:
        """Let go of the oldest events in memory."""
        self._forget(batch.events)

    def close(self) -> None:
        """Leave what waits to the next process, as far as it is on disk."""
        self.rescue()
        with self._memory_lock:
            self._counters.add("dropped.lost_at_exit", len(self._memory))
            self._forget(list(self._memory))
        if self._disk_lock.acquire(timeout=_PATIENCE):  # who hangs in a write keeps the journal until the process ends
            try:
                if self.journal:
                    self.journal.close()
                    self.journal = None
            finally:
                self._disk_lock.release()

    def abandon(self) -> None:
        """Let go of the files of the process that this one was forked from."""
        if self.journal:
            self.journal.abandon()

    @property
    def in_memory(self) -> int:
        """How many events wait in memory."""
        return len(self._memory)

    def _to_disk(self, event: bytes) -> str:
        """Return "" if the event is on disk, else why not."""
        if time.monotonic() < self._rests_until:
            return self._why
        thread = threading.get_ident()
        if thread in self._inside:
            return "busy"
        self._inside.add(thread)
        try:
            return self._append(event)
        finally:
            self._inside.discard(thread)

    def _append(self, event: bytes) -> str:
        if not self._disk_lock.acquire(timeout=_PATIENCE):
            self._note_slow()
            return "disk_slow"
        began = time.monotonic()
        try:
            journal = self.journal = self.journal or self.spool.begin()
            journal.append(event, self.spool.room)
        except SpoolFull:
            return self._rest("spool_full")
        except OSError as error:
            return self._rest("disk_full" if error.errno in _FULL else "disk_error")
        finally:
            self._disk_lock.release()
        if time.monotonic() - began > _SLOW:
            self._note_slow()
        else:
            self._slow = 0
        return ""

    def _note_slow(self) -> None:
        self._slow += 1
        if self._slow >= _SLOW_IN_A_ROW:
            self._rest("disk_slow")

    def _rest(self, why: str) -> str:
        self._why, self._rests_until = why, time.monotonic() + _REST
        return why

    def _to_memory(self, event: bytes) -> bool:
        with self._memory_lock:
            if self._memory_bytes + len(event) > self._memory_limit:
                return False
            self._memory_bytes += len(event)
            self._memory.append(event)
            return True

    def _forget(self, events: list[bytes]) -> None:
        """Let go of these, the oldest; at the end two threads may be at it, and none takes what the other left."""
        with self._memory_lock:
            for event in events:
                if self._memory and self._memory[0] is event:
                    self._memory.popleft()
                    self._memory_bytes -= len(event)
