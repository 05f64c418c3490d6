"""kill -9 of the real API, and of the whole app, under load from the SDK, and of the SDK's hosts.

Each event is stored, and once. Two kills of the API in the suite; ``make soak`` does thirty, and thirty of the app with
its screens and background jobs.
"""

from __future__ import annotations

import itertools
import json
import os
import queue
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path

import pytest
from farthing import Meter
from websockets.exceptions import WebSocketException

from tests.e2e.raw_session import asked_for
from tests.sdk.conftest import settled
from tests.sdk.serving import ROOT, ApiProcess, AppProcess

KILLS = int(os.environ.get("FARTHING_SOAK_KILLS", "2"))
IS_SOAK = "FARTHING_SOAK_KILLS" in os.environ
RANGE = 10_000_000
PATIENCE = 900 if IS_SOAK else 240  # a machine that does something else as well is slow, and loses nothing
PREPARE = """
    from decimal import Decimal
    from tests.sdk.serving import key_for, register
    from warehouse.histories import record
    register(store)
    price = {"sku_price_id": "egress", "list_unit_price": Decimal("0.09"), "tier_starts": [], "tier_unit_prices": []}
    record(store, "prices", [{"sku_id": "egress_bytes", "pricing_block": 10**9, "pricing_unit": "GB", **price}], by="t")
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
        "charged": str(store.scalar("SELECT sum(consumed_quantity) FROM charges")),
        "cost": str(store.scalar("SELECT sum(effective_cost) FROM charges")),
    }))
"""


class Host:
    """A micro app under load; ``said`` is how far it came."""

    def __init__(self, api: ApiProcess, spool: Path, key: str, first: int, until: Path) -> None:
        self.first = self.next = first
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sdk.host", api.url, str(spool), str(first), str(first + RANGE),
             f"token={key}", "pace=0.003", f"until={until}",
             f"patience={PATIENCE}"],
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
        self.process.wait(PATIENCE + 10)
        self._reader.join()
        assert self.process.stdout
        assert self.process.stderr
        self.process.stdout.close()
        self.process.stderr.close()


@pytest.fixture
def serves(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiProcess]:
    made = request.param(tmp_path)
    yield made
    made.kill()


@contextmanager
def visited(serves: ApiProcess) -> Iterator[None]:
    """Somebody opens pages one after the other, as long as there is an app that shows any."""
    stopping = threading.Event()

    def visit() -> None:
        for page in itertools.cycle(("", "showback", "health")):
            if stopping.wait(0.2):
                return
            with suppress(OSError, WebSocketException):  # it was just killed
                asked_for(serves.url, page, "viewing_as=Analyst")

    visitor = threading.Thread(target=visit)
    if isinstance(serves, AppProcess):
        visitor.start()
    try:
        yield
    finally:
        stopping.set()
        if isinstance(serves, AppProcess):
            visitor.join()


WHOLE_APP = pytest.param(AppProcess, id="app", marks=pytest.mark.skipif(not IS_SOAK, reason="minutes: make soak"))


@pytest.mark.parametrize("serves", [pytest.param(ApiProcess, id="api"), WHOLE_APP], indirect=True)
def test_nothing_is_lost_and_nothing_counts_twice(serves: ApiProcess, tmp_path: Path) -> None:
    key, chance, until = serves.ask(PREPARE).strip(), random.Random(30), tmp_path / "until"
    longest = 7.0 if isinstance(serves, AppProcess) else 1.5  # also while its jobs rate what just came
    serves.start()
    with visited(serves):
        ended = _under_load(serves, tmp_path / "spool", key, until, lambda: chance.uniform(0.05, longest))
    # Whatever the killed ones left, and nobody adopted yet.
    last = Host(serves, tmp_path / "spool", key, 900 * RANGE, until)
    last.end()
    assert last.last_word == "all stored"
    ended.append(last)
    serves.kill()

    serves.farthing("rate")
    found = json.loads(serves.ask(STORED))
    recorded = {number for host in ended for number in host.recorded}
    assert len(found["numbers"]) == len(set(found["numbers"])) == found["ids"], "something counts twice"
    assert recorded <= set(found["numbers"]), "something was lost"
    assert len(set(found["numbers"]) - recorded) <= len(ended), "only what a dying host had just recorded"
    assert found["identities"] == found["ledger"] == len(found["numbers"])
    assert (found["unfinished"], found["quarantined"]) == (0, 0)
    assert len(recorded) > 100 * KILLS, "hardly any load"
    assert not list((tmp_path / "spool").rglob("*.seg")), "nothing waits any more"
    used = sum(number + 1 for number in found["numbers"])
    assert Decimal(found["charged"]) == used, "the charges hold another quantity than the events"
    assert Decimal(found["cost"]) == Decimal("0.09") * used / 10**9
    examined = json.loads(serves.farthing("doctor", "--format", "json"))
    assert {check["status"] for check in examined} == {"ok"}, examined
    sys.stdout.write(f"{len(recorded):,} events recorded, {len(found['numbers']):,} stored, {KILLS} kills\n")


def _under_load(serves: ApiProcess, spool: Path, key: str, until: Path, moment: Callable[[], float]) -> list[Host]:
    """Kill it again and again while three hosts send, and now and then one of these; return all of them, ended."""
    hosts = [Host(serves, spool, key, number * RANGE, until) for number in range(3)]
    ended: list[Host] = []
    for kill in range(KILLS):
        time.sleep(moment())
        serves.kill()
        if kill % 2:
            dying = hosts.pop(0)
            dying.end(kill=True)
            ended.append(dying)
            hosts.append(Host(serves, spool, key, (3 + kill) * RANGE, until))
        serves.start()
    until.touch()
    for host in hosts:
        host.end()
        assert host.last_word == "all stored"
    return [*ended, *hosts]


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
