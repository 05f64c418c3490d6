"""How long does rating take, and what does it hold in memory?"""

from __future__ import annotations

import resource
import sys
from datetime import date, timedelta
from pathlib import Path

from benchmarks.platform import START
from benchmarks.report import Line
from benchmarks.timing import p50, spent
from jobs.rate import rate, rebuild
from warehouse.connect import Store
from warehouse.tables import SCHEMAS

ROUNDS = 7
MEMORY_LIMIT_GB = 2.0
DAY_LIMIT = 1.3  # in processor time: on the clock it depends on who else is at work
_BY_HAND = {
    "hand_charges": "rated_charges",
    "hand_daily_charges": "rated_daily_charges",
    "hand_generations": "charge_generations",
}


def measure(store: Store, *, events: int, days: int) -> list[Line]:
    """Rate everything, then one dirty day in turns with hand-written SQL for the same charges."""
    everything = spent(lambda: rate(store))
    # Linux gives kilobytes; macOS bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
    rated = store.scalar("SELECT sum(event_count) FROM charges")
    if rated != events:
        raise RuntimeError(f"rated {rated} of {events} events")
    return [
        Line("rate everything", f"{events / everything.wall:,.0f} events/s ({everything.wall:.1f} s)"),
        Line(
            "  peak memory of the rating process",
            f"{peak:.2f} GB",
            f"<= {MEMORY_LIMIT_GB} GB at 50M events",
            peak <= MEMORY_LIMIT_GB,
        ),
        *_dirty_day(store, days),
    ]


def _dirty_day(store: Store, days: int) -> list[Line]:
    day = (START + timedelta(days=days // 2)).date()
    ours, hand = [], []
    for name, like in _BY_HAND.items():
        store.command(f"CREATE TABLE {name} AS {like}")
    try:
        for generation in range(1, ROUNDS + 1):
            ours.append(spent(lambda: rebuild(store, [day])))
            hand.append(spent(lambda generation=generation: _by_hand(store, day, generation)))
        for name, said in (("hand_charges", "charges"), ("hand_daily_charges", "daily_charges")):
            _same(store, day, said, name)
    finally:
        for name in _BY_HAND:
            store.command(f"DROP TABLE {name} SYNC")
    wall = p50([mine.wall / other.wall for mine, other in zip(ours, hand, strict=True)])
    cpu = p50([mine.cpu / other.cpu for mine, other in zip(ours, hand, strict=True)])
    rows = store.scalar("SELECT sum(event_count) FROM charges WHERE charge_date = {day:Date}", {"day": day})
    figures = f"{p50([mine.wall for mine in ours]):.2f} s, {wall:.2f}x by hand (cpu {cpu:.2f}x)"
    return [
        Line(f"rebuild one dirty day ({rows:,} events), pointer flipped", figures, f"<= {DAY_LIMIT}x", cpu <= DAY_LIMIT)
    ]


def _by_hand(store: Store, day: date, generation: int) -> None:
    """Put the same rows into the same tables by hand-written SQL, as durable: by hour, by day, the pointer, the drop.

    It knows that the day is dirty, that nobody writes meanwhile, that there are no discounts and no platform costs. So
    it spares what a rebuild does beside: the digest of what the day was rated from, the histories laid out in one
    state, the ledger of acknowledged batches, and the look for generations that an invoice needs.
    """
    folder, columns = Path(__file__).parent / "sql", ", ".join(SCHEMAS["charges"])
    parameters = {"day": day, "generation": generation}
    for table, name in (("hand_charges", "dirty_day.sql"), ("hand_daily_charges", "dirty_day_by_day.sql")):
        asked = (folder / name).read_text(encoding="utf-8")
        store.command(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM ({asked})", parameters)
    store.command(
        "INSERT INTO hand_generations (charge_date, generation, events) SELECT {day:Date}, {generation:UInt64}, "
        "(SELECT sum(event_count) FROM hand_daily_charges WHERE generation = {generation:UInt64})",
        parameters,
    )
    for table in ("hand_charges", "hand_daily_charges") if generation > 1 else ():
        store.command(f"ALTER TABLE {table} DROP PARTITION ('{day}', {generation - 1})")


def _same(store: Store, day: date, said: str, by_hand: str) -> None:
    """Compare every column of every row: of the same rows the digests sum to the same."""
    columns = ", ".join(name for name in SCHEMAS["charges"] if name != "generation")
    digest = f"sum(sipHash64(toString(tuple({columns}))))"
    of_day = f"SELECT count() AS rows, {digest} AS digest FROM {{}} WHERE charge_date = {{{{day:Date}}}}"
    left, right = (store.rows(of_day.format(name), {"day": day}) for name in (said, by_hand))
    if left != right:
        raise RuntimeError(f"the {said} of {day} differ: {left} by the questions, {right} by hand")
