"""The background jobs: short, repeated, never fatal. In the app as a thread; alone as ``farthing worker``."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from config.settings import settings
from jobs.detect import DetectNewHours
from jobs.detectors import LearnNightly
from jobs.intake import ReadBus, TakeInbox
from jobs.progress import Progress
from jobs.rating import sync_and_rate
from jobs.reconcile import ReconcileUsage
from warehouse.connect import Store
from warehouse.versions import versions

log = logging.getLogger(__name__)
PAUSE_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 60.0  # the operator's files may change without a trace in the store


@dataclass(slots=True)
class JobState:
    """How a job is doing: for the health page."""

    name: str
    runs: int = 0
    failures: int = 0
    last_run_at: datetime | None = None
    last_seconds: float = 0.0
    last_result: str = "not yet run"
    last_error: str = ""
    last_error_at: datetime | None = None
    is_failing: bool = False


@dataclass(slots=True)
class JobLoop:
    """Runs every job again and again, each in a thread of its own: a long one does not keep costs from being seen.

    A job that fails is logged and tried again at its next turn.
    """

    store: Store
    pause: float = PAUSE_SECONDS
    jobs: dict[str, Callable[[Store], str]] = field(default_factory=lambda: standing_jobs())
    states: dict[str, JobState] = field(init=False)
    _stopping: threading.Event = field(init=False, default_factory=threading.Event)
    _threads: list[threading.Thread] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.states = {name: JobState(name) for name in self.jobs}

    @property
    def is_running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def start(self) -> None:
        """Run until ``stop``."""
        self._stopping.clear()
        self._threads = [
            threading.Thread(target=self._repeat, args=(name, job), name=f"job-{name}", daemon=True)
            for name, job in self.jobs.items()
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let every job finish what it is at, and end; what can wait for the next start is not waited for."""
        self._stopping.set()
        for job in self.jobs.values():
            if isinstance(job, Halting):
                job.halt()
        for thread in self._threads:
            thread.join()

    def run(self) -> None:
        """Run until another thread, or a signal, says ``end``."""
        self.start()
        self._stopping.wait()
        self.stop()

    def end(self) -> None:
        """Ask for the end without waiting for it: safe in a signal's handler."""
        self._stopping.set()

    def progress(self, name: str) -> Progress | None:
        """Return how far a job is with long work; None if it is not at any, or says nothing."""
        job = self.jobs.get(name)
        return job.progress if isinstance(job, Telling) else None

    def turn(self) -> None:
        """Run every job once, one after the other."""
        for name, job in self.jobs.items():
            self._run_one(name, job)
            if isinstance(job, Closing):
                job.close()

    def _repeat(self, name: str, job: Callable[[Store], str]) -> None:
        try:
            while not self._stopping.is_set():
                self._run_one(name, job)
                self._stopping.wait(self.pause)
        finally:
            if isinstance(job, Closing):
                job.close()

    def _run_one(self, name: str, job: Callable[[Store], str]) -> None:
        state, began = self.states[name], time.perf_counter()
        try:
            state.last_result = job(self.store)
            state.is_failing = False
        except Exception as error:
            # Whatever a job raises must not end the others; it is on the health page until a run succeeds.
            log.exception("job %s failed", name)
            state.failures += 1
            state.is_failing = True
            state.last_error = f"{type(error).__name__}: {error}"
            state.last_error_at = datetime.now(UTC)
        state.runs += 1
        state.last_seconds = time.perf_counter() - began
        state.last_run_at = datetime.now(UTC)


@runtime_checkable
class Closing(Protocol):
    """A job that keeps something running between its turns."""

    def close(self) -> None: ...


@runtime_checkable
class Telling(Protocol):
    """A job that says how far it is while it is at long work."""

    @property
    def progress(self) -> Progress | None: ...


@runtime_checkable
class Halting(Protocol):
    """A job whose work can be ended at once, and begun again another time."""

    def halt(self) -> None: ...


def standing_jobs() -> dict[str, Callable[[Store], str]]:
    """Return the jobs of this installation, in their order; the bus and the inbox only if there are any."""
    jobs: dict[str, Callable[[Store], str]] = {}
    if settings().bus_servers:
        jobs["bus"] = ReadBus()
    if settings().inbox:
        jobs["inbox"] = TakeInbox()
    jobs |= {"rate": RateDirtyDays(), "reconcile": ReconcileUsage()}
    return {**jobs, "detect": DetectNewHours(), "learn": LearnNightly()}


class RateDirtyDays:
    """Rate what arrived, was re-owned or re-priced since the last turn.

    What makes a day dirty is in the store alone. The last look is remembered only so as not to look again (a second of
    work with sixty days of events) while nothing was appended; after a failure, and after a minute, it is forgotten.
    """

    def __init__(self) -> None:
        self._seen: tuple[str, str] | None = None
        self._looked_at = 0.0

    def __call__(self, store: Store) -> str:
        """Return in words what was rated."""
        now = versions(store)
        state = (now["events"], now["histories"])
        if state == self._seen and time.monotonic() - self._looked_at < LOOK_AGAIN_SECONDS:
            return "nothing to rate"
        self._seen = None
        days = sync_and_rate(store, on_day=lambda day, left: log.info("rated %s, %d days left", day.charge_date, left))
        # What was appended meanwhile differs from the state read before, and is seen at the next turn.
        self._seen, self._looked_at = state, time.monotonic()
        return f"{len(days)} days rated" if days else "nothing to rate"
