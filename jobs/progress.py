"""How far long work has come, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

# Told what is being done now, and which share of the whole is behind it.
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """Work under way: ``step`` is what is done now, ``share`` (0 to 1) is behind it, and it began at ``since``."""

    step: str
    share: float
    since: datetime


def untold(_step: str, _share: float) -> None:
    """Tell nobody."""
