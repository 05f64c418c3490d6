"""What a process can read about itself: for ``meter.watch`` and ``meter.tally``."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Callable

_GIGA = 1e9  # the store's GB, not GiB
_CGROUP = Path("/sys/fs/cgroup")


def cpu_seconds() -> float:
    """Return the processor time that the container has used, or where it has no cgroup of version 2, this process."""
    try:
        said = (_CGROUP / "cpu.stat").read_text(encoding="ascii").split()
        return int(said[said.index("usage_usec") + 1]) / 1e6
    except (OSError, ValueError, IndexError):
        return time.process_time()


def memory_gb() -> float:
    """Return the memory that the container uses now, or this process."""
    try:
        return int((_CGROUP / "memory.current").read_text(encoding="ascii")) / _GIGA
    except (OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _GIGA


def folder_gb(folder: str | os.PathLike[str]) -> Callable[[], float]:
    """Return a reading of what the files under a folder hold."""

    def read() -> float:
        total = 0
        for path, _, names in os.walk(folder):
            for name in names:
                try:
                    total += os.lstat(os.path.join(path, name)).st_size  # noqa: PTH118 - millions of files, maybe
                except FileNotFoundError:
                    continue  # deleted while we looked
        return total / _GIGA

    return read
