"""kill -9 of the host: what it recorded is delivered by the next process, under the same ids, once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from farthing import Meter

from tests.sdk.conftest import settled
from tests.sdk.workbench import Reply, Workbench

ROOT = Path(__file__).parents[2]
KILLS = 6


def host(url: str, spool: Path, first: int, last: int, *settings: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sdk.host", url, str(spool), str(first), str(last), *settings],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'sdk'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        text=True,
    )


def run_until_killed(url: str, spool: Path, first: int, chance: random.Random) -> int:
    """Run a host for a moment and kill it; return the number after the last one it had recorded."""
    process = host(url, spool, first, 10**9)
    assert process.stdout
    process.stdout.readline()  # as slow as the machine is: it has begun
    time.sleep(chance.uniform(0, 0.25))
    process.kill()
    said = process.stdout.read().splitlines()
    process.wait()
    process.stdout.close()
    return int(said[-1]) + 1 if said else first + 1


def test_every_event_that_was_recorded_arrives_once(
    workbench: Workbench, new_meter: Callable[..., Meter], tmp_path: Path
) -> None:
    chance, first = random.Random(7), 0
    recorded: set[int] = set()

    def moody(_: object) -> Reply | None:
        # Taken and said so; taken and the answer lost; not taken.
        return chance.choice([None, None, Reply(503, stores=True), Reply(503)])

    workbench.judge = moody
    for _ in range(KILLS):
        last = run_until_killed(workbench.url, tmp_path / "spool", first, chance)
        recorded |= set(range(first, last))
        first = last + 1_000_000  # what the dying one recorded and did not say may arrive as well
    workbench.judge = lambda _: None
    workbench.failures = [Reply(503, stores=True)]
    heir = new_meter(spool=tmp_path / "spool")
    heir.usage("egress_bytes", 10**12)
    assert heir.flush(60)
    counts = settled(heir)
    assert counts["pending"] == 0
    numbers = [int(event["quantity"]) - 1 for event in workbench.events if event["quantity"] != str(10**12)]
    assert len(numbers) == len(set(numbers)), "an event was delivered under two ids"
    assert recorded <= set(numbers), "an event was lost"
    assert len(set(numbers) - recorded) <= KILLS, "only the one it was just saying"
    assert workbench.conflicts == [], "a retry was not the same bytes"
    assert counts["recovered"] > 0
    assert len(recorded) > 100 * KILLS, "the hosts hardly did anything"
    lines = [line for request in workbench.requests for line in request.lines]
    assert len(lines) > len(workbench.stored), "nothing was ever sent again"
    assert all(json.loads(line)["event_id"] in workbench.stored for line in lines)


def test_the_next_process_delivers_while_many_live(workbench: Workbench, tmp_path: Path) -> None:
    workbench.judge = lambda _: Reply(503)
    hosts = [host(workbench.url, tmp_path / "spool", 1000 * number, 1000 * number + 50) for number in range(4)]
    for process in hosts:
        assert process.stdout
        while process.stdout.readline().strip() != str(1000 * hosts.index(process) + 49):
            pass
    for process in hosts[:3]:
        process.kill()
    workbench.judge = lambda _: None
    survivor = hosts[3]
    assert survivor.stdout
    assert survivor.stdout.read().strip() == "all stored"
    for process in hosts:
        process.wait(20)
        process.stdout.close()
    # The survivor ends once its own events are stored; whoever comes next takes what it had not adopted.
    last = host(workbench.url, tmp_path / "spool", 9000, 9001)
    assert last.communicate(timeout=30)[0].endswith("all stored\n")
    numbers = sorted(int(event["quantity"]) - 1 for event in workbench.events)
    assert numbers == [1000 * part + number for part in range(4) for number in range(50)] + [9000]
    assert not list((tmp_path / "spool").rglob("*.seg")), "nothing is left behind"
