"""How fast are answers: from charges against from raw events, and every question of the pages?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import ibis.expr.types as ir

from benchmarks.platform import START
from benchmarks.report import Line
from benchmarks.timing import p50, p95, spent
from jobs.rate import usage_charges
from queries.app_list import app_list
from queries.attribution_coverage import attribution_coverage
from queries.data_quality import data_quality
from queries.freshness import freshness
from queries.month_to_date import month_to_date
from queries.new_and_gone_apps import new_and_gone_apps
from queries.spend import spend
from queries.spend_change import spend_change
from queries.top_movers import top_movers
from queries.unpriced_usage import unpriced_usage
from warehouse.connect import Store
from warehouse.tables import table, to_sql

RAW_RATIO = 50
PAGE_LIMIT_MS = 150
ROUNDS = 20


def measure(store: Store, *, days: int) -> list[Line]:
    """Ask each question repeatedly, compiled and executed each time, as a page with a cold cache would."""
    end = START + timedelta(days=days)
    lines = [_against_raw(store, end)]
    for name, question in _page_questions(end).items():
        walls = [spent(lambda question=question: store.arrow(question())).wall * 1000 for _ in range(ROUNDS)]
        figures = f"p50 {p50(walls):.0f} ms, p95 {p95(walls):.0f} ms"
        lines.append(Line(f"question {name}", figures, f"p95 <= {PAGE_LIMIT_MS} ms", p95(walls) <= PAGE_LIMIT_MS))
    return lines


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


def _page_questions(end: datetime) -> dict[str, Callable[[], ir.Table]]:
    charges = table("charges")
    month, week = end - timedelta(days=30), end - timedelta(days=7)
    return {
        "month_to_date": lambda: month_to_date(charges, as_of=end - timedelta(hours=1)),
        "spend by team and day": lambda: spend(charges, start=month, end=end, by=["team_id"], grain="day"),
        "spend by app": lambda: spend(
            charges, start=month, end=end, by=["app_id"], measures=["effective_cost", "requests"]
        ),
        "spend by app, model, hour, one week": lambda: spend(
            charges, start=week, end=end, by=["model", "service_name"], grain="hour"
        ),
        "spend_change": lambda: spend_change(
            charges, start=week, end=end, previous_start=week - timedelta(days=7), previous_end=week
        ),
        "top_movers": lambda: top_movers(charges, as_of=end),
        "new_and_gone_apps": lambda: new_and_gone_apps(
            charges, start=week, end=end, previous_start=week - timedelta(days=7), previous_end=week
        ),
        "app_list": lambda: app_list(charges, start=month, end=end),
        "attribution_coverage": lambda: attribution_coverage(charges, start=month, end=end),
        "unpriced_usage": lambda: unpriced_usage(charges),
        "data_quality": lambda: data_quality(table("batches")),
        "freshness": lambda: freshness(table("usage")),
    }
