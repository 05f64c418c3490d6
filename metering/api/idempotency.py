"""``Idempotency-Key``: the same request gets the same answer; another request under the same key is refused."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from metering.api.problems import Problem
from warehouse.connect import Store

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
_LONGEST = 255
_JSON = "application/json"
_DATA, _BASE64 = "data:", ";base64,"


class Answers:
    """The answers given to requests with a key, for a day."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._in_flight: set[tuple[str, str]] = set()

    async def once(
        self, request: Request, source: str, body: bytes, answer: Callable[[], Awaitable[Response]]
    ) -> Response:
        """Return the answer to a request: the one given before where it carries a key that was used for it.

        Raises:
            Problem: 400 no usable key, 409 its first request is still at work, 422 it was used for another request.

        """
        key = request.headers.get(HEADER)
        if key is None:
            return await answer()
        if not 0 < len(key) <= _LONGEST or not key.isascii() or not key.isprintable():
            raise Problem(400, "bad_idempotency_key", f"{HEADER} is 1 to {_LONGEST} printable ASCII characters")
        with self._lock:
            if (source, key) in self._in_flight:
                text = f"the first request with this {HEADER} is still at work"
                raise Problem(409, "in_flight", text, headers={"Retry-After": "1"})
            self._in_flight.add((source, key))
        try:
            digest = hashlib.sha256(request.url.path.encode() + b"\n" + body).hexdigest()
            if (given := await run_in_threadpool(self._given, source, key, digest)) is not None:
                return given
            made = await answer()
            if made.status_code < 400:
                await run_in_threadpool(self._keep, source, key, digest, made)
            return made
        finally:
            with self._lock:
                self._in_flight.discard((source, key))

    def _given(self, source: str, key: str, digest: str) -> Response | None:
        rows = self._store.rows(
            "SELECT body_digest, status, response FROM idempotency_records "
            "WHERE source = {source:String} AND idempotency_key = {key:String} AND answered_at > {since:DateTime64(3)} "
            "ORDER BY answered_at DESC LIMIT 1",
            {"source": source, "key": key, "since": (datetime.now(UTC) - KEPT).strftime("%Y-%m-%d %H:%M:%S.%f")[:23]},
        )
        if not rows:
            return None
        if rows[0]["body_digest"] != digest:
            raise Problem(422, "idempotency_key_reused", f"this {HEADER} was used for another request")
        body, media_type = _read(rows[0]["response"])
        return Response(body, rows[0]["status"], {"Idempotency-Replayed": "true"}, media_type)

    def _keep(self, source: str, key: str, digest: str, made: Response) -> None:
        self._store.insert_rows(
            "idempotency_records",
            [
                {
                    "source": source,
                    "idempotency_key": key,
                    "body_digest": digest,
                    "status": made.status_code,
                    "response": _written(made),
                    "answered_at": datetime.now(UTC),
                }
            ],
        )


def _written(made: Response) -> str:
    """An answer as a text: JSON as it is, anything else as a ``data:`` URL, which has its media type."""
    body = bytes(made.body)
    if not body or made.media_type == _JSON:
        return body.decode()
    return f"{_DATA}{made.media_type}{_BASE64}{base64.b64encode(body).decode()}"


def _read(kept: str) -> tuple[bytes | None, str | None]:
    """Return the body of an answer that was kept, and its media type."""
    if not kept:
        return None, None
    if kept.startswith(_DATA):
        media_type, _, body = kept.removeprefix(_DATA).partition(_BASE64)
        return base64.b64decode(body), media_type
    return kept.encode(), _JSON
