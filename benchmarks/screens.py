"""How fast are the pages: every question they ask, and the Python of a rerun without the questions?"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.report import Line
from benchmarks.timing import p50, p95, spent
from config.settings import ROOT
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
        asked: list[str] = []
        app = _watched(store, asked, lambda page=page, viewer=viewer: _open(page, viewer))
        lines.append(_questions(store, page, asked))
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


def _questions(store: Store, page: str, asked: list[str]) -> Line:
    slowest = worst = 0.0
    for sql in asked:
        walls = [spent(lambda sql=sql: store.arrow(sql)).wall * 1000 for _ in range(ROUNDS)]
        slowest, worst = max(slowest, p50(walls)), max(worst, p95(walls))
    figure = f"{len(asked)} questions; the slowest: p50 {slowest:.0f} ms, p95 {worst:.0f} ms"
    return Line(f"{page}: its questions", figure, f"p95 <= {QUESTION_LIMIT_MS} ms", worst <= QUESTION_LIMIT_MS)


def _watched(store: Store, asked: list[str], work: Callable[[], Any]) -> Any:
    """Run with every question of a page noted; what the router asks for every page is asked once only."""
    arrow = store.arrow

    def noting(question: Any, parameters: Any = None) -> Any:
        if parameters is None and isinstance(question, str) and question not in asked:
            asked.append(question)
        return arrow(question, parameters)

    store.arrow = noting  # type: ignore[method-assign]
    try:
        return work()
    finally:
        store.arrow = arrow  # type: ignore[method-assign]
