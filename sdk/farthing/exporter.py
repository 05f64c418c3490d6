"""The thread that takes events to the store: in batches, again until the store has them, and never in the way."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from typing import Callable

from farthing.backoff import Backoff
from farthing.buffer import Buffer
from farthing.counters import Counters
from farthing.delivery import Later, Taken, TooMuch, Verdict, judge
from farthing.journal import Batch, Journal
from farthing.leases import Credential
from farthing.spool import aside_line
from farthing.transport import Answer, Transport

log = logging.getLogger("farthing")
log.addHandler(logging.NullHandler())

BATCH_EVENTS = 500  # so many are sent at once, and do not wait for the second to be over
_MOST_EVENTS = 4_000  # in one request, when many wait
_BATCH_BYTES = 1024 * 1024
_ADOPT_SECONDS = 5.0
_WARN_SECONDS = 60.0
_SKEW_SECONDS = 60.0
_COUNTED = {"accepted": "accepted", "duplicate": "duplicates", "quarantined": "quarantined"}


class Exporter:
    """Sends what the buffer and the journals of dead processes hold. Starts its thread with the first event."""

    def __init__(self, buffer: Buffer, counters: Counters, transport: Transport, credential: Credential) -> None:
        self.interval = 1.0
        self.clock_ahead = 0.0  # seconds, as of the last answer
        self._buffer = buffer
        self._counters = counters
        self._transport = transport
        self._credential = credential
        self._orphans: list[Journal] = []
        self._thread: threading.Thread | None = None
        self._start_lock = threading.Lock()
        # Not an Event: its lock would be held for ever by a thread whose signal handler records.
        self._wake: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._tickets: list[threading.Event] = []
        self._fresh = 0
        self._limit = BATCH_EVENTS
        self._most = _MOST_EVENTS
        self._backoff = Backoff()
        self._not_before = self._adopt_at = 0.0
        self._was_asked = False
        self._deadline: float | None = None
        self._warned: dict[str, float] = {}
        self._lost = 0

    def notice(self) -> None:
        """Hear of one more event; called in the host's thread."""
        self._fresh += 1
        if self._thread is None:
            self.start()
        if self._fresh == BATCH_EVENTS or self._buffer.in_memory == 1:
            self._wake.put(None)  # a batch is full, or the disk needs a look

    def start(self) -> None:
        """Start the thread if it does not run; without one (an interpreter that ends) the events stay on disk."""
        if self._deadline is not None or not self._start_lock.acquire(blocking=False):
            return
        try:
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="farthing-exporter", daemon=True)
                thread.start()
                self._thread = thread
        except RuntimeError:
            self._counters.add("threads_refused")
        finally:
            self._start_lock.release()

    def flush(self, timeout: float) -> bool:
        """Wait until everything that was recorded is with the store, at most so long; whether it is."""
        ticket = threading.Event()
        self._tickets.append(ticket)
        self.start()
        if not self._was_asked:
            self._backoff.succeeded()
            self._not_before = 0.0
        self._wake.put(None)
        try:
            return ticket.wait(timeout)
        finally:
            self._tickets.remove(ticket)

    def close(self, timeout: float) -> None:
        """Send what can be sent before the deadline; what is on disk then is sent by the next process."""
        if self._deadline is None:
            self._deadline = time.monotonic() + timeout
        self._wake.put(None)
        if self._thread:
            self._thread.join(timeout)
        self._buffer.close()
        for orphan in self._orphans:
            orphan.close()

    def abandon(self) -> None:
        """Let go of the files of the process that this one was forked from."""
        self._buffer.abandon()
        for orphan in self._orphans:
            orphan.abandon()

    def pending(self) -> int:
        """Return how many events wait, on disk and in memory; reads the disk."""
        journals = [self._buffer.journal, *self._orphans]
        return self._buffer.in_memory + sum(journal.count() for journal in journals if journal)

    def _run(self) -> None:
        while self._deadline is None:
            self._sleep(self._pause())
            self._fresh = 0
            self._cycle()
        # The last round. What is on disk need not wait for a store that does not answer; what is in memory must.
        while not self._cycle() and self._buffer.in_memory and time.monotonic() < self._deadline:
            time.sleep(min(max(self._not_before - time.monotonic(), 0.01), max(self._deadline - time.monotonic(), 0)))

    def _sleep(self, seconds: float) -> None:
        try:
            self._wake.get(timeout=seconds)
            while True:
                self._wake.get_nowait()
        except queue.Empty:
            return

    def _pause(self) -> float:
        rest = self._not_before - time.monotonic()
        return min(max(rest, 0.0), self.interval) if self._tickets and rest > 0 else self.interval

    def _cycle(self) -> bool:
        """Send what waits; whether nothing waits any more. Whatever goes wrong here stays here."""
        tickets = list(self._tickets)
        try:
            self._buffer.rescue()
            self._adopt()
            if time.monotonic() < self._not_before and self._deadline is None:
                return False
            self._credential.renew(self._transport)
            is_done = self._send_all()
            if is_done:
                self._credential.settled(self._transport)
            self._warn_of_drops()
        except Exception:
            self._counters.add("internal_errors")
            self._warn("internal error", "the exporter failed; it goes on", with_traceback=True)
            self._not_before = time.monotonic() + self._backoff.failed(None)
            return False
        if is_done:
            for ticket in tickets:
                ticket.set()
        return is_done

    def _adopt(self) -> None:
        if time.monotonic() >= self._adopt_at:
            self._adopt_at = time.monotonic() + _ADOPT_SECONDS
            for orphan in self._buffer.spool.adopt():
                self._orphans.append(orphan)
                self._counters.add("recovered", orphan.count())

    def _send_all(self) -> bool:
        for orphan in list(self._orphans):
            if not self._drain(orphan.peek, orphan.ack):
                return False
            self._orphans.remove(orphan)
            orphan.close()
        journal = self._buffer.journal
        if journal and not self._drain(journal.peek, journal.ack):
            return False
        return self._drain(self._buffer.peek_memory, self._buffer.ack_memory)

    def _drain(self, peek: Callable[[int, int], Batch], ack: Callable[[Batch], None]) -> bool:
        while self._deadline is None or time.monotonic() < self._deadline:
            batch = peek(self._limit, _BATCH_BYTES)
            if batch.events:
                verdict = self._post(batch.events)
                if isinstance(verdict, Later):
                    self._wait(verdict)
                    return False
                self._backoff.succeeded()
                self._not_before, self._was_asked = 0.0, False
                if isinstance(verdict, TooMuch) and len(batch.events) > 1:
                    self._limit = self._most = len(batch.events) // 2
                    continue
                self._settle(batch, verdict)
            # Counted when it is passed for good, and once.
            self._counters.add("dropped.torn", batch.torn)
            ack(batch)
            if not batch.events:
                return True
        return False

    def _post(self, events: list[bytes]) -> Verdict:
        token = self._credential.token()
        if not token:
            return Later("no_credential", None)
        self._counters.add("requests")
        answer = self._transport.post(
            "/api/v1/events", b"\n".join(events) + b"\n", token=token, content_type="application/x-ndjson"
        )
        self._compare_clocks(answer)
        if answer.status == 401:
            self._credential.refused()
        verdict = judge(answer, len(events))
        if isinstance(verdict, Later):
            self._warn(verdict.reason, f"the store does not take events now: {verdict.reason} {answer.body[:200]!r}")
        return verdict

    def _settle(self, batch: Batch, verdict: Taken | TooMuch) -> None:
        if isinstance(verdict, TooMuch):
            self._set_aside(batch.events[0], verdict.detail)
            self._most = _MOST_EVENTS  # it was this event, not their number
            return
        for event, result, detail in zip(batch.events, verdict.results, verdict.details):
            if result == "rejected":
                self._set_aside(event, detail)
            elif result == "quarantined":
                self._warn("quarantined", f"the store quarantined an event: {detail} {event[:300]!r}")
        for result, count in Counter(verdict.results).items():
            if result in _COUNTED:
                self._counters.add(_COUNTED[result], count)
        self._limit = min(self._limit * 2, self._most)

    def _set_aside(self, event: bytes, detail: str) -> None:
        line = aside_line(event, detail)
        self._counters.add("set_aside" if self._buffer.spool.set_aside(line) else "dropped.refused")
        self._warn("refused", f"the store refused an event for good: {detail} {event[:300]!r}")

    def _wait(self, verdict: Later) -> None:
        if verdict.reason == "http_429":
            self._limit = max(self._limit // 2, 1)  # a batch larger than the whole allowance would never be taken
        self._counters.add(f"retries.{verdict.reason}")
        self._was_asked = verdict.asked is not None
        self._not_before = time.monotonic() + self._backoff.failed(verdict.asked)

    def _compare_clocks(self, answer: Answer) -> None:
        ahead = answer.skew(time.time())
        if ahead is not None:
            self.clock_ahead = ahead
            if abs(ahead) > _SKEW_SECONDS:
                self._warn("clock", f"this host's clock is {ahead:.0f} s ahead of the store's: events keep its times")

    def _warn_of_drops(self) -> None:
        dropped = {name: count for name, count in self._counters.snapshot().items() if name.startswith("dropped.")}
        if sum(dropped.values()) > self._lost:
            self._lost = sum(dropped.values())
            self._warn("lost", f"events were lost: {dropped}")

    def _warn(self, subject: str, text: str, *, with_traceback: bool = False) -> None:
        """Say it at most once a minute and subject."""
        now = time.monotonic()
        if now - self._warned.get(subject, -_WARN_SECONDS) >= _WARN_SECONDS:
            self._warned = {name: at for name, at in self._warned.items() if now - at < _WARN_SECONDS}
            self._warned[subject] = now
            log.warning("%s", text, exc_info=with_traceback)
