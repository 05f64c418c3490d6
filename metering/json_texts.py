"""JSON as it is sent: a body cut into its events, each one's value and its text as it was written, or a plain value."""

from __future__ import annotations

import io
import json
import math
import re
from dataclasses import dataclass
from typing import Any

from metering.decode import LENIENT, PLAIN, STRICT

MOST_MARKS = 1_000_000  # braces, brackets and commas of a body: each is up to some 120 bytes of memory once decoded

_BLANK = re.compile(r"[ \t\n\r]*")
_WRAPPED = re.compile(r'[ \t\n\r]*\{[ \t\n\r]*"events"[ \t\n\r]*:[ \t\n\r]*\[')

_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # the escape of half a character, alone or beside its other half
_END_OF_WRAPPED = re.compile(r"[ \t\n\r]*\}[ \t\n\r]*")


class NotJson(ValueError):
    """A body that is no JSON text, or no event and no array of events."""


class TooManyEvents(ValueError):
    """A body of more events than may be sent at once: it is not read to its end."""


class TooManyValues(ValueError):
    """A body of more values than may be sent at once: it is not decoded at all."""


@dataclass(frozen=True, slots=True)
class Read:
    """One event as it came. ``problem`` says why it has no value: a key said twice, a number that is none."""

    value: Any
    text: str
    problem: str = ""


def require_few_values(body: bytes) -> None:
    """Refuse JSON that would fill the memory, before any of it is decoded; marks inside of texts count as well.

    Raises:
        TooManyValues: it has more braces, brackets and commas than ``MOST_MARKS``.

    """
    if (marks := sum(map(body.count, (b"{", b"[", b",")))) > MOST_MARKS:
        raise TooManyValues(f"the body has {marks:,} braces, brackets and commas; at most {MOST_MARKS:,}")


def value_of(body: bytes) -> Any:
    """Return what JSON that is no event says: every key of it once, every text one that can be written.

    Raises:
        NotJson: it is no such JSON.
        TooManyValues: it would fill the memory.

    """
    require_few_values(body)
    try:
        text = body.decode("utf-8-sig")
        value = PLAIN.decode(text)
        if _HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise NotJson("has half a character (a lone surrogate), which is no text") from None
    except (ValueError, RecursionError) as error:
        raise NotJson(f"is not JSON: {error}") from None
    return value


def events_of(body: bytes, *, most: float = math.inf) -> list[Read]:
    """Return the events of a JSON body: one object, an array, or ``{"events": [...]}``.

    Raises:
        NotJson: the body as a whole says nothing. An odd event among others is kept with its problem.
        TooManyEvents: it has more than ``most``.
        TooManyValues: it would fill the memory.

    """
    require_few_values(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotJson(f"the body is not UTF-8: {error}") from error
    start = _skip(text, 0)
    wrapped = _WRAPPED.match(text)
    if wrapped or text.startswith("[", start):
        found, end = _elements(text, wrapped.end() if wrapped else start + 1, most)
        if (_END_OF_WRAPPED if wrapped else _BLANK).fullmatch(text, end):
            return found
        if not wrapped:
            raise NotJson(f"the body is not JSON: more text after the array, at character {end}")
    if text.startswith("{", start):
        read, end = _one(text, start)
        if not _BLANK.fullmatch(text, end):
            raise NotJson(f"the body is not JSON: more text after the event, at character {end}")
        return [read]
    raise NotJson("the body is neither an event nor an array of events")


def events_of_lines(body: bytes, *, most: float = math.inf) -> list[Read]:
    """Return the events of an NDJSON body, one a line; blank lines are none. Every odd line has its problem.

    Raises:
        TooManyEvents: it has more than ``most``.
        TooManyValues: it would fill the memory.

    """
    require_few_values(body)
    found: list[Read] = []
    for line in io.BytesIO(body):  # one after the other: a body of line ends only would be millions
        if line.strip():
            _room(found, most)
            found.append(_line(line.removesuffix(b"\n")))
    return found


def _line(line: bytes) -> Read:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        return Read(None, line.decode("utf-8", errors="backslashreplace"), f"not UTF-8: {error}")
    try:
        value, end = STRICT.raw_decode(text)
    except (ValueError, RecursionError) as error:
        return Read(None, text, f"not JSON: {error}")
    return Read(value, text) if end == len(text) else Read(None, text, "not JSON: more than one value in a line")


def _elements(text: str, at: int, most: float) -> tuple[list[Read], int]:
    """Return the elements of an array that begins at a place, and where it ends."""
    found: list[Read] = []
    at = _skip(text, at)
    if text.startswith("]", at):
        return found, at + 1
    while True:
        _room(found, most)
        read, end = _one(text, at)
        found.append(read)
        at = _skip(text, end)
        mark = text[at : at + 1]
        if mark == "]":
            return found, at + 1
        if mark != ",":
            raise NotJson(f"the body is not JSON: neither a comma nor the end of the array at character {at}")
        at = _skip(text, at + 1)


def _one(text: str, start: int) -> tuple[Read, int]:
    """Read the value at a place. What is JSON but says something twice has no value and does not stop the others."""
    try:
        value, end = STRICT.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError):
            raise NotJson(f"the body is not JSON: {error}") from error
        try:
            _, end = LENIENT.raw_decode(text, start)
        except (ValueError, RecursionError) as worse:
            raise NotJson(f"the body is not JSON: {worse}") from worse
        return Read(None, text[start:end], str(error)), end
    return Read(value, text[start:end]), end


def _room(found: list[Read], most: float) -> None:
    if len(found) >= most:
        raise TooManyEvents(f"more than {most:,} events in one request")


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
