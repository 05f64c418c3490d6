"""How much faster is an answer from charges than from raw events?"""

from __future__ import annotations

from datetime import datetime, timedelta

import ibis.expr.types as ir

from benchmarks.platform import START
from benchmarks.report import Line
from benchmarks.timing import p50, spent
from queries.app_owners import app_owners
from queries.attributed import attributed
from queries.rated_usage import rated_usage
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
    raw = to_sql(spend(_from_raw(), start=start, end=end, by=["team_id"], grain="day"))
    slow = [spent(lambda: store.arrow(raw)) for _ in range(3)]
    fast = [spent(lambda: store.arrow(by_team)) for _ in range(ROUNDS)]
    if not slow[0].result.equals(fast[0].result):
        raise RuntimeError("cost by team by day differs between charges and raw events")
    ratio = p50([done.wall for done in slow]) / p50([done.wall for done in fast])
    figures = (
        f"{p50([done.wall for done in fast]) * 1000:.0f} ms from charges, {ratio:.0f}x faster than from raw events"
    )
    return Line("cost by team by day, 30 days", figures, f">= {RAW_RATIO}x", ratio >= RAW_RATIO)


def _from_raw() -> ir.Table:
    """The charges as a question about raw events: what a dashboard without stored charges would ask."""
    owned = attributed(
        table("usage"),
        table("leases"),
        table("ownerships"),
        app_owners(table("apps"), table("teams")),
        table("environments"),
        default_cost_center="cc-unattributed",
    )
    return rated_usage(owned, table("prices"), currency="USD")
