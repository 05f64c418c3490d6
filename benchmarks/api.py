"""How many events a second the API takes, each stored before it is acknowledged, beside an endpoint that stores none.

The servers and the sender are processes of their own on the same processors; the app is the whole app, screens and
background jobs included. *UI busy* is people who open pages one after the other all the while.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.report import Line
from benchmarks.timing import p50, p95
from config.settings import ROOT
from jobs.loop import JobLoop
from metering.arrivals import arrivals
from metering.credentials.caller import INGEST, Caller
from metering.credentials.vouching import vouched
from metering.json_texts import Read
from metering.writer import Writer
from warehouse.connect import Store

SECONDS = 8.0
AIM_EVENTS = 50_000
AIM_VISIBLE = 60.0
PEOPLE = 2
SHAPES = {  # events a post, connections, and what the sender is told
    "single": ("1", "32", str(SECONDS)),
    "batches of 1,000": ("1000", "8", str(SECONDS)),
    "batches of 10,000": ("10000", "8", str(SECONDS)),
    "LLM calls of four rows, by 1,000": ("1000", "8", str(SECONDS), "calls"),
}


def measure(store: Store, folder: Path) -> list[Line]:
    """Measure the way in; ``store`` is only asked how long a cost takes to be visible in it."""
    lines = [Line("API: posts with durable acknowledgement", "")]
    with _serving(folder, "bare") as (url, _, _):
        bare = {name: _sent(url, "none", *shape) for name, shape in SHAPES.items()}
    best = 0.0
    with _serving(folder, "app") as (url, token, process):
        for ui in ("idle", "busy"):
            with _people(url, PEOPLE if ui == "busy" else 0) as opened:
                for name, shape in SHAPES.items():
                    before = _cpu(process)
                    got = _sent(url, token, *shape)
                    got["cpu"] = 1e6 * (_cpu(process) - before) / got["events"]
                    best = max(best, got["rate"])
                    lines.append(Line(f"  {name}, UI {ui}", _figure(got, bare[name])))
            if ui == "busy":
                lines.append(Line("  pages opened meanwhile", f"{len(opened)}, p50 {p50(opened or [0.0]):.2f} s"))
    lines.append(
        Line("  events a second, at best", f"{best:,.0f}", f">= {AIM_EVENTS:,} on 2 processors", best >= AIM_EVENTS)
    )
    seconds = _visible(store)
    slow = p95(seconds)
    figure = f"p50 {p50(seconds):.1f} s, p95 {slow:.1f} s"
    lines.append(Line("  from post to visible cost", figure, f"p95 <= {AIM_VISIBLE:.0f} s", slow <= AIM_VISIBLE))
    return lines


def _figure(got: dict[str, float], bare: dict[str, float]) -> str:
    share = got["rate"] / bare["rate"]
    took = f"p50 {got['p50']:,.0f} ms, p99 {got['p99']:,.0f} ms"
    return f"{got['rate']:,.0f} events/s, {share:.2f} of bare; {took}; {got['cpu']:,.0f} us of processor an event"


def _cpu(process: int) -> float:
    """Return the processor seconds of a process so far: steadier than the clock where others work too."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _sent(url: str, token: str, *shape: str) -> dict[str, float]:
    """Return events a second and latencies, by a sender of its own."""
    command = [sys.executable, "-m", "benchmarks.sender", f"{url}/api/v1/events", token, *shape]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    said = json.loads(done.stdout)
    took = said["latencies"]
    return {
        "events": said["events"],
        "rate": said["events"] / said["seconds"],
        "p50": took[len(took) // 2],
        "p99": took[min(len(took) - 1, len(took) * 99 // 100)],
    }


@contextmanager
def _serving(folder: Path, what: str) -> Iterator[tuple[str, str, int]]:
    """Serve the bare endpoint, or the app on a small store of its own; give its address, a key and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FARTHING_STORE": f"chdb://{folder / 'api-store'}"}
    token = ""
    if what == "app":
        farthing = [sys.executable, "-c", "from jobs.cli import main; main()"]
        _run([*farthing, "demo", "--apps", "30", "--days", "7"], environment)
        token = _run([*farthing, "keys", "create", "bench"], environment).strip()
        command = [*farthing, "serve", "--port", str(port)]
    else:
        command = [sys.executable, "-m", "uvicorn", "benchmarks.bare:app", "--port", str(port), "--log-level", "error"]
    with (folder / f"{what}.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url)
        yield url, token, process.pid
    finally:
        process.terminate()
        process.wait(timeout=120)


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return done.stdout


def _wait(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{url} did not answer")


@contextmanager
def _people(url: str, number: int) -> Iterator[list[float]]:
    """Let people open pages one after the other; give the seconds that each page took."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets.sync.client import connect

    stopping, took = threading.Event(), list[float]()

    def visit() -> None:
        address = url.replace("http://", "ws://") + "/_stcore/stream"
        while not stopping.is_set():
            with connect(address, subprotocols=["streamlit"], origin=url, max_size=None) as stream:
                for page in ("", "explore", "showback"):
                    began = time.perf_counter()
                    ask = BackMsg()
                    ask.rerun_script.page_name = page
                    ask.rerun_script.query_string = "viewing_as=Analyst"
                    stream.send(ask.SerializeToString())
                    while ForwardMsg.FromString(stream.recv(timeout=120)).WhichOneof("type") != "script_finished":
                        pass
                    took.append(time.perf_counter() - began)

    people = [threading.Thread(target=visit) for _ in range(number)]
    for person in people:
        person.start()
    try:
        yield took
    finally:
        stopping.set()
        for person in people:
            person.join()


def _visible(store: Store, rounds: int = 12) -> list[float]:
    """Return the seconds from a post until its cost is among the charges, while the background jobs run."""
    jobs, writer = JobLoop(store), Writer(store)
    jobs.turn()  # what the other steps left is rated first
    jobs.start()
    writer.start()
    caller = Caller(source="bench", scopes=frozenset({INGEST}))
    took = []
    try:
        for _ in range(rounds):
            name = uuid.uuid4().hex
            event = {"event_id": name, "time": datetime.now(UTC).isoformat(), "resource_id": name,
                     "meter": "egress_bytes", "quantity": "1"}  # fmt: skip
            began = time.perf_counter()
            arrived = vouched(arrivals([Read(event, "")]), caller, lambda _: None)
            writer.submit(arrived, is_authenticated=True).result()
            while not store.scalar("SELECT count() FROM charges WHERE resource_id = {name:String}", {"name": name}):
                time.sleep(0.1)
            took.append(time.perf_counter() - began)
    finally:
        writer.stop()
        jobs.stop()
    return took
