"""A failing job never ends the loop, and is seen until it works again."""

from __future__ import annotations

import threading
import time

from jobs.loop import JobLoop


def test_a_failing_job_is_kept_apart_from_the_others() -> None:
    ran = []
    fails = [True]

    def flaky(_: object) -> str:
        if fails[0]:
            raise RuntimeError("no space left")
        return "worked"

    loop = JobLoop(None, jobs={"flaky": flaky, "steady": lambda _: ran.append(1) or "fine"})
    loop.turn()
    assert loop.states["flaky"].is_failing
    assert loop.states["flaky"].last_error == "RuntimeError: no space left"
    assert loop.states["steady"].last_result == "fine"
    fails[0] = False
    loop.turn()
    assert not loop.states["flaky"].is_failing
    assert (loop.states["flaky"].runs, loop.states["flaky"].failures, len(ran)) == (2, 1, 2)


def test_the_loop_starts_again_and_again_and_stops() -> None:
    loop = JobLoop(None, pause=0.01, jobs={"tick": lambda _: "tock"})
    loop.start()
    deadline = time.monotonic() + 5
    while loop.states["tick"].runs < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert loop.is_running
    loop.stop()
    assert not loop.is_running
    assert loop.states["tick"].runs >= 3


def test_a_long_job_does_not_hold_up_the_others() -> None:
    let_go = threading.Event()
    loop = JobLoop(None, pause=0.01, jobs={"long": lambda _: str(let_go.wait(10)), "quick": lambda _: "done"})
    loop.start()
    deadline = time.monotonic() + 5
    while loop.states["quick"].runs < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert (loop.states["quick"].runs >= 3, loop.states["long"].runs) == (True, 0)
    let_go.set()
    loop.stop()
    assert loop.states["long"].last_result == "True"
