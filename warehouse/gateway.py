"""ClickHouse's HTTP protocol over the embedded store, for notebooks and other processes on this machine.

An embedded store belongs to one process. This lets the ordinary clients (clickhouse-connect, Ibis) read through it:
loopback only, with a token, read-only, each statement guarded, each reader in a database of views of what they may see.
"""

from __future__ import annotations

import base64
import binascii
import logging
import re
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import anyio
import chdb
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from warehouse.connect import Store
from warehouse.guard import Denied, Guard
from warehouse.readers import Reader, reader_database

log = logging.getLogger(__name__)

MOST_STATEMENT_BYTES = 1_000_000
AT_ONCE = 4  # statements running at the same time; more wait
MOST_SECONDS = 60
MOST_RESULT_BYTES = 512_000_000
MOST_MEMORY_BYTES = 2_000_000_000  # of one statement
_QUOTAS = {
    "max_execution_time": MOST_SECONDS,
    "max_result_bytes": MOST_RESULT_BYTES,
    "max_memory_usage": MOST_MEMORY_BYTES,
    "max_threads": 2,
    "session_timezone": "UTC",
    "join_use_nulls": 0,
}
# How an answer is written and the statement's time zone: nothing that says how much may be read or for how long, nor
# names a file, as a format's schema does.
_ALLOWED_SETTINGS = frozenset(
    {
        *("date_time_input_format", "date_time_output_format", "session_timezone", "join_use_nulls", "max_block_size"),
        *("cast_string_to_dynamic_use_inference", "cast_string_to_variant_use_inference", "use_uncompressed_cache"),
        *("input_format_null_as_default", "output_format_arrow_string_as_string", "output_format_json_quote_decimals"),
        *("output_format_json_quote_64bit_integers", "output_format_json_named_tuples_as_objects"),
        *("output_format_arrow_compression_method", "output_format_parquet_compression_method"),
    }
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Words of the transport: whether and how to compress or wait, sessions that do not exist here.
_TRANSPORT = frozenset(
    {
        *("query", "database", "default_format", "wait_end_of_query", "query_id", "session_id", "session_check"),
        *("session_timeout", "enable_http_compression", "http_zlib_compression_level", "compress", "decompress"),
        *("client_protocol_version", "send_progress_in_http_headers", "http_headers_progress_interval_ms", "role"),
        *("buffer_size", "quota_key", "cancel_http_readonly_queries_on_client_close", "user", "password", "readonly"),
    }
)
_CODES = {Denied: 497}

ReaderOf = Callable[[str], Reader | None]
IsLocal = Callable[[Mapping[str, Any]], bool]


class Gateway:
    """The way in for readers, while it is open."""

    def __init__(self, store: Store, reader_of: ReaderOf) -> None:
        """``reader_of`` tells whose a token is."""
        assert store.location.path is not None, "a server has its own HTTP interface"
        self._store = store
        self._reader_of = reader_of
        self._databases: dict[str, str] = {}
        self._making = threading.Lock()
        self._places = anyio.CapacityLimiter(AT_ONCE)

    async def answer(self, request: Request) -> Response:
        """Answer one statement."""
        reader = self._reader_of(_token(request))
        if reader is None:
            return _refusal(516, "Authentication failed: the password is a token of `farthing keys`", status=401)
        statement = request.query_params.get("query", "")
        body = await _body(request)
        if body is None:
            return _refusal(62, f"a statement has at most {MOST_STATEMENT_BYTES:,} bytes", status=413)
        sql = "\n".join(part for part in (statement, body) if part)
        said = {name: value for name, value in request.query_params.items() if name not in _TRANSPORT}
        parameters = {name.removeprefix("param_"): value for name, value in said.items() if name.startswith("param_")}
        settings = {name: value for name, value in said.items() if not name.startswith("param_")}
        form = (
            request.query_params.get("default_format") or request.headers.get("x-clickhouse-format") or "TabSeparated"
        )
        run = lambda: self._run(reader, sql, parameters, settings, form)  # noqa: E731
        return await anyio.to_thread.run_sync(run, limiter=self._places)

    def _run(
        self, reader: Reader, sql: str, parameters: dict[str, str], settings: dict[str, str], form: str
    ) -> Response:
        try:
            if strange := sorted(settings.keys() - _ALLOWED_SETTINGS):
                raise Denied(f"the setting {', '.join(strange)}")
            if strange := [name for name in (form, *parameters) if not _NAME.fullmatch(name)]:
                raise Denied(f"the name {', '.join(strange)}")
            with self._handle(reader, settings) as handle:
                Guard(partial(_ask, handle), sees_names=reader.sees_all).check(sql, parameters)
                answer = handle.query(sql, form, params=parameters).bytes()
        except (RuntimeError, Denied) as error:
            code, text = _code(error), str(error)
            log.info("gateway: %s was refused: %s", reader.name, text.splitlines()[0][:200])
            return _refusal(code, text, status=403 if code == _CODES[Denied] else 400)
        headers = {
            "X-ClickHouse-Format": form,
            "X-ClickHouse-Timezone": "UTC",
            "X-ClickHouse-Query-Id": str(uuid.uuid4()),
            "Content-Encoding": "identity",
        }
        return Response(answer, headers=headers, media_type="application/octet-stream")

    @contextmanager
    def _handle(self, reader: Reader, settings: Mapping[str, str]) -> Iterator[Any]:
        """A session of its own: its limits, then read-only, in the reader's database."""
        handle = chdb.connect(str(self._store.location.path))
        try:
            for name, value in {**_QUOTAS, **settings}.items():
                text = str(value).replace("\\", "\\\\").replace("'", "\\'")
                handle.query(f"SET {name} = '{text}'")
            handle.query(f"USE {self._database(reader)}")
            handle.query("SET readonly = 2")
            yield handle
        finally:
            handle.close()

    def _database(self, reader: Reader) -> str:
        with self._making:
            if reader.scope not in self._databases:
                self._databases[reader.scope] = reader_database(self._store, reader)
            return self._databases[reader.scope]


def routes(prefix: str, gateway_of: Callable[[], Gateway | None], is_local: IsLocal) -> list[Route]:
    """Return the gateway's routes; they answer 404 while it is off and 403 to anybody not on this machine."""

    async def answer(request: Request) -> Response:
        gateway = gateway_of()
        if gateway is None:
            return Response("the gateway is off: set FARTHING_GATEWAY=true\n", 404)
        if not is_local(request.scope):
            return _refusal(497, "the gateway answers on this machine only", status=403)
        return await gateway.answer(request)

    async def ping(request: Request) -> Response:
        return Response("Ok.\n") if gateway_of() is not None and is_local(request.scope) else Response(status_code=404)

    # Routes, not a mount: clients ask for the bare path as well.
    bare = [Route(path, answer, methods=["GET", "POST"]) for path in (prefix, f"{prefix}/")]
    return [*bare, Route(f"{prefix}/ping", ping)]


def _ask(handle: Any, sql: str, parameters: Mapping[str, str]) -> str:
    return str(handle.query(sql, "TSVRaw", params=dict(parameters)).bytes().decode())


def _token(request: Request) -> str:
    kind, _, said = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return said.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(said, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return request.headers.get("x-clickhouse-key", "")


async def _body(request: Request) -> str | None:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_STATEMENT_BYTES:
            return None
        parts.append(part)
    return b"".join(parts).decode("utf-8", errors="replace").strip()


def _code(error: Exception) -> int:
    if isinstance(error, Denied):
        return _CODES[Denied]
    found, _, _ = str(error).removeprefix("Code: ").partition(".")
    return int(found) if found.isdigit() else 1000


def _refusal(code: int, text: str, *, status: int) -> Response:
    said = text if text.startswith("Code: ") else f"Code: {code}. DB::Exception: {text}"
    return Response(said, status, headers={"X-ClickHouse-Exception-Code": str(code)}, media_type="text/plain")
