"""The registry over HTTP: all of it or nothing, from administrators alone, and what it says holds at once."""

from __future__ import annotations

from typing import Any

import pytest

from metering.api.registry import _person
from metering.credentials.caller import LOCAL
from tests.api.conftest import event

NEW: dict[str, Any] = {
    "by": "ada",
    "teams": {"growth": {"cost_center": "cc-growth", "name": "Growth"}},
    "cost_centers": {"cc-growth": {}},
    "apps": {"app-new": [{"team": "red"}, {"team": "growth", "valid_from": "2026-02-01"}]},
    "declarations": {"app-new": {"calls": 10, "spend": "12.50", "valid_from": "2026-01-01T00:00:00Z"}},
    "resources": {"bucket/new": {"app": "app-new"}},
}


@pytest.fixture
def admin(anybody, key, registered):
    return anybody.signed(key("ops", scopes=["admin"]))


def test_an_app_is_registered_while_the_app_runs(admin, anybody, key, registered) -> None:
    news = {"cost_centers": 1, "teams": 1, "apps": 2, "declarations": 1, "resources": 1}
    for expected in (news, dict.fromkeys(news, 0)):
        answer = admin.post("/v1/registry", json=NEW)
        assert (answer.status_code, answer.json()) == (200, {"news": expected})
    rows = registered.rows("SELECT team_id, recorded_by FROM apps WHERE app_id = 'app-new' ORDER BY valid_from")
    assert [row["recorded_by"] for row in rows] == ["ada (ops)"] * 2
    assert rows[1]["team_id"] == "growth"
    assert _person(NEW, LOCAL) == "ada", "a command had the store itself"
    sender = anybody.signed(key("exporter", app_ids=["app-new"]))
    assert sender.take(event(app_id="app-new")).json()["accepted"] == 1


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ({**NEW, "apps": {"x": {"team": "serach"}}}, 422, "the store knows no team_id 'serach'"),
        ({**NEW, "apps": {"x": {"tem": "growth"}}}, 422, "apps.x: team: Field required"),
        ({**NEW, "squads": {}}, 422, "unknown section squads"),
        ({**NEW, "by": 7}, 422, "by is a name"),
        ({**NEW, "cost_centers": {"a\nb": {}}}, 422, "printable"),
        ({**NEW, "resources": {"r": {"app": "app-new", "valid_from": "soon"}}}, 422, "'soon' is no date"),
        ({"by": "ada"}, 422, "holds no registry"),
        ([], 422, "holds no registry"),
    ],
)
def test_what_is_no_registry_leaves_nothing(admin, registered, body, status, detail) -> None:
    answer = admin.post("/v1/registry", json=body)
    assert (answer.status_code, answer.json()["reason"]) == (status, "bad_registry")
    assert detail in answer.json()["detail"]
    assert registered.scalar("SELECT count() FROM apps WHERE app_id NOT IN ('summarizer', 'search')") == 0
    assert registered.scalar("SELECT count() FROM teams WHERE team_id = 'growth'") == 0


def test_only_administrators_say_who_owns_what(admin, anybody, key, registered) -> None:
    everything_else = anybody.signed(key("exporter", scopes=["ingest", "costs", "leases", "read", "admit"]))
    assert anybody.post("/v1/registry", json=NEW).status_code == 401
    assert everything_else.post("/v1/registry", json=NEW).status_code == 403
    assert admin.post("/v1/registry", content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert admin.post("/v1/registry", content=b'{"apps": {"x": {"team": "\\ud800"}}}',
                      headers={"Content-Type": "application/json"}).status_code == 400  # fmt: skip
