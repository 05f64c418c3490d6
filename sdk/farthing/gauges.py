"""Resources over time: levels that are known, counters that are exact, and gauges that are sampled.

Reported on the borders of wall-clock intervals, so that usage falls into the hour it belongs to; measured by a clock
that does not jump.
"""

from __future__ import annotations

import functools
import queue
import random
import threading
import time
from decimal import Decimal
from typing import Any, Callable, Protocol

from farthing.sampling import DENSE_FOR, Integral

REPORT_SECONDS = 60
DENSE_REPORT_SECONDS = 15
_NANO = 10**9
_HOUR = 3600

Emit = Callable[[str, Decimal, int, bool, "dict[str, Any]"], None]  # meter, quantity, time in ms, is_estimated, fields


class Source(Protocol):
    """Something that uses a meter as time goes by. Instants are nanoseconds of the monotonic clock."""

    meter: str
    fields: dict[str, Any]
    is_estimated: bool

    def due(self) -> float:
        """Return when ``tick`` is wanted, in seconds."""

    def tick(self, now: int) -> None:
        """Look, if it is time to."""

    def take(self, now: int, *, is_change: bool) -> Decimal:
        """Return what was used since the last time, in the meter's unit, to nine decimals; the rest is kept."""


class Level:
    """A known amount (allocated cores, GPUs, instances) that holds until it is set anew: exact."""

    is_estimated = False

    def __init__(self, meter: str, value: Decimal, now: int, fields: dict[str, Any]) -> None:
        self.meter, self.fields, self.value = meter, fields, value
        self._since, self._rest = now, Decimal(0)

    def due(self) -> float:
        """Return never."""
        return float("inf")

    def tick(self, now: int) -> None:
        """Do nothing."""

    def take(self, now: int, *, is_change: bool) -> Decimal:  # noqa: ARG002
        """Return the level times the time since the last time."""
        self._rest += self.value * (now - self._since) / (_NANO * _per(self.meter))
        self._since = now
        taken = self._rest.quantize(Decimal("1e-9"))
        self._rest -= taken
        return taken


class Tally:
    """A counter of the system's that only grows (cpu seconds): its differences are exact."""

    is_estimated = False

    def __init__(self, meter: str, read: Callable[[], float], fields: dict[str, Any]) -> None:
        self.meter, self.fields, self._read = meter, fields, read
        self._last = Decimal(repr(read()))

    def due(self) -> float:
        """Return never: it misses nothing between two reports."""
        return float("inf")

    def tick(self, now: int) -> None:
        """Do nothing."""

    def take(self, now: int, *, is_change: bool) -> Decimal:  # noqa: ARG002
        """Return how much it grew; a counter that was set back counts from zero."""
        value = Decimal(repr(self._read()))
        grown = value - self._last if value >= self._last else value
        taken = grown.quantize(Decimal("1e-9"))
        self._last = value - (grown - taken)
        return taken


class Gauge:
    """A value that has to be looked at (memory in use, a folder's size): sampled, its error known."""

    is_estimated = True

    def __init__(self, meter: str, read: Callable[[], float], now: int, fields: dict[str, Any]) -> None:
        self.meter, self.fields = meter, fields
        self.integral = Integral(read, now / _NANO, random.Random())

    def due(self) -> float:
        """Return when the next reading is."""
        return self.integral.due

    def tick(self, now: int) -> None:
        """Read it, if it is time to."""
        self.integral.tick(now / _NANO)

    def take(self, now: int, *, is_change: bool) -> Decimal:
        """Return the estimate of its integral since the last time."""
        self.integral.cut(now / _NANO, is_change=is_change)
        return Decimal(repr(self.integral.take() / _per(self.meter))).quantize(Decimal("1e-9"))


class Gauges:
    """All sources of one resource, and the thread that looks at them.

    Whatever reads the host's system runs in the thread: a folder on a disk that hangs holds up nobody else.
    """

    def __init__(self, emit: Emit, failed: Callable[[], None]) -> None:
        """``emit`` takes what was used; ``failed`` hears of a source that could not be read and was given up."""
        self._emit, self._failed = emit, failed
        self._levels: dict[str, Level] = {}
        self._levels_lock = threading.RLock()
        self._watched: dict[str, Source] = {}
        self._orders: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._thread_lock = threading.Lock()
        self._dense_until = 0

    def set_level(self, name: str, meter: str, value: Decimal, fields: dict[str, Any], now: int | None = None) -> None:
        """Set a level as of ``now`` (monotonic), 0 to end it; what it was until then is reported."""
        now = time.monotonic_ns() if now is None else now
        with self._levels_lock:
            before = self._levels.pop(name, None)
            if before:
                self._report(before, now, is_change=True)
            if value:
                self._levels[name] = Level(meter, value, now, fields)
        self._start()

    def watch(self, name: str, make: Callable[[], Source]) -> None:
        """Watch a source, instead of another one of that name."""

        def order() -> None:
            self._drop(name)
            self._watched[name] = make()

        self._orders.put(order)
        self._start()

    def drop(self, name: str) -> None:
        """Report a source for the last time and forget it."""
        self._orders.put(lambda: self._drop(name))

    def changed(self, now: int | None = None) -> None:
        """Report everything up to ``now`` and look closely for a while: a lifecycle event happened then."""
        self._dense_until = time.monotonic_ns() + int(DENSE_FOR * _NANO)
        self._report_levels(time.monotonic_ns() if now is None else now)
        self._orders.put(lambda: self._report_watched(time.monotonic_ns(), is_change=True))

    def report(self, timeout: float, now: int | None = None) -> bool:
        """Report everything until ``now``, readings included, and wait for it; whether it was done in time."""
        self._report_levels(time.monotonic_ns() if now is None else now)
        if self._thread is None:
            return True
        done = threading.Event()

        def order() -> None:
            self._report_watched(time.monotonic_ns(), is_change=False)
            done.set()

        self._orders.put(order)
        return done.wait(timeout)

    def clear(self) -> None:
        """End all levels and forget all sources; call ``report`` before."""
        with self._levels_lock:
            self._levels.clear()
        self._orders.put(self._watched.clear)

    def close(self) -> None:
        """End the thread."""
        self.clear()
        self._orders.put(None)

    def errors(self) -> dict[str, dict[str, float]]:
        """Return the standard error of each sampled total, in the meter's unit, and how many readings it rests on."""
        return {
            name: {
                "standard_error": round(source.integral.standard_error / _per(source.meter), 9),
                "readings": source.integral.readings,
            }
            for name, source in list(self._watched.items())
            if isinstance(source, Gauge)
        }

    def _start(self) -> None:
        # Never waited for: the thread that holds it may be the one whose signal handler asks.
        if self._thread is None and self._thread_lock.acquire(blocking=False):
            try:
                thread = threading.Thread(target=self._run, name="farthing-gauges", daemon=True)
                thread.start()
                self._thread = thread
            finally:
                self._thread_lock.release()

    def _run(self) -> None:
        border = self._next_border()
        while True:
            dues = [source.due() * _NANO for source in self._watched.values()]
            rest = (min([border, *dues]) - time.monotonic_ns()) / _NANO
            try:
                order = self._orders.get(timeout=max(rest, 0))
                if order is None:
                    return
                self._guarded("", order)
            except queue.Empty:
                pass
            now = time.monotonic_ns()
            for name, source in list(self._watched.items()):
                self._guarded(name, functools.partial(source.tick, now))
            if now >= border:
                self._report_levels(border)
                self._report_watched(border, is_change=False)
                border = self._next_border()
            border = min(border, self._next_border())  # reports became denser, or the wall clock jumped

    def _drop(self, name: str) -> None:
        source = self._watched.get(name)
        if source:
            self._guarded(name, lambda: self._report(source, time.monotonic_ns(), is_change=False))
        self._watched.pop(name, None)

    def _report_levels(self, now: int) -> None:
        with self._levels_lock:
            for level in self._levels.values():
                self._report(level, now, is_change=False)

    def _report_watched(self, now: int, *, is_change: bool) -> None:
        for name, source in list(self._watched.items()):
            self._guarded(name, functools.partial(self._report, source, now, is_change=is_change))

    def _guarded(self, name: str, action: Callable[[], None]) -> None:
        """A source that cannot be read is given up and counted; what it could not say is not invented."""
        try:
            action()
        except Exception:
            self._watched.pop(name, None)
            self._failed()

    def _report(self, source: Source, now: int, *, is_change: bool) -> None:
        quantity = source.take(now, is_change=is_change)
        if quantity > 0:
            # The last millisecond of the time it was used in: on an hour's border it belongs to the hour before.
            ago = time.monotonic_ns() - now
            self._emit(
                source.meter, quantity, (time.time_ns() - ago) // 1_000_000 - 1, source.is_estimated, source.fields
            )

    def _next_border(self) -> int:
        """Return when the wall clock will stand on a multiple of the interval, by the clock that does not jump."""
        is_dense = time.monotonic_ns() < self._dense_until
        step = (DENSE_REPORT_SECONDS if is_dense else REPORT_SECONDS) * _NANO
        return time.monotonic_ns() + step - time.time_ns() % step


def _per(meter: str) -> int:
    """Return how many seconds the unit of a meter's time has."""
    return _HOUR if meter.endswith("_hours") else 1
