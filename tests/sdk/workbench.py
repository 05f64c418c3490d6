"""A small HTTP server that keeps the contract of ``POST /api/v1/events``, with failures on demand.

It stands for any store on the other side of the wire: it deduplicates by event id, and acknowledges what it holds.
"""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PROBLEM = "application/problem+json"


@dataclass
class Reply:
    """An answer other than the usual one. ``stores`` says that the events were stored all the same."""

    status: int
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": PROBLEM})
    stores: bool = False
    waits: threading.Event | None = None


@dataclass
class Request:
    path: str
    headers: dict[str, str]
    lines: list[bytes]


class Workbench:
    """What was stored is in ``stored`` (event id to line); every request is in ``requests``."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}
        self.requests: list[Request] = []
        self.conflicts: list[bytes] = []
        self.failures: list[Reply] = []  # answers to the next requests
        self.judge: Callable[[Request], Reply | None] = lambda _: None
        self.refuses: Callable[[dict[str, Any]], str | None] = lambda _: None  # quarantined or rejected
        self._server: ThreadingHTTPServer | None = None
        self._lock = threading.Lock()
        self.port = 0
        self.clock_ahead = 0.0

    def __enter__(self) -> Workbench:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stored.values()]

    def start(self) -> None:
        workbench = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                request = Request(self.path, dict(self.headers), [line for line in body.split(b"\n") if line])
                reply = workbench.answer(request)
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def date_time_string(self, *_: object) -> str:
                return super().date_time_string(time.time() + workbench.clock_ahead)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # a client that was killed says no goodbye

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def answer(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            reply = self.failures.pop(0) if self.failures else self.judge(request)
        if reply and reply.waits:
            reply.waits.wait(20)
        with self._lock:
            if reply is None:
                return self._store(request)
            if reply.stores:
                self._store(request)
            return reply

    def _store(self, request: Request) -> Reply:
        results = []
        for index, line in enumerate(request.lines):
            event = json.loads(line)
            known = self.stored.get(event["event_id"])
            status = self.refuses(event)
            if known is not None:
                if known != line:
                    self.conflicts.append(line)
                status = "duplicate"
            if status:
                results.append({"index": index, "status": status, "reason": "some_reason", "detail": "why"})
            if status is None:
                self.stored[event["event_id"]] = line
        counts = {name: sum(result["status"] == name for result in results) for name in STATUSES}
        body = {
            "accepted": len(request.lines) - len(results),
            "duplicates": counts["duplicate"],
            "quarantined": counts["quarantined"],
            "rejected": counts["rejected"],
            "results": results,
        }
        return Reply(202, json.dumps(body).encode(), {"Content-Type": "application/json"})


STATUSES = ("duplicate", "quarantined", "rejected")
