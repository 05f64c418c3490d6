"""kill -9 of the real API under load from the SDK, and of the SDK's hosts: each event is stored, and once.

Two kills in the suite; ``make soak`` does thirty.
"""

from __future__ import annotations

import json
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from farthing import Meter

from tests.sdk.conftest import settled
from tests.sdk.serving import ROOT, ApiProcess

KILLS = int(os.environ.get("FARTHING_SOAK_KILLS", "2"))
RANGE = 10_000_000
PREPARE = """
    from tests.sdk.serving import key_for, register
    register(store)
    print(key_for(store))
"""
STORED = """
    import json
    print(json.dumps({
        "numbers": [int(row["quantity"]) - 1 for row in store.rows("SELECT quantity FROM usage_events")],
        "ids": store.scalar("SELECT uniqExact(event_id) FROM usage_events"),
        "identities": store.scalar("SELECT count() FROM event_identities"),
        "ledger": store.scalar("SELECT sum(accepted) FROM batches WHERE state = 'stored'"),
        "unfinished": store.scalar("SELECT count() FROM batches WHERE state NOT IN ('stored', 'undone')"),
        "quarantined": store.scalar("SELECT count() FROM quarantine"),
    }))
"""


class Host:
    """A micro app under load; ``said`` is how far it came."""

    def __init__(self, api: ApiProcess, spool: Path, key: str, first: int, until: Path) -> None:
        self.first = self.next = first
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sdk.host", api.url, str(spool), str(first), str(first + RANGE),
             f"token={key}", "pace=0.003", f"until={until}"],
            cwd=ROOT, env=api.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.last_word = ""
        self._began: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._began.get(timeout=30)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if line[0].isdigit() and line.endswith("\n"):
                if self.next == self.first:
                    self._began.put(None)
                self.next = int(line) + 1
            else:
                self.last_word = line.strip()

    @property
    def recorded(self) -> range:
        return range(self.first, self.next)

    def end(self, *, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        self.process.wait(250)
        self._reader.join()
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdout.close()
        self.process.stderr.close()


@pytest.fixture
def api(tmp_path: Path) -> Iterator[ApiProcess]:
    made = ApiProcess(tmp_path)
    yield made
    made.kill()


def test_nothing_is_lost_and_nothing_counts_twice(api: ApiProcess, tmp_path: Path) -> None:
    key, chance, until = api.ask(PREPARE).strip(), random.Random(30), tmp_path / "until"
    api.start()
    hosts = [Host(api, tmp_path / "spool", key, number * RANGE, until) for number in range(3)]
    ended: list[Host] = []
    for kill in range(KILLS):
        time.sleep(chance.uniform(0.05, 1.5))
        api.kill()
        if kill % 2:
            dying = hosts.pop(0)
            dying.end(kill=True)
            ended.append(dying)
            hosts.append(Host(api, tmp_path / "spool", key, (3 + kill) * RANGE, until))
        api.start()
    until.touch()
    for host in hosts:
        host.end()
        assert host.last_word == "all stored"
    ended += hosts
    # Whatever the killed ones left, and nobody adopted yet.
    last = Host(api, tmp_path / "spool", key, 900 * RANGE, until)
    last.end()
    assert last.last_word == "all stored"
    ended.append(last)
    api.kill()

    found = json.loads(api.ask(STORED))
    recorded = {number for host in ended for number in host.recorded}
    assert len(found["numbers"]) == len(set(found["numbers"])) == found["ids"], "something counts twice"
    assert recorded <= set(found["numbers"]), "something was lost"
    assert len(set(found["numbers"]) - recorded) <= len(ended), "only what a dying host had just recorded"
    assert found["identities"] == found["ledger"] == len(found["numbers"])
    assert (found["unfinished"], found["quarantined"]) == (0, 0)
    assert len(recorded) > 100 * KILLS, "hardly any load"
    assert not list((tmp_path / "spool").rglob("*.seg")), "nothing waits any more"
    sys.stdout.write(f"{len(recorded):,} events recorded, {len(found['numbers']):,} stored, {KILLS} kills\n")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str, str], Path]]:
    mounted = []

    def mount(name: str, size: str) -> Path:
        disk = tmp_path / name
        disk.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(disk)],
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"a small disk cannot be mounted here: {done.stderr!r}")
        mounted.append(disk)
        return disk

    yield mount
    for disk in mounted:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    filler.write_bytes(bytes(free))
    return filler


def test_both_disks_full_and_the_store_away(
    new_meter: Callable[..., Meter], small_disk: Callable[[str, str], Path]
) -> None:
    """The store's disk is full, then the store is killed, then the spool's disk is full as well."""
    disk = small_disk("store", "80m")
    api = ApiProcess(disk)
    key = api.ask(PREPARE).strip()
    api.start()
    spool = small_disk("spool", "1500k")
    meter = new_meter(url=api.url, token=key, spool=spool, memory_mb=0.2)
    slowest = 0.0

    def record(first: int, last: int) -> None:
        nonlocal slowest
        for number in range(first, last):
            began = time.perf_counter()
            meter.usage("egress_bytes", number + 1)
            slowest = max(slowest, time.perf_counter() - began)

    try:
        record(0, 500)
        assert meter.flush(30)
        filler = fill(disk)
        record(500, 1000)
        assert not meter.flush(2)
        acknowledged = settled(meter)["accepted"]
        api.kill()
        fuller = fill(spool)
        record(1000, 10_000)
        assert slowest < 0.5, "the host was held up"
        filler.unlink()
        fuller.unlink()
        api.start()
        assert meter.flush(120)
        counts = settled(meter)
        lost = counts["dropped.disk_full"]
        assert counts["accepted"] + counts.get("duplicates", 0) == 10_000 - lost
        assert lost > 0
        api.kill()
        found = json.loads(api.ask(STORED))
    finally:
        api.kill()
    assert len(found["numbers"]) == len(set(found["numbers"])) == 10_000 - lost
    assert set(range(1000)) <= set(found["numbers"])
    assert acknowledged >= 500
    assert found["identities"] == found["ledger"] == len(found["numbers"])
