"""While days are rebuilt, a reader sees the old charges or the new ones: never none, never both, never half."""

from __future__ import annotations

import threading
from collections import Counter

from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.connect import Store

EVENTS, DAYS, REBUILDS = 3_000, 3, 12
QUESTION = "SELECT count() AS charges, sum(event_count) AS events, toString(sum(consumed_quantity)) AS q FROM charges"


def events() -> list[dict[str, str]]:
    return [
        {
            "source": "s",
            "event_id": str(number),
            "time": f"2026-01-{number % DAYS + 5:02}T{number % 24:02}:00:00Z",
            "resource_id": f"r{number % 40}",
            "meter": "cpu_core_seconds",
            "quantity": "1.5",
        }
        for number in range(EVENTS)
    ]


def test_totals_never_waver(store: Store) -> None:
    admit(store, "usage", decode_events(events())["usage"], history_terms("test"))
    rate(store)
    seen: Counter[tuple[int, int, str]] = Counter()
    failures: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                row = store.rows(QUESTION)[0]
            except BaseException as error:
                failures.append(error)
                return
            seen[row["charges"], row["events"], row["q"]] += 1

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(REBUILDS):
        rate(store, again=True)
    done.set()
    for reader in readers:
        reader.join()
    assert not failures, failures[0]
    assert len(seen) == 1, seen
    assert next(iter(seen))[1] == EVENTS
    assert sum(seen.values()) > REBUILDS


def test_two_raters_leave_one_generation(store: Store) -> None:
    admit(store, "usage", decode_events(events())["usage"], history_terms("test"))
    raters = [threading.Thread(target=rate, args=(store,), kwargs={"again": True}) for _ in range(3)]
    for rater in raters:
        rater.start()
    for rater in raters:
        rater.join()
    assert store.scalar("SELECT sum(event_count) FROM charges") == EVENTS
    held = store.rows(
        "SELECT charge_date, uniqExact(generation) AS generations FROM rated_charges GROUP BY charge_date"
    )
    assert {row["generations"] for row in held} == {1}
    assert rate(store) == []
