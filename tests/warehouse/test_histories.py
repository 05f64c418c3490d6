"""Histories are appended, half-open and never overlap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from warehouse.connect import Store
from warehouse.histories import BEGINNING, FOREVER, OverlapError, record, transfer

JAN, FEB, MAR = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3))


def app(team: str, start: datetime = BEGINNING, end: datetime = FOREVER, app_id: str = "a") -> dict:
    return {"app_id": app_id, "team_id": team, "valid_from": start, "valid_to": end}


def held(store: Store) -> list[tuple[str, datetime, datetime]]:
    rows = store.rows("SELECT * FROM apps WHERE valid_from < valid_to ORDER BY app_id, valid_from")
    return [(row["team_id"], row["valid_from"], row["valid_to"]) for row in rows]


def test_recording_twice_is_no_news(store: Store) -> None:
    assert record(store, "apps", [app("t")], by="me") == 1
    assert record(store, "apps", [app("t")], by="you") == 0
    assert store.scalar("SELECT count() FROM app_records") == 1


@pytest.mark.parametrize(
    "other",
    [app("u", JAN, MAR), app("u", FEB, FOREVER), app("u", BEGINNING, FEB), app("u", BEGINNING, FOREVER)],
)
def test_overlaps_are_refused_and_named(store: Store, other: dict) -> None:
    record(store, "apps", [app("t", JAN + timedelta(days=1), FEB + timedelta(days=1))], by="me")
    with pytest.raises(OverlapError, match="app_id 'a' would have two rows at once"):
        record(store, "apps", [other], by="me")
    assert len(held(store)) == 1


def test_overlaps_among_new_rows_are_refused_whole(store: Store) -> None:
    with pytest.raises(OverlapError):
        record(store, "apps", [app("t", JAN, MAR), app("u", FEB, MAR), app("v", app_id="b")], by="me")
    assert held(store) == []


def test_neighbors_touch_without_overlapping(store: Store) -> None:
    rows = [app("u", FEB, MAR), app("t", JAN, FEB), app("v", MAR)]
    assert record(store, "apps", rows, by="me") == 3
    assert [team for team, *_ in held(store)] == ["t", "u", "v"]


def test_a_transfer_splits_exactly(store: Store) -> None:
    record(store, "apps", [app("t")], by="me")
    transfer(store, "apps", "a", FEB, {"team_id": "u"}, by="me")
    assert held(store) == [("t", BEGINNING, FEB), ("u", FEB, FOREVER)]
    transfer(store, "apps", "a", FEB, {"team_id": "v"}, by="me")
    assert held(store) == [("t", BEGINNING, FEB), ("v", FEB, FOREVER)]
    with pytest.raises(KeyError, match="nothing is in force"):
        transfer(store, "apps", "nobody", FEB, {"team_id": "v"}, by="me")
    with pytest.raises(ValueError, match="unknown fields \\['owner'\\]"):
        transfer(store, "apps", "a", FEB, {"owner": "v"}, by="me")


def test_a_row_is_withdrawn_and_another_takes_its_place(store: Store) -> None:
    record(store, "apps", [app("t", FEB)], by="me")
    record(store, "apps", [app("t", FEB, FEB), app("u", JAN)], by="me")
    assert held(store) == [("u", JAN, FOREVER)]
    # What was said stays on record.
    assert store.scalar("SELECT count() FROM app_records") == 3


def test_instants_are_the_stores_milliseconds_in_any_zone(store: Store) -> None:
    fine = datetime(2026, 2, 1, 0, 0, 0, 999_999, tzinfo=UTC)
    assert record(store, "apps", [app("t", JAN, fine), app("u", fine)], by="me") == 2
    assert record(store, "apps", [app("t", JAN, fine), app("u", fine)], by="me") == 0
    kept = datetime(2026, 2, 1, 0, 0, 0, 999_000, tzinfo=UTC)
    assert held(store) == [("t", JAN, kept), ("u", kept, FOREVER)]
    tokyo = kept.astimezone(timezone(timedelta(hours=9)))
    assert record(store, "apps", [app("u", tokyo)], by="me") == 0


def test_naive_instants_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        record(store, "apps", [app("t", datetime(2026, 1, 1))], by="me")  # noqa: DTZ001
    record(store, "apps", [app("t")], by="me")
    with pytest.raises(ValueError, match="has no time zone"):
        transfer(store, "apps", "a", datetime(2026, 1, 1), {"team_id": "u"}, by="me")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"team_id": "t"}, "app_id is empty"),
        ({"app_id": "a", "owner": "x"}, "unknown fields \\['owner'\\]"),
        (app("t", MAR, FEB), "ends .* before it starts"),
    ],
)
def test_nonsense_is_refused(store: Store, row: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        record(store, "apps", [row], by="me")
