"""The other side of the API's benchmark, in a process of its own: posts prepared bodies over kept connections.

Usage: python -m benchmarks.sender URL TOKEN EVENTS_A_POST CONNECTIONS SECONDS. Prints posts, events, seconds and the
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
from urllib.parse import urlsplit

PREPARED_EVENTS = 400_000


def bodies(events: int, number: int) -> list[bytes]:
    """Return that many bodies of events that nobody sent before."""
    run = uuid.uuid4().hex[:12]
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    ids = itertools.count()
    return [json.dumps([_event(f"{run}-{next(ids):08d}", now) for _ in range(events)]).encode() for _ in range(number)]


def _event(event_id: str, now: str) -> dict[str, str]:
    number = int(event_id[-8:])
    return {
        "event_id": event_id,
        "time": now,
        "resource_id": f"r-{number % 500}",
        "app_id": f"app-{number % 100}",
        "meter": "input_tokens",
        "quantity": str(1000 + number % 999),
        "provider": "openai",
        "model": "gpt-4o",
    }


def send(url: str, token: str, events: int, connections: int, seconds: float) -> dict[str, object]:
    """Post from several connections until the time is over, and return what was measured."""
    address = urlsplit(url)
    prepared = iter(bodies(events, max(PREPARED_EVENTS // events, 1) if events > 1 else 20_000))
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
    url, token = sys.argv[1:3]
    json.dump(send(url, token, int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])), sys.stdout)
