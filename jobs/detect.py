"""Detection, one look: score what is new or changed, and bring the flags up to date."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from jobs.budget import budget
from jobs.detectors import detector_for, version_in_use
from jobs.flagging import flag, silent_apps
from jobs.progress import Progress, Tell, untold
from jobs.sampling import keep_samples, sample
from jobs.scoring import BACKFILL, SCORED, Memory, news, score_anew, score_on, scored_until, settled_until
from warehouse.connect import Store
from warehouse.versions import versions

LOOK_AGAIN_SECONDS = 600.0  # late data may come with every batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """One look: hours of lines that were scored, and the flags that changed, by reason."""

    until: datetime | None
    hours: int
    changed: Mapping[str, int]
    seconds: float

    def __str__(self) -> str:
        flags = ", ".join(f"{count} {reason}" for reason, count in sorted(self.changed.items()))
        return f"{self.hours:,} hours of lines scored; flags: {flags or 'no news'}"


def detect(
    store: Store, *, as_of: datetime | None = None, memory: Memory | None = None, tell: Tell = untold
) -> Detected:
    """Score every hour whose lateness is over at ``as_of`` (default: now) and that was not, and flag what is unusual.

    Doing it twice changes nothing. Nothing from after ``as_of`` is read. With the ``memory`` of the look before, only
    what is new is read and judged, by the same models. ``tell`` hears how far a long look has come.
    """
    began = time.perf_counter()
    memory = memory or Memory()
    until = settled_until(store, as_of or datetime.now(UTC))
    if until is None:
        return Detected(until=None, hours=0, changed={}, seconds=time.perf_counter() - began)
    known = scored_until(store)
    until = max(until, known or until)  # what was scored is not unscored
    since = known or until - BACKFILL
    first = max(_first_scored(store) or since, until - BACKFILL)
    wanted = version_in_use(store)
    is_short = memory.goes_on(wanted, known)
    if is_short:
        scored = score_on(store, memory, first=first, until=until)
    else:
        found = news(store, start=first, end=until) if known else None
        if found is not None and not found.num_rows and since >= until:
            return Detected(until=until, hours=0, changed={}, seconds=time.perf_counter() - began)
        scored = score_anew(store, detector_for(store), memory, found=found, since=since, until=until, tell=tell)
        memory.wanted = wanted
    changed: dict[str, int] = {}
    if scored.rows:
        if not is_short:
            tell("raising flags", SCORED)
        version, least = memory.last()[0].version, budget(store).minimum_impact
        silent = silent_apps(memory, scored.since, least)
        changed = flag(store, until=until, scored=scored, version=version, minimum_impact=least, silent=silent)
        keep_samples(store, scored.since)
    return Detected(until=until, hours=scored.rows, changed=changed, seconds=time.perf_counter() - began)


class DetectNewHours:
    """The job: a look when an hour's lateness ends, and every ten minutes while charges change."""

    def __init__(self) -> None:
        self._seen: tuple[str, datetime | None] | None = None
        self._looked_at = 0.0
        self._memory = Memory()
        self._sampled_on: date | None = None
        self.progress: Progress | None = None

    def __call__(self, store: Store) -> str:
        """Return in words what was found."""
        state = (versions(store)["charges"], settled_until(store, datetime.now(UTC)))
        if self._seen is not None:
            is_new_hour = state[1] != self._seen[1]
            is_due = state != self._seen and time.monotonic() - self._looked_at >= LOOK_AGAIN_SECONDS
            if not (is_new_hour or is_due):
                return "nothing to score"
        try:
            return self._look(store, state)
        finally:
            self.progress = None

    def _look(self, store: Store, state: tuple[str, datetime | None]) -> str:
        done = detect(store, memory=self._memory, tell=self._tell)
        self._seen, self._looked_at = state, time.monotonic()
        if done.until is None or self._memory.lines is None or self._sampled_on == done.until.date():
            return str(done)
        self._sampled_on = done.until.date()
        offered = sample(store, self._memory, until=done.until)
        return f"{done}; offered for a label: {offered}" if offered else str(done)

    def _tell(self, step: str, share: float) -> None:
        since = self.progress.since if self.progress else datetime.now(UTC)
        self.progress = Progress(step, share, since)


def _first_scored(store: Store) -> datetime | None:
    first = store.rows("SELECT min(time) AS first, count() AS scores FROM scored_hours")[0]
    return first["first"] if first["scores"] else None
