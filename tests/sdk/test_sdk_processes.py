"""Threads, forks, signals, exits and wrong clocks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from farthing import Meter

from tests.sdk.conftest import settled
from tests.sdk.workbench import Workbench

NewMeter = Callable[..., Meter]
ROOT = Path(__file__).parents[2]


def run(code: str, *arguments: str, python: str = sys.executable) -> str:
    done = subprocess.run(
        [python, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "sdk")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def numbers(workbench: Workbench) -> list[int]:
    return sorted(int(event["quantity"]) for event in workbench.events)


def test_many_threads_lose_nothing(new_meter: NewMeter, workbench: Workbench) -> None:
    meter = new_meter()

    def record(thread: int) -> None:
        for number in range(500):
            meter.usage("egress_bytes", thread * 500 + number + 1)

    threads = [threading.Thread(target=record, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert meter.flush(20)
    assert numbers(workbench) == list(range(1, 4001))
    assert settled(meter)["recorded"] == 4000


FORKS = """
import os, sys
from farthing import Meter
meter = Meter(sys.argv[1], "key", app_id="shop", spool=sys.argv[2])
meter.start(cpu_cores=2)
meter.usage("egress_bytes", 1)
children = []
for child in range(3):
    pid = os.fork()
    if pid == 0:
        for number in range(100):
            meter.usage("egress_bytes", 1000 * (child + 1) + number)
        if child == 0:
            assert meter.flush(20)
        os._exit(0)  # no exit handlers, as multiprocessing does it
    children.append(pid)
assert all(os.waitpid(pid, 0)[1] == 0 for pid in children)
meter.usage("egress_bytes", 2)
assert meter.flush(20)
"""


def test_a_forked_child_reports_what_it_records_and_nothing_twice(workbench: Workbench, tmp_path: Path) -> None:
    run(FORKS, workbench.url, str(tmp_path))
    run("import sys; from farthing import Meter; m = Meter(sys.argv[1], 'key', app_id='shop', spool=sys.argv[2]); "
        "m.usage('egress_bytes', 3); assert m.flush(20)", workbench.url, str(tmp_path))  # fmt: skip
    bytes_out = [int(event["quantity"]) for event in workbench.events if event.get("meter") == "egress_bytes"]
    assert sorted(bytes_out) == [1, 2, 3, *(1000 * child + number for child in (1, 2, 3) for number in range(100))]
    starts = [event for event in workbench.events if event.get("action") == "start"]
    assert len(starts) == 1
    assert workbench.conflicts == []
    assert not list(tmp_path.rglob("*.seg"))


def test_at_exit_everything_is_sent(workbench: Workbench, tmp_path: Path) -> None:
    run("import sys; from farthing import Meter; m = Meter(sys.argv[1], 'key', app_id='shop', spool=sys.argv[2])\n"
        "for n in range(700): m.usage('egress_bytes', n + 1)", workbench.url, str(tmp_path))  # fmt: skip
    assert numbers(workbench) == list(range(1, 701))
    assert not list(tmp_path.rglob("*.seg"))


def test_a_signal_handler_may_record_at_any_moment(new_meter: NewMeter, workbench: Workbench) -> None:
    meter = new_meter()
    handled = 0

    def handler(*_: object) -> None:
        nonlocal handled
        handled += 1
        meter.usage("egress_bytes", 1_000_000 + handled)

    meter.usage("egress_bytes", 999_999)
    before = signal.signal(signal.SIGALRM, handler)
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    try:
        end = time.monotonic() + 1
        recorded = 0
        while time.monotonic() < end:
            recorded += 1
            meter.usage("egress_bytes", recorded)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert handled > 10
    assert meter.flush(20)
    counts = settled(meter)
    assert counts["recorded"] == recorded + handled + 1 == len(workbench.stored)


def test_a_clock_that_jumps_changes_no_id_and_no_duration(
    new_meter: NewMeter, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = new_meter()
    began = time.monotonic_ns()
    meter.start(cpu_cores=1)
    real = time.time_ns
    for jump in (0, 10 * 365 * 86400, -86400, -(10**10)):
        monkeypatch.setattr(time, "time_ns", lambda jump=jump: real() + jump * 10**9)
        meter.usage("egress_bytes", abs(jump) + 1)
    meter.stop()
    lasted = (time.monotonic_ns() - began) / 1e9
    monkeypatch.undo()
    assert meter.flush(20)
    assert len(workbench.stored) == 4 + 2 + len([e for e in workbench.events if e.get("meter") == "cpu_core_seconds"])
    used = sum(float(event["quantity"]) for event in workbench.events if event.get("meter") == "cpu_core_seconds")
    assert 0 < used <= lasted + 0.01
    assert settled(meter)["pending"] == 0


def test_a_host_is_told_that_its_clock_is_wrong(
    meter: Meter, workbench: Workbench, caplog: pytest.LogCaptureFixture
) -> None:
    workbench.clock_ahead = -7200
    meter.usage("egress_bytes", 1)
    assert meter.flush(20)
    assert 7190 < meter.clock_ahead < 7210
    assert "ahead of the store's" in caplog.text


@pytest.mark.parametrize(
    "misuse",
    [
        lambda meter: meter.usage("egress_bytes", -1),
        lambda meter: meter.usage("egress_bytes", float("nan")),
        lambda meter: meter.usage("egress_bytes", "many"),
        lambda meter: meter.usage("egress_bytes", None),
        lambda meter: meter.usage("egress_bytes", True),
        lambda meter: meter.usage("egress_bytes", 10**400),
        lambda meter: meter.usage("x" * 70_000, 1),
        lambda meter: meter.start(cpus=2),
        lambda meter: meter.scale(cpu_cores="two"),
        lambda meter: meter.request(duration_ms="long"),
        lambda meter: meter.from_openai(object()),
        lambda meter: meter.level("cpu_core_seconds", -1),
    ],
)
def test_what_is_reported_wrongly_is_counted_and_never_raised(meter: Meter, misuse: Callable[[Meter], None]) -> None:
    misuse(meter)
    counts = settled(meter)
    wrong = ("invalid", "internal_errors", "calls_without_usage")
    assert sum(counts.get(name, 0) for name in wrong) == 1, counts
    assert counts.get("recorded", 0) == 0


def test_attributes_that_are_no_json_are_said_as_text(meter: Meter, workbench: Workbench) -> None:
    meter.deploy("2.1", attributes={"path": Path("/srv"), "half": "\ud800", "when": {1}})
    assert meter.flush(20)
    (event,) = workbench.events
    assert event["attributes"] == {"version": "2.1", "path": "/srv", "half": "\ud800", "when": "{1}"}


def test_an_address_that_is_none_meters_nothing(new_meter: NewMeter, caplog: pytest.LogCaptureFixture) -> None:
    meter = new_meter(url="workbench:8501")
    meter.usage("egress_bytes", 1)
    assert meter.counters() == {"not_configured": 1, "pending": 0}
    assert "neither http" in caplog.text


def test_without_a_store_to_report_to_the_host_runs_all_the_same(tmp_path: Path) -> None:
    said = run("import os, json; os.environ.pop('FARTHING_URL', None); from farthing import meter\n"
               "@meter.call\ndef f(): return 3\n"
               "assert f() == 3; meter.start(); meter.stop(); print(json.dumps(meter.counters()))")  # fmt: skip
    assert json.loads(said) == {"calls_without_usage": 1, "not_configured": 3, "pending": 0}


def test_an_exporter_that_outlives_its_meter_writes_to_no_file_of_the_host(
    new_meter: NewMeter, workbench: Workbench, tmp_path: Path
) -> None:
    """The answer comes after the end was given up on: by then the journal's descriptors are the host's."""
    from tests.sdk.workbench import Reply

    hangs = threading.Event()
    workbench.failures = [Reply(202, stores=True, waits=hangs)]
    meter = new_meter()
    meter.usage("egress_bytes", 1)
    assert not meter.flush(0.3)
    exporter = meter._exporter._thread
    assert exporter
    meter.close(timeout=0.2)
    opened = [(tmp_path / f"host-{number}").open("w+b") for number in range(20)]
    for file in opened:
        file.write(b"the host's own")
        file.flush()
    hangs.set()
    exporter.join(20)
    for file in opened:
        file.seek(0)
        assert file.read() == b"the host's own"
        file.close()
    heir = new_meter()
    assert heir.flush(20)
    assert settled(heir)["recovered"] == 1
