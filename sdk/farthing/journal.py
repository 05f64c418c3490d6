"""One process's events on disk: append-only segments, and how far they were delivered.

A record is a line: CRC-32 in hex, a space, the event, a line break. A write that was cut (kill -9, full disk) leaves
a line whose sum is wrong; it is skipped and counted, and what follows it is read. The lock of a journal lives as long
as its process, so whoever gets it afterwards may deliver what is left.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
import zlib
from pathlib import Path
from typing import Callable, NamedTuple

SEGMENT_BYTES = 1024 * 1024
_CURSOR_BYTES = 33
_PRIVATE = 0o600


class SpoolFull(OSError):
    """The spool holds as many bytes as it may."""


class Batch(NamedTuple):
    """Events that wait, the place after them, and how many torn records lie before it."""

    events: list[bytes]
    segment: int = 0
    offset: int = 0
    torn: int = 0


class Journal:
    """The segments of one folder. One thread appends at a time; one thread reads."""

    def __init__(self, folder: Path, lock: int) -> None:
        """Read what a process left in ``folder``, whose ``lock`` (a descriptor) we hold."""
        self.folder = folder
        self._lock = lock
        self._using = threading.Lock()  # whoever writes the cursor, or ends
        self._active: int | None = None  # descriptor of the segment that is appended to
        # Its number and how far it is written; one tuple, so that the reading thread never sees half of a change.
        self._end = (max(self._segments(), default=0), 0)
        self._cursor = os.open(folder / "cursor", os.O_RDWR | os.O_CREAT, _PRIVATE)
        self._segment, self._offset = self._read_cursor()

    def append(self, event: bytes, room: Callable[[], int]) -> None:
        """Append one event, safe from the death of this process. ``room()`` says what a new segment may take.

        Raises:
            SpoolFull: no new segment may be begun.
            OSError: the disk did not take it; nothing of it is left.

        """
        line = b"%08x %s\n" % (zlib.crc32(event), event)
        active = self._active
        if active is None or self._end[1] + len(line) > SEGMENT_BYTES:
            active = self._roll(room)
        try:
            written = os.write(active, line)
            if written != len(line):
                raise OSError(errno.ENOSPC, "only part of an event was written")
        except OSError:
            self._undo(active)
            raise
        self._end = (self._end[0], self._end[1] + written)

    def peek(self, events: int, size: int) -> Batch:
        """Return the events that wait, at most so many and so many bytes; none if nothing does."""
        segment, offset, torn = self._segment, self._offset, 0
        numbers = self._segments()
        while True:
            last, written = self._end
            is_active = self._active is not None and segment == last
            data = self._read(segment, offset, min(size, written - offset) if is_active else size)
            found, length, bad = _parse(data, events)
            offset, torn = offset + length, torn + bad
            if found:
                return Batch(found, segment, offset, torn)
            if not length:
                torn += bool(data)  # no whole line is left: the last write of a process that died in it
                later = [number for number in numbers if number > segment]
                if is_active or not later:
                    return Batch([], segment, offset + len(data), torn)
                segment, offset = later[0], 0

    def ack(self, batch: Batch) -> None:
        """Remember that a batch is dealt with, and delete the segments before its end.

        If the disk does not take the cursor, the worst is that the batch is sent again: the same events.
        """
        first, self._segment, self._offset = self._segment, batch.segment, batch.offset
        text = b"%010d %012d " % (batch.segment, batch.offset)
        # A descriptor that was closed may already be a file of the host's: never written to after the end.
        with self._using, contextlib.suppress(OSError):
            if self._cursor >= 0:
                os.pwrite(self._cursor, text + b"%08x\n" % zlib.crc32(text), 0)
        if first != batch.segment:
            for number in self._segments():
                if number < batch.segment:
                    with contextlib.suppress(OSError):
                        self._path(number).unlink()

    def count(self) -> int:
        """Return how many events wait."""
        total, at = 0, (self._segment, self._offset)
        for number in self._segments():
            if number >= at[0]:
                data = self._read(number, at[1] if number == at[0] else 0, SEGMENT_BYTES)
                total += len(_parse(data, SEGMENT_BYTES)[0])
        return total

    def close(self) -> None:
        """Let go; the folder stays if anything waits, for the next process."""
        with contextlib.suppress(OSError):
            if not self.peek(1, SEGMENT_BYTES).events:
                for path in [*self.folder.glob("*.seg"), self.folder / "cursor", self.folder / "lock"]:
                    path.unlink()
                self.folder.rmdir()
        with self._using:
            self.abandon()

    def abandon(self) -> None:
        """Close the descriptors and touch nothing else: what a forked child does with its parent's journal."""
        held = (self._active, self._cursor, self._lock)
        self._active, self._cursor, self._lock = None, -1, -1
        for descriptor in held:
            if descriptor is not None and descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)

    def _roll(self, room: Callable[[], int]) -> int:
        if room() < SEGMENT_BYTES:
            raise SpoolFull(errno.EDQUOT, "the spool is full")
        number = self._end[0] + 1
        opened = os.open(self._path(number), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, _PRIVATE)
        before, self._active, self._end = self._active, opened, (number, 0)
        if before is not None:
            os.close(before)
        return opened

    def _undo(self, active: int) -> None:
        """Cut off what was written of a record, or end the segment, so that the next record begins a line."""
        try:
            os.ftruncate(active, self._end[1])
        except OSError:
            os.close(active)
            self._active = None

    def _segments(self) -> list[int]:
        return sorted(int(path.stem) for path in self.folder.glob("*.seg"))

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:010d}.seg"

    def _read(self, segment: int, offset: int, size: int) -> bytes:
        try:
            with self._path(segment).open("rb") as file:
                file.seek(offset)
                return file.read(size)
        except FileNotFoundError:
            return b""

    def _read_cursor(self) -> tuple[int, int]:
        text = os.pread(self._cursor, _CURSOR_BYTES, 0)
        numbers = self._segments()
        first = numbers[0] if numbers else self._end[0] + 1
        if len(text) == _CURSOR_BYTES and text[24:32] == b"%08x" % zlib.crc32(text[:24]):
            segment, offset = int(text[:10]), int(text[11:23])
            return (segment, offset) if segment >= first else (first, 0)
        return first, 0


def _parse(data: bytes, events: int) -> tuple[list[bytes], int, int]:
    """Return whole events, the bytes they took, and how many lines were torn."""
    found: list[bytes] = []
    torn = at = 0
    while len(found) < events:
        end = data.find(b"\n", at)
        if end < 0:
            break
        line, at = data[at:end], end + 1
        if line[:8] == b"%08x" % zlib.crc32(line[9:]) and line[8:9] == b" ":
            found.append(line[9:])
        else:
            torn += 1
    return found, at, torn
