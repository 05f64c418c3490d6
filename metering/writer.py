"""The one buffered writer: requests hand over decoded events and wait until the store has them.

Whatever arrives while a batch is being written becomes the next batch (group commit), so one durable write serves many
requests. A request is answered after its batch is stored and not before; a batch that fails is tried again until it is
stored or its requests have waited too long, and those were then acknowledged nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from itertools import combinations

import pyarrow as pa
import pyarrow.compute as pc

from metering.arrivals import EVENT, Arrivals
from metering.door import Receipt, admit, live_terms
from metering.refusals import Refusals
from warehouse.connect import Store

log = logging.getLogger(__name__)

MOST_ROWS_WAITING = 400_000  # beyond this a request is turned away: about a quarter of a gigabyte
MOST_ROWS_A_BATCH = 100_000
LINGER_SECONDS, MOST_LINGER_SECONDS = 0.004, 0.04
PATIENCE_SECONDS = 25.0  # how long a request waits for a store that does not take its batch
LEDGER_SECONDS = 1.0  # how long a refusal is counted in memory only
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 2.0


class Full(Exception):
    """So much is waiting that nothing more is taken in."""


class NotStored(Exception):
    """The store did not take the batch in time; nothing of the request was acknowledged."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of a request's events, by their place; every event that is not named was accepted.

    ``parts`` says of an event whose meters met different fates what became of each.
    """

    duplicates: frozenset[int]
    quarantined: dict[int, tuple[str, str]]
    parts: dict[int, dict[str, str]]


@dataclass(slots=True, eq=False)
class _Waiting:
    """A request's events on their way, and whom to tell."""

    arrivals: Arrivals
    is_authenticated: bool
    deadline: float
    done: Future[Outcomes] = field(default_factory=Future)


class Writer:
    """Takes events of many requests and stores them together, in a thread of its own."""

    def __init__(self, store: Store, *, origin: str = "api", most_rows_waiting: int = MOST_ROWS_WAITING) -> None:
        self._store = store
        self._origin = origin
        self._most = most_rows_waiting
        self.refusals = Refusals()
        self._waiting: deque[_Waiting] = deque()
        self._rows = 0
        self._served_together = 0
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        self._thread.join()

    @property
    def rows_waiting(self) -> int:
        return self._rows

    def submit(self, arrivals: Arrivals, *, is_authenticated: bool) -> Future[Outcomes]:
        """Hand over a request's events; the future is done when they are stored.

        Raises:
            Full: too much is waiting, or the writer is ending.

        """
        waiting = _Waiting(arrivals, is_authenticated, time.monotonic() + PATIENCE_SECONDS)
        waiting.done.set_running_or_notify_cancel()  # a caller that went away does not stop the others' batch
        with self._changed:
            # An empty queue takes anything: a single request is bounded where it comes in.
            if self._is_stopping or (self._rows and self._rows + arrivals.rows > self._most):
                raise Full(f"{self._rows} rows are waiting to be stored")
            self._waiting.append(waiting)
            self._rows += arrivals.rows
            self._changed.notify_all()
        return waiting.done

    def _run(self) -> None:
        while batch := self._next():
            for is_authenticated in (True, False):
                together = [one for one in batch if one.is_authenticated is is_authenticated]
                if together:
                    self._store_together(together)
            with self._changed:
                self._rows -= sum(one.arrivals.rows for one in batch)
        self._write_refusals()

    def _next(self) -> list[_Waiting]:
        """Wait for requests and return those of the next batch; none at the end."""
        self._write_refusals()
        with self._changed:
            while not self._changed.wait_for(lambda: self._waiting or self._is_stopping, timeout=LEDGER_SECONDS):
                self._write_refusals()
            self._linger()
            batch: list[_Waiting] = []
            rows = 0
            while self._waiting and (not batch or rows + self._waiting[0].arrivals.rows <= MOST_ROWS_A_BATCH):
                batch.append(self._waiting.popleft())
                rows += batch[-1].arrivals.rows
            self._served_together = len(batch)
        return batch

    def _linger(self) -> None:
        """Where several requests were served together, let those that follow them come together again.

        The first one's answer costs the others a whole batch otherwise: half of the throughput of many small requests.
        """
        until = time.monotonic() + MOST_LINGER_SECONDS
        while self._served_together > 1 and not self._is_stopping and time.monotonic() < until:
            here = len(self._waiting)
            self._changed.wait(LINGER_SECONDS)
            if len(self._waiting) == here or self._rows >= MOST_ROWS_A_BATCH:
                return

    def _write_refusals(self) -> None:
        try:
            self.refusals.write(self._store)
        except Exception as error:
            # They stay counted and are written with the next ones.
            log.warning("the ledger of refusals was not written: %s", error)

    def _store_together(self, batch: list[_Waiting]) -> None:
        """Store requests, again and again until they are stored or have waited too long."""
        pause = FIRST_PAUSE_SECONDS
        while failed := self._attempt(batch):
            now = time.monotonic()
            batch = [one for one, _ in failed if now < one.deadline and not self._is_stopping]
            for one, error in failed:
                if one not in batch:
                    one.done.set_exception(NotStored(f"the store did not take the events: {error}"))
            if batch:
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    def _attempt(self, batch: list[_Waiting]) -> list[tuple[_Waiting, Exception]]:
        """Store requests together, or else each on its own: one of them may be the cause. Return those that failed."""
        if not batch:
            return []
        try:
            outcomes = self._admit(batch)
        except Exception as error:
            # Whatever the engine says, the batch was undone: it is as if nobody had sent it yet.
            log.warning("a batch of %d requests was not stored: %s", len(batch), error)
            if len(batch) == 1:
                return [(batch[0], error)]
            return [failure for one in batch for failure in self._attempt([one])]
        for one, outcome in zip(batch, outcomes, strict=True):
            one.done.set_result(outcome)
        return []

    def _admit(self, batch: Sequence[_Waiting]) -> list[Outcomes]:
        verdicts = [_Verdicts() for _ in batch]
        terms = live_terms(self._origin, is_authenticated=batch[0].is_authenticated)
        for event_type in sorted({name for one in batch for name in one.arrivals.staged}):
            parts = [one.arrivals.staged.get(event_type) for one in batch]
            receipt = admit(self._store, event_type, _together(parts), terms)
            _tell(receipt, parts, verdicts)
        return [verdict.outcomes() for verdict in verdicts]


def _together(parts: Sequence[pa.Table | None]) -> pa.Table:
    """Lay the rows of requests below each other; an event's rows stay one call, apart from its own retry."""
    named = []
    for number, part in enumerate(parts):
        if part:
            sent_as = pc.binary_join_element_wise(str(number), part[EVENT].cast(pa.string()), ".")
            named.append(part.append_column("sent_as", sent_as))
    return pa.concat_tables(named)


class _Verdicts:
    """The fates of a request's rows, gathered by event: one bad row makes its event quarantined."""

    def __init__(self) -> None:
        self.accepted: set[int] = set()
        self.duplicates: set[int] = set()
        self.quarantined: dict[int, tuple[str, str]] = {}
        self.parts: dict[int, dict[str, str]] = {}

    def mixed(self) -> set[int]:
        held = (self.accepted, self.duplicates, self.quarantined.keys())
        return {place for one, other in combinations(held, 2) for place in one & other}

    def outcomes(self) -> Outcomes:
        told = self.quarantined.keys() | self.accepted
        return Outcomes(frozenset(self.duplicates - told), self.quarantined, self.parts)


def _tell(receipt: Receipt, parts: Sequence[pa.Table | None], verdicts: Sequence[_Verdicts]) -> None:
    """Say to each request what became of its rows: positions of the batch are rows of the parts in their order."""
    if not receipt.rejected and not receipt.duplicates:
        return
    owners = [(number, place) for number, part in enumerate(parts) if part for place in part[EVENT].to_pylist()]
    fates = dict.fromkeys(receipt.duplicate_positions, "duplicate")
    fates |= {rejected.position: "quarantined" for rejected in receipt.rejected}
    for position in receipt.duplicate_positions:
        number, place = owners[position]
        verdicts[number].duplicates.add(place)
    for rejected in receipt.rejected:
        number, place = owners[rejected.position]
        verdicts[number].quarantined.setdefault(place, (rejected.reason, rejected.detail))
    for position, (number, place) in enumerate(owners):
        if position not in fates:
            verdicts[number].accepted.add(place)
    mixed = {(number, place) for number, verdict in enumerate(verdicts) for place in verdict.mixed()}
    if mixed and receipt.event_type == "usage":
        meters = [meter for part in parts if part for meter in part["meter"].to_pylist()]
        for position, owner in enumerate(owners):
            if owner in mixed:
                number, place = owner
                verdicts[number].parts.setdefault(place, {})[meters[position]] = fates.get(position, "accepted")
