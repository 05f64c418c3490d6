"""The other side of the API's benchmark, in a process of its own: posts prepared bodies over kept connections.

Usage: python -m benchmarks.sender URL TOKEN EVENTS_A_POST CONNECTIONS SECONDS [calls]. Events are one row each, or
with ``calls`` LLM calls of four. Prints posts, events, seconds and the
latencies in milliseconds as JSON. Bodies are made before the clock starts; every event is new.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

PREPARED_EVENTS = 400_000


def bodies(events: int, number: int, *, are_calls: bool = False) -> list[bytes]:
    """Return that many bodies of events that nobody sent before."""
    run = uuid.uuid4().hex[:12]
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    ids = itertools.count()
    names = [[f"{run}-{next(ids):08d}" for _ in range(events)] for _ in range(number)]
    return [json.dumps([_event(name, now, are_calls) for name in some]).encode() for some in names]


def _event(event_id: str, now: str, is_call: bool) -> dict[str, Any]:
    number = int(event_id[-8:])
    tokens = 1000 + number % 999
    used: dict[str, Any] = {"meter": "input_tokens", "quantity": str(tokens)}
    if is_call:
        used = {"quantities": {"requests": 1, "input_tokens": tokens, "cache_read_tokens": 20, "output_tokens": 30}}
    return {
        "event_id": event_id,
        "time": now,
        "resource_id": f"r-{number % 500}",
        "app_id": f"app-{number % 100}",
        "provider": "openai",
        "model": "gpt-4o",
        **used,
    }


def send(
    url: str, token: str, events: int, connections: int, seconds: float, *, are_calls: bool = False
) -> dict[str, object]:
    """Post from several connections until the time is over, and return what was measured."""
    address = urlsplit(url)
    number = max(PREPARED_EVENTS // events, 1) if events > 1 else 20_000
    prepared = iter(bodies(events, number, are_calls=are_calls))
    latencies: list[float] = []
    lock = threading.Lock()
    began = time.perf_counter()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def work() -> None:
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=120)
        while time.perf_counter() - began < seconds:
            with lock:
                body = next(prepared, None)
            if body is None:
                break
            start = time.perf_counter()
            connection.request("POST", address.path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
            took = time.perf_counter() - start
            if answer.status not in (200, 202, 204):
                raise SystemExit(f"{answer.status}: {said[:300]!r}")
            with lock:
                latencies.append(1000 * took)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "posts": len(latencies),
        "events": len(latencies) * events,
        "seconds": time.perf_counter() - began,
        "latencies": sorted(latencies),
    }


if __name__ == "__main__":
    url, token, events, connections, seconds, *kind = sys.argv[1:]
    said = send(url, token, int(events), int(connections), float(seconds), are_calls=kind == ["calls"])
    json.dump(said, sys.stdout)
