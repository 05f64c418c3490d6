"""A full, a forbidden and a slow disk: the host notices nothing, and what is lost is counted by reason."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from farthing import Meter

from tests.sdk.conftest import settled
from tests.sdk.workbench import Workbench

NewMeter = Callable[..., Meter]
ROOT = Path(__file__).parents[2]

# The host may write files of 20 kB and no more; the store is away, then back.
STARVED = """
import json, resource, sys
from farthing import Meter
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
meter = Meter(sys.argv[1], "key", app_id="shop", spool=sys.argv[2], memory_mb=0.05)
for number in range(1000):
    meter.usage("egress_bytes", number + 1)
    assert 2 + 2 == 4  # the host goes on
print(json.dumps(meter.counters()), flush=True)
sys.stdin.readline()
print(meter.flush(30), flush=True)
meter.usage("egress_bytes", 5000)
print(meter.flush(30), json.dumps(meter.counters()), sep="\\n", flush=True)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1200k,mode=700", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr!r}")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_files_that_may_not_grow_and_a_store_that_is_away(workbench: Workbench, tmp_path: Path) -> None:
    import json

    workbench.stop()
    host = subprocess.Popen(
        [sys.executable, "-c", STARVED, workbench.url, str(tmp_path / "spool")],
        env={**os.environ, "PYTHONPATH": str(ROOT / "sdk")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert host.stdin
    assert host.stdout
    starved = json.loads(host.stdout.readline())
    assert starved["recorded"] == 1000
    assert starved["dropped.disk_full"] > 0
    assert starved["pending"] == 1000 - starved["dropped.disk_full"]
    workbench.start()
    host.stdin.write("go on\n")
    host.stdin.close()
    assert host.stdout.readline() == "True\n"
    assert host.stdout.readline() == "True\n"
    fed = json.loads(host.stdout.readline())
    host.stdout.close()
    assert host.wait(20) == 0
    assert fed["accepted"] == starved["pending"] + 1 == len(workbench.stored)
    assert fed["pending"] == 0
    numbers = {int(event["quantity"]) for event in workbench.events}
    assert 5000 in numbers
    assert {1, 2, 3} <= numbers, "what was there first is kept"


def test_a_disk_that_is_full_and_a_store_that_is_away(
    new_meter: NewMeter, workbench: Workbench, small_disk: Path
) -> None:
    workbench.stop()
    meter = new_meter(spool=small_disk, memory_mb=0.1)
    for number in range(500):
        meter.usage("egress_bytes", number + 1)
    free = os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize
    filler = small_disk / "filler"
    filler.write_bytes(bytes(free))
    began = time.perf_counter()
    for number in range(500, 3000):
        meter.usage("egress_bytes", number + 1)
    assert (time.perf_counter() - began) / 2500 < 0.002, "the host was held up"
    counts = settled(meter)
    assert counts["dropped.disk_full"] > 0
    filler.unlink()
    workbench.start()
    assert meter.flush(30)
    after = settled(meter)
    assert after["pending"] == 0
    assert after["accepted"] == 3000 - after["dropped.disk_full"] == len(workbench.stored)
    assert {int(event["quantity"]) for event in workbench.events} >= set(range(1, 501))


def test_a_spool_has_a_bound(new_meter: NewMeter, workbench: Workbench, tmp_path: Path) -> None:
    workbench.stop()
    meter = new_meter(spool_mb=2, memory_mb=0.1)
    for number in range(20_000):
        meter.usage("egress_bytes", number + 1)
    counts = settled(meter)
    held = sum(path.stat().st_size for path in tmp_path.rglob("*.seg"))
    assert held <= 2 * 1024 * 1024
    assert counts["dropped.spool_full"] > 0
    assert counts["pending"] + counts["dropped.spool_full"] == 20_000
    workbench.start()
    assert meter.flush(30)
    assert settled(meter)["accepted"] == counts["pending"] == len(workbench.stored)


def test_a_folder_that_cannot_be_made_leaves_the_memory(new_meter: NewMeter, workbench: Workbench) -> None:
    meter = new_meter(spool="/proc/no/such/place")
    for number in range(100):
        meter.usage("egress_bytes", number + 1)
    assert meter.flush(20)
    assert len(workbench.stored) == 100
    assert settled(meter)["accepted"] == 100


def test_a_disk_that_hangs_holds_up_the_host_once(
    new_meter: NewMeter, workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = new_meter()
    meter.usage("egress_bytes", 1)
    assert meter.flush(20)
    real = os.write

    def hang(opened: int, data: bytes) -> int:
        time.sleep(0.3)
        return real(opened, data)

    monkeypatch.setattr(os, "write", hang)
    began = time.perf_counter()
    for number in range(1000):
        meter.usage("egress_bytes", number + 2)
    assert time.perf_counter() - began < 15, "each of a thousand writes took 0.3 s"
    monkeypatch.undo()
    assert meter.flush(20)
    assert len(workbench.stored) == 1001
    assert settled(meter)["accepted"] == 1001


def test_what_is_only_in_memory_is_sent_before_the_end(new_meter: NewMeter, workbench: Workbench) -> None:
    from tests.sdk.workbench import Reply

    workbench.failures = [Reply(503), Reply(503)]
    meter = new_meter(spool="/proc/no/such/place")
    for number in range(10):
        meter.usage("egress_bytes", number + 1)
    meter.close(timeout=15)
    assert len(workbench.stored) == 10
