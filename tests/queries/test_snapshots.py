"""The SQL of every question, as text under review. ``pytest tests/queries --snapshot-update`` rewrites it."""

from __future__ import annotations

import re
from pathlib import Path

import ibis.expr.types as ir
import pytest

from jobs.questions import NAMES, question
from tests.queries.conftest import utc
from warehouse.tables import to_sql

SNAPSHOTS = Path(__file__).parent / "snapshots"
PERIOD = {"start": utc(2026, 2, 1), "end": utc(2026, 3, 1)}
PREVIOUS = {"previous_start": utc(2026, 1, 1), "previous_end": utc(2026, 2, 1)}
FLAG = {"flag_id": "F-1", "app_id": "chat", "meters": ["input_tokens"]}
FLAG |= {"view_start": utc(2026, 1, 25), "view_end": utc(2026, 3, 2)}
NEEDED = PERIOD | PREVIOUS | FLAG | {"as_of": utc(2026, 2, 17, 12), "at": utc(2026, 2, 17, 12), "by": "team_id"}
NEEDED |= {"hours": 72}
SPLIT = {"by": ["team_id"], "where": {"environment": ["production"]}}
# A question that shows more of itself with some options.
OPTIONS = {
    "app_lifecycle_markers": {"apps": ["chat"]},
    "attribution_coverage": PERIOD | {"grain": "day"},
    "daily_spend": PERIOD | SPLIT,
    "data_quality": PERIOD | {"grain": "day"},
    "spend": PERIOD | SPLIT | {"grain": "week", "measures": ["effective_cost", "cost_per_1k_requests", "active_apps"]},
    "spend_change": {"by": ["team_id"]},
    "trace_charge_events": {"where": {"app_id": ["chat"]}},
}


def asked(name: str) -> ir.Table:
    needed = {option: NEEDED[option] for option in question(name).required}
    return question(name).ask(needed | OPTIONS.get(name, {}))


@pytest.mark.parametrize("name", NAMES)
def test_sql_is_as_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    sql = written(asked(name))
    file = SNAPSHOTS / f"{name}.sql"
    if request.config.getoption("--snapshot-update"):
        file.write_text(sql, encoding="utf-8")
    assert file.exists(), f"{file.name} is missing: run with --snapshot-update and review it"
    assert sql == file.read_text(encoding="utf-8")


def written(expression: ir.Table) -> str:
    """The SQL as it is kept: Ibis holds dropped columns in a set, so that their order is a matter of chance."""
    return re.sub(r"EXCEPT\s*\(([^)]*)\)", _sorted, to_sql(expression)) + "\n"


def _sorted(dropped: re.Match[str]) -> str:
    return f"EXCEPT ({', '.join(sorted(name.strip() for name in dropped[1].split(',')))})"


def test_every_snapshot_has_its_question() -> None:
    assert {file.stem for file in SNAPSHOTS.glob("*.sql")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_runs(name: str, platform, request: pytest.FixtureRequest) -> None:
    if name == "store_size" and request.config.getoption("--over-http"):
        pytest.skip("the engine's own parts are nothing that readers see")
    platform.arrow(asked(name))
