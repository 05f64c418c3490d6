"""What metering costs its host: the SDK beside a line in a log file, with the store there and away."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.report import Line
from benchmarks.timing import p50, p95

ROOT = Path(__file__).parents[1]
EVENTS, ROUNDS = 2_000, 7
CHAT = {
    "model": "gpt-4o",
    "usage": {"prompt_tokens": 900, "completion_tokens": 120, "total_tokens": 1020,
              "prompt_tokens_details": {"cached_tokens": 512}},
}  # fmt: skip
# Acknowledges whatever comes, in a process of its own.
SERVER = """
import gzip, json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        events = gzip.decompress(self.rfile.read(int(self.headers["Content-Length"]))).count(b"\\n")
        said = {"accepted": events, "duplicates": 0, "quarantined": 0, "rejected": 0, "results": []}
        body = json.dumps(said).encode()
        self.send_response(202)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""


def measure() -> list[Line]:
    """Measure on this machine; every figure beside its yardstick in the same run."""
    sys.path.insert(0, str(ROOT / "sdk"))
    from farthing import Meter

    with tempfile.TemporaryDirectory(prefix="farthing-bench-") as folder, _server() as url:
        meter = Meter(url, "key", app_id="shop", spool=folder)
        log = _logger(Path(folder) / "yardstick.log")
        line = _each(lambda: log.info("egress_bytes %d %s %s", 1024, "shop", "us-east-1"))
        there = _each(lambda: meter.usage("egress_bytes", 1024, region="us-east-1"))
        meter.flush(60)
        asked = meter.call(lambda: CHAT)
        call = _each(asked)
        meter.flush(60)
        away = Meter("http://127.0.0.1:9", "key", app_id="away", spool=folder)
        gone = _each(lambda: away.usage("egress_bytes", 1024, region="us-east-1"))
        bare, metered = _working(lambda: CHAT), _working(asked)
        away.close(0.1)
        meter.close()
    ratio = p50(metered) / p50(bare)
    return [
        Line("SDK: one usage event in its host, on disk (p50, p95)", _micro(there)),
        Line("  beside a line of logging to a file", f"{p50(there) / p50(line):.1f}x of {_micro(line)}"),
        Line("  with the store away", f"{_micro(gone)}, {p50(gone) / p50(there):.2f}x"),
        Line("  one metered model call", _micro(call)),
        Line("  a call of 2 ms, metered and bare", f"{ratio:.3f}x", "<= 1.10x", ratio <= 1.10),
    ]


def _each(work: Callable[[], Any]) -> list[float]:
    """Return the seconds of each run, after a warm-up."""
    work()
    seconds = []
    for _ in range(ROUNDS * EVENTS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return seconds


def _working(work: Callable[[], Any]) -> list[float]:
    """Return the seconds of calls that take their time, as a model does: almost all of it waiting."""
    seconds = []
    for _ in range(500):
        began = time.perf_counter()
        time.sleep(0.002)
        work()
        seconds.append(time.perf_counter() - began)
    return seconds


def _micro(seconds: list[float]) -> str:
    return f"{p50(seconds) * 1e6:.0f}, {p95(seconds) * 1e6:.0f} µs"


def _logger(path: Path) -> logging.Logger:
    log = logging.Logger("yardstick")
    handler = logging.FileHandler(path)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return log


@contextmanager
def _server() -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, env={**os.environ}) as process:
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()
