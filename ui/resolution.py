"""Which table of charges answers a question: by day, or by hour and resource."""

from __future__ import annotations

from collections.abc import Iterable

FINE = frozenset({"hour", "resource_id"})  # what charges by day do not tell apart


def charges_for(dimensions: Iterable[str], grain: str | None = None) -> str:
    """Return the smallest table that knows these dimensions, whether split by or filtered, at this grain."""
    return "charges" if grain == "hour" or not FINE.isdisjoint(dimensions) else "daily_charges"
