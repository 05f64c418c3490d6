"""The rows of a table that a viewer may see, on the real engine."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta

import pytest

from config.settings import ROOT
from metering.decode import decode_events
from metering.door import admit, history_terms
from ui.scope import scoped
from ui.viewer import demo_viewer
from warehouse.histories import record, transfer

MOVED = datetime(2026, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("name", ["charges", "daily_charges", "apps", "teams"])
def test_a_lead_sees_the_own_rows_and_an_analyst_all(platform, name: str) -> None:
    def teams(viewing_as: str) -> set[str]:
        return {row["team_id"] for row in platform.rows(scoped(name, demo_viewer(viewing_as)))}

    assert teams("lead:growth") == {"growth"}
    assert teams("lead:") == set()
    assert teams("lead:' OR 1=1 --") == set()
    assert teams("analyst") >= {"growth", "payments", "search"}


def test_an_apps_events_are_of_the_team_that_had_it_then(store) -> None:
    record(store, "apps", [{"app_id": "chat", "team_id": "old"}], by="test")
    transfer(store, "apps", "chat", MOVED, {"team_id": "new"}, by="test")
    moments = [MOVED - timedelta(milliseconds=1), MOVED]
    events = [
        {
            "type": "lifecycle",
            "source": "s",
            "event_id": str(number),
            "time": at.isoformat(timespec="milliseconds"),
            "resource_id": "r",
            "app_id": "chat",
            "action": "deploy",
        }
        for number, at in enumerate(moments)
    ]
    for name, staged in decode_events(events).items():
        admit(store, name, staged, history_terms("test"))

    def seen(team: str) -> list[str]:
        return [row["event_id"] for row in store.rows(scoped("lifecycle", demo_viewer(f"lead:{team}")))]

    assert (seen("old"), seen("new"), seen("other")) == (["0"], ["1"], [])


def test_pages_ask_through_the_session_only() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        rooms = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not rooms & {"warehouse", "jobs", "metering", "billing"}, path
        calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and hasattr(node.func, "id")}
        assert "enter" in calls, f"{path} does not check its viewer"
