"""A full disk loses nothing that was acknowledged, and a batch that failed on it can be sent again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soundness.crash_child import SOUND

ROOT = Path(__file__).parents[2]
CHILD = """
import json, os, sys
from pathlib import Path
from clickhouse_connect.driver.exceptions import DatabaseError
from metering.decode import decode_events
from metering.door import admit, history_terms
from tests.soundness.crash_child import found, usage_batch
from warehouse.start import open_store

disk = Path(sys.argv[1])
def load(store, number):
    return admit(store, "usage", decode_events(usage_batch(number))["usage"], history_terms("full disk"))

with open_store() as store:
    stored = 0
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(12_000_000))
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(bytes(max(free - 3_000_000, 0)))
    try:
        while True:
            load(store, stored)
            stored += 1
    except DatabaseError as error:
        said = str(error)
    while_full = found(store)
    ballast.unlink()
    again = load(store, stored)
    print(json.dumps({
        "said": said, "stored": stored, "while_full": while_full["usage"], "accepted": again.accepted,
        "duplicates": again.duplicates, "after": found(store),
    }))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", str(disk)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_a_full_disk_keeps_what_was_acknowledged(small_disk: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(small_disk)],
        cwd=ROOT,
        env={**os.environ, "FARTHING_STORE": f"chdb://{small_disk / 'store'}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert child.returncode == 0, child.stderr[-3000:]
    told = json.loads(child.stdout.splitlines()[-1])
    assert "NOT_ENOUGH_SPACE" in told["said"] or "No space left" in told["said"]
    assert told["stored"] > 0
    acknowledged = {str(number) for number in range(told["stored"])}
    assert acknowledged <= set(told["while_full"]), "readers lost something while the disk was full"
    # Without undoing what could not be undone, the retry would have counted as duplicates of nothing.
    half_of_the_last = SOUND // 2 if told["stored"] % 4 else 0
    assert (told["accepted"], told["duplicates"]) == (SOUND, half_of_the_last)
    after = told["after"]
    assert set(after["usage"]) == acknowledged | {str(told["stored"])}
    assert all((rows, ids) == (SOUND, SOUND) for rows, ids, _ in after["usage"].values())
    assert after["facts"] == after["identities"] == after["ledger"]
    assert after["unfinished"] == 0
