"""What formats of others have in common on their way to canonical events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from metering.event_types import EVENT_TYPES

# What a usage event may say. Whatever else others send describes their call and is left out: an owner, a cost or a
# cost center in a body counts for nothing.
_SAID = {*EVENT_TYPES["usage"].staged, "quantities", "llm_usage"}


class ShapeError(ValueError):
    """An event that does not have the shape it should; the message says what is missing."""


def only(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a usage event among others."""
    return {name: value for name, value in data.items() if name in _SAID and value is not None}
