"""How fast are the pages: every question they ask, and the Python of a rerun without the questions?"""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.report import Line
from benchmarks.timing import p50, p95, spent
from billing.month_end import month_end
from config.settings import ROOT
from ui import session
from ui.session import serve
from ui.warm import warm
from warehouse.connect import Store

QUESTION_LIMIT_MS = 150
RERUN_LIMIT_MS = 40
ROUNDS = 20
PAGES = {"overview": "Analyst", "explore": "Analyst", "showback": "Analyst", "health": "On-call"}


def measure(store: Store) -> list[Line]:
    """Open each page, note what it asks, ask that again and again; then rerun the page with its answers known."""
    serve(store)
    warm()
    gc.collect()
    gc.freeze()
    lines = []
    for page, viewer in PAGES.items():
        asked: dict[str, str] = {}
        app = _open(page, viewer)  # unwatched: on its way it asks what Overview asks
        st.cache_resource.clear()
        _watched(asked, app.run)
        lines += _questions(store, page, asked)
        if page == "overview":
            lines.append(_forecast(store, asked))
        reruns = [spent(app.run) for _ in range(ROUNDS)]
        cpu = p50([done.cpu for done in reruns]) * 1000
        lines.append(
            Line(f"  {page}: Python of a rerun", f"{cpu:.0f} ms", f"<= {RERUN_LIMIT_MS} ms", cpu <= RERUN_LIMIT_MS)
        )
    serve(None)
    return lines


def _open(page: str, viewer: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=300)
    app.query_params["viewing_as"] = viewer
    app.run()
    if page != "overview":
        app = app.switch_page(f"../pages/{page}.py").run()
    if app.exception:
        raise RuntimeError(f"{page}: {app.exception[0].message}")
    return app


def _questions(store: Store, page: str, asked: dict[str, str]) -> list[Line]:
    """Ask every question of a page again and again; the slowest on the clock, and the one that works most, by name."""
    done = {name: [spent(lambda sql=sql: store.arrow(sql)) for _ in range(ROUNDS)] for name, sql in asked.items()}
    worst = {name: p95([one.wall for one in runs]) * 1000 for name, runs in done.items()}
    work = {name: p50([one.cpu for one in runs]) * 1000 for name, runs in done.items()}
    slowest, busiest = max(worst, key=worst.__getitem__), max(work, key=work.__getitem__)
    middle = p50([one.wall for one in done[slowest]]) * 1000
    figure = f"{len(asked)} questions; the slowest {slowest}: p50 {middle:.0f} ms, p95 {worst[slowest]:.0f} ms"
    return [
        Line(f"{page}: its questions", figure, f"p95 <= {QUESTION_LIMIT_MS} ms", worst[slowest] <= QUESTION_LIMIT_MS),
        Line("  processors' time", f"{sum(work.values()):.0f} ms in all; {busiest}: {work[busiest]:.0f} ms"),
    ]


def _forecast(store: Store, asked: dict[str, str]) -> Line:
    """Ask for the days that Overview's forecast reads, the longest of its questions by day, and reckon with them."""
    by_day = [store.arrow(sql) for name, sql in asked.items() if name.startswith("daily_spend ")]
    days = max(by_day, key=lambda rows: rows.num_rows)
    sql = next(sql for sql in asked.values() if store.arrow(sql).equals(days))
    walls = [spent(lambda: store.arrow(sql)).wall * 1000 for _ in range(ROUNDS)]
    held = dict(zip(days["charge_date"].to_pylist(), days["effective_cost"].to_pylist(), strict=True))
    noon = datetime.combine(max(held), time(12), UTC)
    reckoned = p50([spent(lambda: month_end(held, as_of=noon)).wall for _ in range(ROUNDS)]) * 1000
    figure = f"{days.num_rows} days: p50 {p50(walls):.0f} ms, p95 {p95(walls):.0f} ms; reckoned in {reckoned:.0f} ms"
    return Line("  its forecast", figure, f"p95 <= {QUESTION_LIMIT_MS} ms", p95(walls) <= QUESTION_LIMIT_MS)


def _watched(asked: dict[str, str], work: Callable[[], Any]) -> None:
    """Run with the SQL of every question of a page noted, by the question's name and a number."""
    answer = session._answer

    def noting(key: str, version: str, scope: str, sql: Callable[[], str]) -> Any:
        text = sql()
        if text not in asked.values():
            name = key.split("|")[0].rpartition(".")[2]
            asked[f"{name} #{len(asked) + 1}"] = text
        return answer(key, version, scope, sql)

    session._answer = noting
    try:
        work()
    finally:
        session._answer = answer
