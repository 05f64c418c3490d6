"""Reading a request's body within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import zstandard
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from metering.api.problems import Problem
from metering.json_texts import NotJson, TooManyValues, value_of

MOST_SENT_BYTES = 8 * 1024 * 1024
MOST_SMALL_BYTES = 64 * 1024
MOST_BYTES = 16 * 1024 * 1024  # decompressed
MOST_FRAMES = 1000  # of gzip they are called members
_MOST_WINDOW = 8 * 1024 * 1024  # a zstd frame may ask for gigabytes before it says a word
# What is unpacked at a time: some 4 MiB come of it at most (deflate makes 1,032 bytes of one, zstd 128 KiB of four).
_GZIP_SLICE, _ZSTD_SLICE = 4096, 128

JSON, PROTOBUF = "application/json", "application/x-protobuf"
NDJSON = ("application/x-ndjson", "application/ndjson", "application/jsonl")
CLOUDEVENT, CLOUDEVENTS = "application/cloudevents+json", "application/cloudevents-batch+json"


class _Strict(Request):
    """A request whose JSON is read as strictly here as where we read it ourselves."""

    async def json(self) -> Any:
        try:
            return value_of(await self.body())
        except (NotJson, TooManyValues) as error:
            raise HTTPException(400, f"the body {error}") from None


class SmallBody(APIRoute):
    """A route whose body the framework reads: never more than the bound, whoever sends it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            size = 0

            async def receive() -> Message:
                nonlocal size
                message = await request.receive()
                size += len(message.get("body", b""))
                if size > MOST_SMALL_BYTES:
                    raise HTTPException(413, f"the body is larger than {MOST_SMALL_BYTES:,} bytes")
                return message

            return await handle(_Strict(request.scope, receive))

        return bounded


def media_type(request: Request, *taken: str) -> str:
    """Return the media type of the body.

    Raises:
        Problem: 415, it is none of those taken. A body without one is not taken either: that is what a page of some
            other site can make a browser send.

    """
    said = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if said not in taken:
        text = f"Content-Type {said or 'is missing'}; taken: {', '.join(taken)}"
        raise Problem(415, "unsupported_media_type", text, headers={"Accept-Post": ", ".join(taken)})
    return said


async def read_body(request: Request) -> bytes:
    """Return the decompressed body.

    Raises:
        Problem: 413 it is larger than allowed, sent or decompressed; 415 an encoding that is not taken; 400 it is
            not whole.

    """
    said = request.headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said[:20]) > MOST_SENT_BYTES:
        raise _too_large("sent", MOST_SENT_BYTES)
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_SENT_BYTES:
            raise _too_large("sent", MOST_SENT_BYTES)
        parts.append(part)
    return decompressed(b"".join(parts), request.headers.get("content-encoding", ""))


def decompressed(sent: bytes, encoding: str) -> bytes:
    """Return what was sent, decompressed: never more than the bound is made, whatever was promised.

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
    text = f"Content-Encoding {encoding!r}; taken: gzip, zstd, identity"
    raise Problem(415, "unsupported_encoding", text, headers={"Accept-Encoding": "gzip, zstd"})


class _Unpacker(Protocol):
    """What unpacks one gzip member or one zstd frame."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def _gunzip(sent: bytes) -> bytes:
    try:
        return _unpacked(sent, "gzip", lambda: zlib.decompressobj(wbits=31), _GZIP_SLICE)
    except zlib.error as error:
        raise Problem(400, "bad_encoding", f"the body is not gzip: {error}") from None


def _unzstd(sent: bytes) -> bytes:
    frames = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
    try:
        return _unpacked(sent, "zstd", lambda: frames.decompressobj(), _ZSTD_SLICE)
    except zstandard.ZstdError as error:
        raise Problem(400, "bad_encoding", f"the body is not zstd: {error}") from None


def _unpacked(sent: bytes, name: str, begin: Callable[[], _Unpacker], step: int) -> bytes:
    """Unpack frame by frame, a few bytes at a time: a body is whole when its last frame says that it ended."""
    made, at, frames = bytearray(), 0, 0
    frame: _Unpacker | None = None
    while at < len(sent):
        if frame is None or frame.eof:
            frame, frames = begin(), frames + 1
            if frames > MOST_FRAMES:
                raise Problem(400, "bad_encoding", f"the {name} body has more than {MOST_FRAMES:,} frames")
        part = sent[at : at + step]
        made += frame.decompress(part)
        at += len(part) - len(frame.unused_data)
        if len(made) > MOST_BYTES:
            raise _too_large("decompressed", MOST_BYTES)
    if frame is not None and not frame.eof:
        raise Problem(400, "bad_encoding", f"the {name} body is cut off")
    return bytes(made)


def _too_large(how: str, most: int) -> Problem:
    return Problem(413, "body_too_large", f"the body is larger than {most:,} bytes {how}: send smaller batches")
