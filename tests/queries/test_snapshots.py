"""The SQL of every question, as text under review. ``pytest tests/queries --snapshot-update`` rewrites it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.questions import NAMES, question
from tests.queries.conftest import utc
from warehouse.tables import to_sql

SNAPSHOTS = Path(__file__).parent / "snapshots"
PERIOD = {"start": utc(2026, 2, 1), "end": utc(2026, 3, 1)}
PREVIOUS = {"previous_start": utc(2026, 1, 1), "previous_end": utc(2026, 2, 1)}
SPLIT = {"by": ["team_id"], "where": {"environment": ["production"]}}
# A question that needs options, or shows more of itself with some.
OPTIONS = {
    "app_lifecycle_markers": PERIOD | {"apps": ["chat"]},
    "app_list": PERIOD,
    "attribution_coverage": PERIOD | {"grain": "day"},
    "compared_spend": PERIOD | PREVIOUS,
    "daily_spend": PERIOD | SPLIT,
    "data_quality": PERIOD | {"grain": "day"},
    "dimension_values": {"by": "team_id"},
    "foreign_currency_costs": PERIOD,
    "freshness": {"as_of": utc(2026, 2, 17, 12)},
    "month_over_month": {"as_of": utc(2026, 2, 17, 12)},
    "month_to_date": {"as_of": utc(2026, 2, 17, 12)},
    "moving_apps": {"as_of": utc(2026, 2, 17)},
    "new_and_gone_apps": PERIOD | PREVIOUS,
    "spend": PERIOD | SPLIT | {"grain": "week", "measures": ["effective_cost", "cost_per_1k_requests", "active_apps"]},
    "spend_change": PERIOD | PREVIOUS | {"by": ["team_id"]},
    "top_movers": {"as_of": utc(2026, 2, 17)},
    "top_spend": PERIOD | {"by": "team_id"},
    "total_cost": PERIOD,
    "trace_charge_events": PERIOD | {"where": {"app_id": ["chat"]}},
    "unpriced_usage": PERIOD,
}


@pytest.mark.parametrize("name", NAMES)
def test_sql_is_as_reviewed(name: str, request: pytest.FixtureRequest) -> None:
    sql = to_sql(question(name).ask(OPTIONS.get(name, {}))) + "\n"
    file = SNAPSHOTS / f"{name}.sql"
    if request.config.getoption("--snapshot-update"):
        file.write_text(sql, encoding="utf-8")
    assert file.exists(), f"{file.name} is missing: run with --snapshot-update and review it"
    assert sql == file.read_text(encoding="utf-8")


def test_every_snapshot_has_its_question() -> None:
    assert {file.stem for file in SNAPSHOTS.glob("*.sql")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_runs(name: str, platform) -> None:
    platform.arrow(question(name).ask(OPTIONS.get(name, {})))
