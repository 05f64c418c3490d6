"""How much faster is an answer from charges than from raw events?"""

from __future__ import annotations

from datetime import datetime, timedelta

from benchmarks.platform import START
from benchmarks.report import Line
from benchmarks.timing import p50, spent
from jobs.rate import usage_charges
from queries.spend import spend
from warehouse.connect import Store
from warehouse.tables import table, to_sql

RAW_RATIO = 50
ROUNDS = 20


def measure(store: Store, *, days: int) -> list[Line]:
    """Ask for cost by team by day both ways; the answers must be equal."""
    end = START + timedelta(days=days)
    return [_against_raw(store, end)]


def _against_raw(store: Store, end: datetime) -> Line:
    start = end - timedelta(days=30)
    by_team = to_sql(spend(table("charges"), start=start, end=end, by=["team_id"], grain="day"))
    raw = to_sql(spend(usage_charges(table("usage"), ()), start=start, end=end, by=["team_id"], grain="day"))
    slow = [spent(lambda: store.arrow(raw)) for _ in range(3)]
    fast = [spent(lambda: store.arrow(by_team)) for _ in range(ROUNDS)]
    if not slow[0].result.equals(fast[0].result):
        raise RuntimeError("cost by team by day differs between charges and raw events")
    ratio = p50([done.wall for done in slow]) / p50([done.wall for done in fast])
    figures = (
        f"{p50([done.wall for done in fast]) * 1000:.0f} ms from charges, {ratio:.0f}x faster than from raw events"
    )
    return Line("cost by team by day, 30 days", figures, f">= {RAW_RATIO}x", ratio >= RAW_RATIO)
