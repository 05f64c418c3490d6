"""Reading a request's body within bounds, and cutting it into events."""

from __future__ import annotations

import json
import re
import zlib
from typing import Any, TypeVar

import zstandard
from starlette.requests import Request

from metering.api.problems import Problem

MOST_SENT_BYTES = 4 * 1024 * 1024
MOST_BYTES = 16 * 1024 * 1024  # decompressed
MOST_EVENTS = 20_000

JSON, NDJSON = "application/json", ("application/x-ndjson", "application/ndjson", "application/jsonl")
CLOUDEVENT, CLOUDEVENTS = "application/cloudevents+json", "application/cloudevents-batch+json"
PROTOBUF = "application/x-protobuf"
_DECODER = json.JSONDecoder(parse_float=str, parse_int=str)
Event = TypeVar("Event", str, bytes)
_WRAPPED = re.compile(r'[ \t\n\r]*\{[ \t\n\r]*"events"[ \t\n\r]*:[ \t\n\r]*\[')
_BLANK = re.compile(r"[ \t\n\r]*")


def media_type(request: Request, taken: tuple[str, ...]) -> str:
    """Return the media type of the body.

    Raises:
        Problem: 415, it is none of those taken. None is said means none is taken: a page of another site can send a
            body without a type, and only that.

    """
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said not in taken:
        raise Problem(415, "unsupported_media_type", f"Content-Type {said or 'is missing'}; taken: {', '.join(taken)}")
    return said


async def read_body(request: Request) -> bytes:
    """Return the decompressed body.

    Raises:
        Problem: 413 it is larger than allowed, sent or decompressed; 415 an encoding that is not taken; 400 it is
            not whole.

    """
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said) > MOST_SENT_BYTES:
        raise _too_large("sent", MOST_SENT_BYTES)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_SENT_BYTES:
            raise _too_large("sent", MOST_SENT_BYTES)
        parts.append(part)
    return decompressed(b"".join(parts), request.headers.get("content-encoding", ""))


def decompressed(sent: bytes, encoding: str) -> bytes:
    """Return what was sent, decompressed; never more than the bound is made, however much was promised.

    Raises:
        Problem: as ``read_body``.

    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return sent
    if encoding == "gzip":
        return _gunzip(sent)
    if encoding == "zstd":
        return _unzstd(sent)
    raise Problem(
        415,
        "unsupported_encoding",
        f"Content-Encoding {encoding!r}; taken: gzip, zstd, identity",
        headers={"Accept-Encoding": "gzip, zstd"},
    )


def _gunzip(sent: bytes) -> bytes:
    made, rest = bytearray(), sent
    try:
        while rest:  # a gzip file may have several members
            member = zlib.decompressobj(wbits=31)
            made += member.decompress(rest, MOST_BYTES + 1 - len(made))
            if len(made) > MOST_BYTES:
                raise _too_large("decompressed", MOST_BYTES)
            if not member.eof:
                raise Problem(400, "bad_encoding", "the gzip body is cut off")
            rest = member.unused_data
    except zlib.error as error:
        raise Problem(400, "bad_encoding", f"the body is not gzip: {error}") from error
    return bytes(made)


def _unzstd(sent: bytes) -> bytes:
    # A frame may demand a window of gigabytes: that too is bounded.
    reader = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024).stream_reader(sent, read_across_frames=True)
    try:
        made = reader.read(MOST_BYTES + 1)
    except zstandard.ZstdError as error:
        raise Problem(400, "bad_encoding", f"the body is not zstd: {error}") from error
    if len(made) > MOST_BYTES:
        raise _too_large("decompressed", MOST_BYTES)
    return bytes(made)


def _too_large(how: str, most: int) -> Problem:
    return Problem(413, "body_too_large", f"the body is larger than {most:,} bytes {how}; send smaller batches")


def lines(body: bytes) -> list[bytes]:
    """Return the events of an NDJSON body."""
    return _bounded([line for line in body.split(b"\n") if line.strip()])


def members(body: bytes) -> list[str]:
    """Return the events of a JSON body, each as it was written: one object, an array, or ``{"events": […]}``.

    Raises:
        Problem: 400 it is not JSON, 413 there are too many.

    """
    text = _text(body)
    start = _skip(text, 0)
    if text.startswith("[", start):
        return _bounded(_elements(text, start))
    if text.startswith("{", start):
        if (wrapped := _WRAPPED.match(text)) and list(parsed(text)) == ["events"]:
            return _bounded(_elements(text, wrapped.end() - 1))
        return [text.strip()]
    parsed(text)
    raise Problem(400, "not_events", "the body is neither an event nor an array of events")


def parsed(text: str) -> Any:
    """Parse a whole JSON text, numbers as text.

    Raises:
        Problem: 400.

    """
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "not_json", f"the body is not JSON: {error}") from error


def _elements(text: str, start: int) -> list[str]:
    """Cut an array into the texts of its elements; whether each is an event is judged later."""
    found: list[str] = []
    scan, skip = _DECODER.raw_decode, _skip
    at = _skip(text, start + 1)
    if text.startswith("]", at):
        return found
    try:
        while True:
            _, end = scan(text, at)
            found.append(text[at:end])
            at = skip(text, end)
            mark = text[at : at + 1]
            at = skip(text, at + 1)
            if mark == "]":
                break
            if mark != ",":
                raise Problem(400, "not_json", f"the body is not JSON: no comma or end of array at character {at}")
    except (ValueError, RecursionError) as error:
        raise Problem(400, "not_json", f"the body is not JSON: {error}") from error
    return found


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(400, "not_utf8", f"the body is not UTF-8: {error}") from error


def _bounded(events: list[Event]) -> list[Event]:
    if len(events) > MOST_EVENTS:
        raise Problem(413, "too_many_events", f"{len(events):,} events in one request; at most {MOST_EVENTS:,}")
    return events
