"""How long does rating take, and what does it hold in memory?"""

from __future__ import annotations

import resource
import sys
from datetime import timedelta
from pathlib import Path

from benchmarks.platform import START
from benchmarks.report import Line
from benchmarks.timing import p50, spent
from jobs.rate import rate, rebuild
from warehouse.connect import Store
from warehouse.tables import SCHEMAS

ROUNDS = 7
MEMORY_LIMIT_GB = 2.0
DAY_LIMIT = 1.3


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
    columns = ", ".join(SCHEMAS["charges"])
    by_hand = (Path(__file__).parent / "sql" / "dirty_day.sql").read_text(encoding="utf-8")
    store.command("CREATE TABLE hand_charges AS rated_charges")
    ours, hand = [], []
    for round_ in range(ROUNDS):
        ours.append(spent(lambda: rebuild(store, [day])))
        hand.append(
            spent(
                lambda round_=round_: store.command(
                    f"INSERT INTO hand_charges ({columns}) SELECT {columns} FROM ({by_hand})",
                    {"day": day, "generation": round_},
                )
            )
        )
    same = "sum(consumed_quantity), sum(list_cost), sum(event_count), sum(event_digest), count()"
    left = store.rows(
        f"SELECT toString(tuple({same})) AS t FROM charges WHERE charge_date = {{day:Date}}", {"day": day}
    )
    right = store.rows(f"SELECT toString(tuple({same})) AS t FROM hand_charges WHERE generation = 0")
    store.command("DROP TABLE hand_charges SYNC")
    if left != right:
        raise RuntimeError(f"the charges of {day} differ: {left} by the questions, {right} by hand")
    wall = p50([mine.wall / other.wall for mine, other in zip(ours, hand, strict=True)])
    cpu = p50([mine.cpu / other.cpu for mine, other in zip(ours, hand, strict=True)])
    rows = store.scalar("SELECT sum(event_count) FROM charges WHERE charge_date = {day:Date}", {"day": day})
    figures = f"{p50([mine.wall for mine in ours]):.2f} s, {wall:.2f}x by hand (cpu {cpu:.2f}x)"
    return [
        Line(
            f"rebuild one dirty day ({rows:,} events), pointer flipped", figures, f"<= {DAY_LIMIT}x", wall <= DAY_LIMIT
        )
    ]
