"""How fast do events enter, judged one by one and durable?"""

from __future__ import annotations

from benchmarks.platform import register, staged_batches
from benchmarks.report import Line
from benchmarks.timing import spent
from metering.door import admit, history_terms
from warehouse.connect import Store


def measure(store: Store, *, events: int, days: int, apps: int) -> list[Line]:
    """Fill the store through the door; generating the batches is not counted."""
    register(store, apps=apps, days=days)
    terms = history_terms("benchmark")
    wall = bare = 0.0
    accepted = 0
    store.command(
        "CREATE TABLE bare_rows (event_id String, time String, quantity String) ENGINE = MergeTree ORDER BY event_id"
    )
    for batch in staged_batches(events=events, days=days, apps=apps):
        done = spent(lambda batch=batch: admit(store, "usage", batch, terms))
        wall += done.wall
        accepted += done.result.accepted
        if accepted <= 2_000_000:
            columns = batch.select(["event_id", "time", "quantity"])
            bare += spent(lambda columns=columns: store.insert_arrow("bare_rows", columns)).wall
    store.command("DROP TABLE bare_rows SYNC")
    if accepted != events:
        raise RuntimeError(f"the door accepted {accepted} of {events} events")
    bare_rate = min(events, 2_000_000) / bare
    return [
        Line("load through the door", f"{accepted / wall:,.0f} events/s ({wall:.1f} s)"),
        Line("  a bare insert of three text columns", f"{bare_rate:,.0f} rows/s, {bare_rate * wall / accepted:.1f}x"),
    ]
