"""An app may move between teams: what happened to it is its owner's of that time."""

from __future__ import annotations

from metering.decode import decode_events
from metering.door import admit, history_terms
from queries.app_moves import app_moves
from queries.team_lifecycle_by_day import team_lifecycle_by_day
from tests.queries.conftest import utc
from warehouse.histories import record, transfer
from warehouse.tables import table

MONTH = {"start": utc(2026, 11, 1), "end": utc(2026, 12, 1)}
MOVED = utc(2026, 11, 3)


def test_moves_to_a_team_and_away_from_it(store) -> None:
    record(store, "apps", [{"app_id": app, "team_id": "search"} for app in ("ranker", "stays")], by="test")
    transfer(store, "apps", "ranker", MOVED, {"team_id": "personalization"}, by="test")
    transfer(store, "apps", "stays", MOVED, {"environment": "staging"}, by="test")
    move = {"app_id": "ranker", "moved_at": MOVED, "to_team": "personalization", "from_team": "search"}
    for team in ("search", "personalization"):
        assert store.rows(app_moves(table("apps"), team_id=team, **MONTH)) == [move]
    assert store.rows(app_moves(table("apps"), team_id="growth", **MONTH)) == []
    later = {"start": utc(2026, 11, 4), "end": utc(2026, 12, 1)}
    assert store.rows(app_moves(table("apps"), team_id="search", **later)) == []


def test_markers_are_of_the_team_that_had_the_app_then(store) -> None:
    record(store, "apps", [{"app_id": "ranker", "team_id": "search"}], by="test")
    transfer(store, "apps", "ranker", MOVED, {"team_id": "personalization"}, by="test")
    fact = {"type": "lifecycle", "source": "s", "resource_id": "r", "app_id": "ranker"}
    events = [
        fact | {"event_id": action, "time": f"2026-11-0{day}T12:00:00Z", "action": action}
        for day, action in ((2, "start"), (3, "deploy"))
    ]
    for name, staged in decode_events(events).items():
        assert admit(store, name, staged, history_terms("test")).quarantined == 0

    def seen(team: str) -> list[str]:
        asked = team_lifecycle_by_day(table("lifecycle"), table("apps"), team_id=team, **MONTH)
        return [row["action"] for row in store.rows(asked)]

    assert (seen("search"), seen("personalization"), seen("growth")) == (["start"], ["deploy"], [])
