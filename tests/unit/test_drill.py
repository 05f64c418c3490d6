"""A click goes one dimension deeper and says so in the filters."""

from __future__ import annotations

import pytest

from metrics.catalog import DIMENSIONS
from ui.drill import DEEPER, deeper, filters


def test_filters_of_one_dimension_are_alternatives() -> None:
    assert filters(["app_id:chat", "team_id:growth", "app_id:lab", "app_id:chat"]) == {
        "app_id": ["chat", "lab"],
        "team_id": ["growth"],
    }


def test_a_value_may_hold_colons_and_be_empty() -> None:
    assert filters(["resource_id:arn:aws:s3", "app_id:"]) == {"resource_id": ["arn:aws:s3"], "app_id": [""]}


def test_a_filter_on_an_unknown_dimension_suggests_one() -> None:
    with pytest.raises(KeyError, match=r"unknown dimension 'app'\. Did you mean 'app_id'"):
        filters(["app:chat"])


@pytest.mark.parametrize(
    "text", ["2026-11-17T13:00", "2026-11-17T13:00:00Z", "2026-11-17 13:30", "2026-11-17T15:00+02:00"]
)
def test_an_hour_without_a_zone_is_utc(text: str) -> None:
    assert filters([f"hour:{text}"]) == {"hour": ["2026-11-17T13:00:00+00:00"]}


def test_no_hour_is_refused_with_an_example() -> None:
    with pytest.raises(ValueError, match="'yesterday' is no hour; write one such as hour:2026-11-17T13:00, in UTC"):
        filters(["hour:yesterday"])


def test_a_filter_without_a_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="a filter is dimension:value, such as app_id:chat, not 'chat'"):
        filters(["chat"])


def test_a_click_filters_and_splits_by_the_next_dimension() -> None:
    assert deeper([], ["team_id"], {"team_id": "growth"}) == (["team_id:growth"], ["app_id"])


def test_a_click_replaces_the_alternatives_of_its_dimension() -> None:
    where, _ = deeper(["team_id:growth", "team_id:search", "model:gpt-4o"], ["team_id"], {"team_id": "search"})
    assert where == ["model:gpt-4o", "team_id:search"]


def test_a_dimension_that_is_held_already_is_passed_over() -> None:
    assert deeper(["app_id:chat"], ["team_id"], {"team_id": "growth"})[1] == ["sku_id"]
    assert deeper(["app_id:chat", "app_id:lab"], ["team_id"], {"team_id": "growth"})[1] == ["app_id"]


def test_a_row_of_several_dimensions_holds_all_of_them() -> None:
    where, by = deeper([], ["team_id", "app_id"], {"team_id": "growth", "app_id": "chat"})
    assert (where, by) == (["team_id:growth", "app_id:chat"], ["sku_id"])


@pytest.mark.parametrize("start", [name for name in DIMENSIONS if name not in ("hour", "charge_date", "week", "month")])
def test_every_way_down_ends_at_the_charges(start: str) -> None:
    where: list[str] = []
    by = [start]
    for _ in range(len(DEEPER) + 1):
        where, by = deeper(where, by, {by[0]: "x"})
        if not by:
            return
    raise AssertionError(f"{start} never ends: {where}")


def test_every_step_is_a_dimension() -> None:
    assert set(DEEPER) | set(DEEPER.values()) <= set(DIMENSIONS)
