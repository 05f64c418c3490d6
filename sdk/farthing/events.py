"""Canonical events, made once: the bytes that are recorded are the bytes of every retry."""

from __future__ import annotations

import json
import os
import time
import uuid
from decimal import Decimal
from typing import Any, Union

Quantity = Union[int, float, str, Decimal]

MAX_EVENT_BYTES = 64 * 1024
_DECIMALS = Decimal("1e-9")  # what the store keeps of a quantity


class InvalidEvent(ValueError):
    """Something was reported that is no event; the message says what."""


def encode(kind: str, fields: dict[str, Any], *, milliseconds: int | None = None) -> bytes:
    """Return one canonical event as JSON bytes without a line break, with an id and a time stamp of its own.

    Raises:
        InvalidEvent: it is larger than the store takes, or is no JSON.

    """
    now = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    said = {name: value for name, value in fields.items() if value is not None and value != ""}
    event = {"type": kind, "event_id": said.pop("event_id", None) or new_id(now), "time": instant(now), **said}
    try:
        text = json.dumps(event, separators=(",", ":"), allow_nan=False, default=str)
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidEvent(f"not JSON: {error}") from error
    if len(text) > MAX_EVENT_BYTES:
        raise InvalidEvent(f"an event of {len(text)} bytes; the store takes {MAX_EVENT_BYTES}")
    return text.encode("ascii")


def new_id(milliseconds: int) -> str:
    """Return a UUID of version 7: unique whatever the clock says, and in order while it is right."""
    chance = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | (chance >> 64 & 0xFFF) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | chance & 0x3FFFFFFFFFFFFFFF))


def instant(milliseconds: int) -> str:
    """Return a time as RFC 3339 in UTC, to the millisecond."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{rest:03d}Z"


def quantity_text(value: Quantity) -> str:
    """Return a quantity as decimal text, "" for nothing. A float is rounded to nine decimals, all else is exact.

    Raises:
        InvalidEvent: it is no number, not finite, or below zero.

    """
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise InvalidEvent(f"quantity {value!r} is not a number")
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except ArithmeticError as error:
        raise InvalidEvent(f"quantity {value!r} is not a number") from error
    if not number.is_finite() or number < 0:
        raise InvalidEvent(f"quantity {value!r} is not a number above zero")
    if number.adjusted() > 30:
        raise InvalidEvent(f"quantity {value!r} is too large")
    if isinstance(value, float):
        number = number.quantize(_DECIMALS).normalize()
    return f"{number:f}" if number else ""
