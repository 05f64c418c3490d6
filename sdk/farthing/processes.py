"""The process that meters live in: its end and its forks are theirs as well."""

from __future__ import annotations

import atexit
import os
import threading
from typing import Protocol

_EXIT_SECONDS = 2.0


class Living(Protocol):
    """What a meter does when its process ends or is forked."""

    def close(self, timeout: float) -> None:
        """Send what can be sent in time."""

    def forked(self) -> None:
        """Begin anew in the child."""


_known: set[Living] = set()  # until they are closed
_lock = threading.Lock()
_is_hooked = False


def know(meter: Living) -> None:
    """Close a meter at the process's end, and tell it of forks."""
    global _is_hooked
    with _lock:
        _known.add(meter)
        if not _is_hooked:
            _is_hooked = True
            atexit.register(_close_all)
            if hasattr(os, "register_at_fork"):
                os.register_at_fork(after_in_child=_after_fork)


def forget(meter: Living) -> None:
    """A meter is closed."""
    _known.discard(meter)


def _close_all() -> None:
    for meter in list(_known):
        meter.close(_EXIT_SECONDS)


def _after_fork() -> None:
    global _lock
    _lock = threading.Lock()  # whoever held it is not in this process
    for meter in list(_known):
        meter.forked()
