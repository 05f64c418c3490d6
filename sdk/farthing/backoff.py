"""How long to wait before the next attempt: exponential, with full jitter, and never sooner than the store asked."""

from __future__ import annotations

import random
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 30.0
_LONGEST_ASKED = 3600.0  # a Retry-After of a year would be a mistake


class Backoff:
    """Consecutive failures and the pause after each. Full jitter: any pause from 0 to the ceiling, all alike likely."""

    def __init__(self, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._first, self._longest = first, longest
        self._failures = 0
        self._chance = random.Random()

    def failed(self, asked: float | None) -> float:
        """Return the seconds to wait after one more failure; ``asked`` is the store's Retry-After."""
        ceiling = min(self._longest, self._first * 2.0 ** min(self._failures, 30))
        self._failures += 1
        pause = self._chance.uniform(0, ceiling)
        # Everybody who was told the same second would come back in it: the jitter is added.
        return pause if asked is None else min(asked, _LONGEST_ASKED) + min(pause, 1.0)

    def succeeded(self) -> None:
        """Begin anew."""
        self._failures = 0


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a Retry-After header, given in seconds or as a date; None if there is none to read.

    A date is read against the answer's own Date: the host's clock may be wrong.
    """
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        pause = parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("date", ""))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return max(pause.total_seconds(), 0.0)
