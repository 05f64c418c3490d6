"""How much a credential may send: events in a minute, said in every answer as the RateLimit headers say it."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from metering.api.problems import Problem

POLICY = "events"
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"


class EventLimit:
    """Events a minute for each source, in this process."""

    def __init__(self, events_per_minute: int) -> None:
        self._item = RateLimitItemPerMinute(events_per_minute)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def spend(self, source: str, events: int) -> Mapping[str, str]:
        """Count events against the limit and return the headers that say what is left.

        Raises:
            Problem: 429, it would be exceeded; nothing was counted.

        """
        if self._limiter.hit(self._item, source, cost=max(events, 1)):
            return self._headers(source)
        headers = self._headers(source)
        wait = headers["RateLimit"].rpartition("t=")[2]
        raise Problem(
            429,
            "rate_limited",
            f"more than {self._item.amount:,} events in a minute from {source}",
            type=QUOTA_EXCEEDED,
            headers={**headers, "Retry-After": wait},
            extension={"violated-policies": [POLICY]},
        )

    def _headers(self, source: str) -> dict[str, str]:
        stats = self._limiter.get_window_stats(self._item, source)
        reset = max(1, math.ceil(stats.reset_time - time.time()))
        return {
            "RateLimit-Policy": f'"{POLICY}";q={self._item.amount};w=60',
            "RateLimit": f'"{POLICY}";r={max(0, stats.remaining)};t={reset}',
        }
