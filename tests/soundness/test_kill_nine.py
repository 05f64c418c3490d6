"""kill -9 at random moments of loading, rating and recovering, again and again on one store.

After each restart nothing acknowledged is missing and nothing counts twice; at the end every law holds. Eight kills in
the suite; ``make soak`` does thirty.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.soundness.crash_child import BAD, DAYS, SOUND, expected_quantity

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("FARTHING_SOAK_KILLS", "8"))
SEED = 9
# How much the child says before it is killed, so that a slow machine gets as far as a fast one. Every fourth kill hits
# the start itself: migrations the first time, recovery later. The others let it say what it found, and load and rate.
WORDS = (1, 3, 6, 4, 1, 5, 2, 6)


@contextmanager
def child(store: Path, first: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.soundness.crash_child", str(first)],
        cwd=ROOT,
        env={**os.environ, "FARTHING_STORE": f"chdb://{store}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    def kill() -> None:
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)

    threading.Thread(target=kill).start()


def run_until_killed(store: Path, first: int, words: int, seconds: float) -> list[dict[str, Any]]:
    """Return what the child said until it was killed, ``seconds`` after its ``words``-th word."""
    said = []
    with child(store, first) as process:
        for line in process.stdout:
            if not line.endswith("\n"):
                break  # killed in the middle of a word: not said
            said.append(json.loads(line))
            if len(said) == words:
                kill_after(process, seconds)
        assert process.wait() == -signal.SIGKILL, "the child died of something else"
    return said


def check(found: dict[str, Any], acknowledged: set[int]) -> None:
    """Every acknowledged batch is there once and whole; the one in flight is whole or gone; nothing else is there."""
    present = {int(number) for number in (*found["usage"], *found["costs"])}
    assert acknowledged <= present, f"lost {sorted(acknowledged - present)}"
    in_flight = {max(acknowledged, default=-1) + 1}
    assert present <= acknowledged | in_flight, f"from nowhere {sorted(present - acknowledged)}"
    for number, (rows, ids, quantity) in found["usage"].items():
        assert (rows, ids, float(quantity)) == (SOUND, SOUND, float(expected_quantity(int(number))))
    for rows, ids in found["costs"].values():
        assert (rows, ids) == (DAYS, DAYS)
    assert found["facts"] == found["identities"] == found["distinct_identities"] == found["ledger"]
    assert found["quarantined"] == BAD * len(found["usage"])
    for nothing in ("silent", "unfinished", "staged", "half_rated", "orphans"):
        assert found[nothing] == 0, nothing


def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    acknowledged: set[int] = set()
    rated = kills = 0
    while kills < KILLS:
        words = WORDS[kills % len(WORDS)]
        first = max(acknowledged, default=-1) + 1
        said = run_until_killed(tmp_path / "store", first, words, chance.uniform(0, 0.7))
        kills += 1
        for word in said:
            if "found" in word:
                check(word["found"], acknowledged)
            elif "stored" in word:
                acknowledged.add(word["stored"])
            rated += "rated" in word
    assert len(acknowledged) >= KILLS // 2, "the test hardly loaded anything"
    assert rated, "the test never rated"

    doctor = subprocess.run(
        [sys.executable, "-c", "import sys; from jobs.cli import main; sys.argv[1:] = ['doctor']; main()"],
        cwd=ROOT,
        env={**os.environ, "FARTHING_STORE": f"chdb://{tmp_path / 'store'}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr


def test_a_child_that_finds_a_loss_would_be_caught() -> None:
    sound = {
        "usage": {"0": [SOUND, SOUND, str(expected_quantity(0))]},
        "costs": {},
        "facts": SOUND, "identities": SOUND, "distinct_identities": SOUND, "ledger": SOUND,
        "quarantined": BAD, "silent": 0, "unfinished": 0, "staged": 0, "half_rated": 0, "orphans": 0,
    }  # fmt: skip
    check(sound, {0})
    with pytest.raises(AssertionError, match="lost"):
        check(sound, {0, 1})
    with pytest.raises(AssertionError):
        check({**sound, "usage": {"0": [SOUND + 1, SOUND, str(expected_quantity(0))]}}, {0})
    with pytest.raises(AssertionError):
        check({**sound, "identities": SOUND - 1}, {0})
