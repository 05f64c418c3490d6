"""What came late, twice, or with another time stamp: the order in which the platform's events reach the door."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jobs.demo.pile import Rows, join
from jobs.demo.plan import Plan

HOUR_MS = 3_600_000

# Of a thousand events
LATE, REPEATED, RESTAMPED = 10, 6, 2
LATEST_HOURS = 72


def arrive(plan: Plan, rows: Rows) -> tuple[Rows, int]:
    """Return all rows in the order of their arrival, and how many of them are repetitions.

    One event in a hundred is late by up to three days; some are sent again, some of those with the time of the retry.
    What an event is, its id decides: all rows of an event share its fate. Nothing arrives after ``plan.until``.
    """
    until = int(plan.until.timestamp()) * 1000
    draw = (rows.key >> np.uint64(20)) % np.uint64(1000)
    some = _chance_of(rows)
    late = draw < LATE
    delay = np.where(late, HOUR_MS + some % (LATEST_HOURS * HOUR_MS), 500 + some % 90_000)
    first = replace(rows, arrival=np.minimum(rows.time + delay, until))

    again = first.take((draw >= LATE) & (draw < LATE + REPEATED))
    again = replace(again, arrival=np.minimum(again.arrival + 60_000, until))
    stamped = first.take((draw >= LATE + REPEATED) & (draw < LATE + REPEATED + RESTAMPED))
    moved = np.minimum(stamped.time + 1_000 + _chance_of(stamped) % (40 * 60_000), until - 1)
    stamped = replace(stamped, time=moved, arrival=np.minimum(stamped.arrival + 15 * 60_000, until))

    everything = join([first, again, stamped])
    # Stable: of equal arrivals the first sending stays first.
    return everything.take(np.argsort(everything.arrival, kind="stable")), len(again) + len(stamped)


def _chance_of(rows: Rows) -> NDArray[np.int64]:
    """Return a large number of each event that is as good as chance, and always the same."""
    return (rows.key >> np.uint64(24)).astype(np.int64)
