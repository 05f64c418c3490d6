"""Alertmanager's notifications and lists: one alert however often it is reported, its end whenever it comes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from config.alert_labels import alert_labels
from metering.load import Loaded, load
from metering.recipes.alertmanager import fingerprint_of
from metering.recipes.catalog import RECIPES
from metering.recipes.recipe import RecipeError
from queries.app_lifecycle_markers import app_lifecycle_markers
from warehouse.connect import Store
from warehouse.tables import table

LABELS = {"alertname": "TooDear", "severity": "critical", "app": "chat", "pod": "chat-7f", "env": "production"}
START = "2026-01-05T12:00:00.123456789+01:00"
NEVER = "0001-01-01T00:00:00Z"
DAY = {"start": datetime(2026, 1, 5, tzinfo=UTC), "end": datetime(2026, 1, 6, tzinfo=UTC)}


def alert(status: Any = "firing", **said: Any) -> dict[str, Any]:
    shape = {"labels": LABELS, "annotations": {"summary": "93 %"}, "startsAt": START, "endsAt": NEVER}
    return {"status": status, **shape, "fingerprint": fingerprint_of(LABELS), **said}


def notification(*alerts: Any, **said: Any) -> dict[str, Any]:
    return {"version": "4", "status": "firing", "receiver": "finops", "groupKey": "{}", "alerts": list(alerts), **said}


def loaded(store: Store, path: Path, document: Any) -> Loaded:
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    (one,) = load(store, RECIPES["alertmanager"], [path])
    assert one.accepted + one.duplicates + one.quarantined == one.received
    return one


def markers(store: Store) -> list[dict[str, Any]]:
    return store.rows(app_lifecycle_markers(table("lifecycle"), table("alerts"), **DAY))


def test_what_it_says_of_an_alert(store: Store, tmp_path: Path) -> None:
    assert loaded(store, tmp_path / "a.json", notification(alert())).accepted == 1
    [row] = store.rows("SELECT * FROM alerts")
    assert row["event_id"] == f"{fingerprint_of(LABELS)}/2026-01-05T11:00:00.123Z"
    assert (row["source"], row["name"], row["severity"]) == ("alertmanager", "TooDear", "critical")
    assert (row["app_id"], row["resource_id"], row["environment"]) == ("chat", "chat-7f", "production")
    assert row["starts_at"] == datetime(2026, 1, 5, 11, 0, 0, 123000, tzinfo=UTC)
    assert row["ends_at"] is None
    assert json.loads(row["labels"]) == LABELS


def test_reports_of_one_alert_are_one_marker_with_its_latest_end(store: Store, tmp_path: Path) -> None:
    ends = ["2026-01-05T11:30:00Z", "2026-01-05T13:45:00+01:00"]
    first = notification(alert())
    # Told by its twin with another summary; told again; listed while it rings, with the moment it would be forgotten.
    listed = alert({"state": "active"}, updatedAt="2026-01-05T11:05:00Z", endsAt="2026-01-05T11:10:00Z", fingerprint="")
    again = [first, notification(alert(annotations={"summary": "95 %"})), [listed]]
    reports = [*again, *(notification(alert("resolved", endsAt=end), status="resolved") for end in ends)]
    counts = [loaded(store, tmp_path / f"{number}.json", report) for number, report in enumerate(reports)]
    assert [one.accepted for one in counts] == [1, 0, 0, 1, 1]
    assert [one.duplicates for one in counts] == [0, 1, 1, 0, 0]
    assert not any(one.quarantined for one in counts)
    [marker] = markers(store)
    assert marker["ends_at"] == datetime(2026, 1, 5, 12, 45, tzinfo=UTC)
    assert (marker["kind"], marker["label"], marker["app_id"]) == ("alert", "TooDear", "chat")


def test_ends_in_any_order_and_twice_are_the_same(store: Store, tmp_path: Path) -> None:
    late, early = (notification(alert("resolved", endsAt=f"2026-01-05T{hour}:00:00Z")) for hour in (14, 13))
    for number, report in enumerate([late, early, notification(alert()), late]):
        loaded(store, tmp_path / f"{number}.json", report)
    [marker] = markers(store)
    assert marker["ends_at"] == datetime(2026, 1, 5, 14, tzinfo=UTC)


def test_what_cannot_be_taken_is_kept_with_its_reason(store: Store, tmp_path: Path) -> None:
    bad = [
        "no alert",
        {"startsAt": START, "status": "firing"},
        alert(labels={**LABELS, "alertname": ""}),
        alert(labels={**LABELS, "cpu": None}),
        alert(startsAt="yesterday"),
        alert(startsAt=NEVER),
        alert("resolved", endsAt="2026-01-05T01:00:00Z"),
    ]
    one = loaded(store, tmp_path / "bad.json", notification(*bad, alert()))
    assert (one.received, one.accepted, one.quarantined) == (8, 1, 7)
    rows = store.rows("SELECT reason, detail FROM quarantine ORDER BY detail")
    assert sorted(row["reason"] for row in rows) == sorted(
        ["malformed"] * 3 + ["missing_field", "bad_time", "too_old", "bad_time"]
    )
    one = loaded(store, tmp_path / "v5.json", notification(alert(), version="5"))
    assert one.quarantined == 1


def test_a_log_of_notifications_is_read_line_by_line(store: Store, tmp_path: Path) -> None:
    other = alert(labels={**LABELS, "app": "search"}, fingerprint="")
    lines = [json.dumps(notification(alert())), "{", json.dumps(["no", other]), '{"status": "firing"}', ""]
    one = loaded(store, tmp_path / "log.jsonl", "\n".join(lines))
    assert (one.accepted, one.quarantined) == (2, 3)


@pytest.mark.parametrize("text", ["{", '{"status": "firing"}', '"alerts"'])
def test_another_file_is_refused(store: Store, tmp_path: Path, text: str) -> None:
    with pytest.raises(RecipeError, match="is not"):
        loaded(store, tmp_path / "other.json", text)


def test_fingerprints_are_alertmanagers_own() -> None:
    published = {
        "acc_id": "130",
        "acn_id": "0007",
        "alertname": "V2 Sites offline metric",
        "consumer": "axcess",
        "severity": "critical",
        "team": "hit",
    }
    assert fingerprint_of(published) == "f0c999b2bd0ee34c"
    assert fingerprint_of({}) == "cbf29ce484222325"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("labels: {name: [alertname], owner: [team]}", "no owner"),
        ("labels: {name: alertname}", "labels.name is no list"),
        ("labels: {app_id: [app]}", "labels.name is empty"),
        ("names: {}", "write labels:"),
    ],
)
def test_a_wrong_file_of_labels_says_what_to_write(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "alerts.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        alert_labels(path)
