"""Meter a micro app: ``from farthing import meter`` and ``@meter.call``; nothing starts before the first event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from farthing.calls import Call
from farthing.recorder import Meter
from farthing.transport import VERSION as __version__
from farthing.usage import Usage, from_anthropic, from_openai

if TYPE_CHECKING:
    meter: Meter

__all__ = ["Call", "Meter", "Usage", "__version__", "from_anthropic", "from_openai", "meter"]


def __getattr__(name: str) -> Any:
    if name == "meter":
        # The process's own, from FARTHING_URL, FARTHING_TOKEN, FARTHING_APP_ID and so on.
        made = globals()["meter"] = Meter()
        return made
    raise AttributeError(f"module 'farthing' has no attribute {name!r}")
