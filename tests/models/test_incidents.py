"""From flagged bars to incidents: one at a time, merged, frozen, named for what they look like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.baseline import frozen
from models.incidents import incidents

START = pd.Timestamp("2026-01-05", tz="UTC")
HOUR = pd.Timedelta(hours=1)
DAYS = 35
BEGIN = 28 * 24 + 9


def told(
    extra: np.ndarray | None = None, *, flagged: slice | None = None, base: float = 10.0, days: int = DAYS
) -> pd.DataFrame:
    """One line at a steady cost with something on top; the expectation follows by half a day later."""
    hours = days * 24
    added = np.zeros(hours)
    if extra is not None:
        added[BEGIN : BEGIN + len(extra)] = extra[: hours - BEGIN]
    expected = base + 0.5 * np.concatenate([np.zeros(24), added[:-24]]).clip(min=0)
    flag = np.zeros(hours, dtype=bool)
    if flagged is not None:
        flag[flagged] = True
    return pd.DataFrame(
        {
            "series_id": "app/cpu",
            "app_id": "app",
            "ts": START + np.arange(hours) * HOUR,
            "value": base + added,
            "expected": expected,
            "upper": expected * 1.2,
            "score": np.where(flag, 2.0, 0.1),
            "flag": flag,
        }
    )


def only(scores: pd.DataFrame, markers: pd.DataFrame | None = None) -> pd.Series:
    found = incidents(scores, markers)
    assert len(found) == 1
    return found.iloc[0]


def test_a_spike_begins_where_it_left_its_band_and_ends_when_it_is_back() -> None:
    one = only(told(np.full(8, 90.0), flagged=slice(BEGIN + 2, BEGIN + 5)))
    assert (one["started_at"], one["flagged_at"]) == (START + BEGIN * HOUR, START + (BEGIN + 2) * HOUR)
    assert one["ended_at"] == START + (BEGIN + 8) * HOUR
    assert (one["state"], one["kind"], one["lines"]) == ("recovered", "spike", ["app/cpu"])
    assert one["excess"] == pytest.approx(720)


def test_the_expectation_is_frozen_while_an_incident_lasts() -> None:
    one = only(told(np.full(60, 90.0), flagged=slice(BEGIN, BEGIN + 20)))
    assert one["kind"] == "level_shift"
    assert one["excess"] == pytest.approx(60 * 90.0, rel=0.02)


def test_a_ramp_is_a_leak_and_a_deploy_before_is_named() -> None:
    leak = told(np.linspace(5, 300, 80), flagged=slice(BEGIN + 20, BEGIN + 60))
    assert only(leak)["kind"] == "leak"
    deploy = pd.DataFrame({"app_id": ["app"], "ts": [START + (BEGIN - 2) * HOUR], "kind": ["deploy"]})
    assert only(leak, deploy)["kind"] == "deploy_linked"


def test_flags_within_a_day_are_one_incident_and_later_ones_another() -> None:
    extra = np.zeros(150)
    extra[[*range(4), *range(18, 22), *range(100, 104)]] = 90
    scores = told(extra)
    scores["expected"], scores["upper"] = 10.0, 12.0
    scores["flag"] = scores["value"] > 50
    found = incidents(scores)
    assert found["started_at"].tolist() == [START + BEGIN * HOUR, START + (BEGIN + 100) * HOUR]


def test_what_is_too_small_wakes_nobody() -> None:
    assert incidents(told(np.full(8, 0.1), flagged=slice(BEGIN, BEGIN + 8))).empty


def test_an_open_incident_projects_another_day() -> None:
    scores = told(np.full(10, 90.0), flagged=slice(BEGIN, BEGIN + 10)).iloc[: BEGIN + 10]
    one = only(scores)
    assert one["state"] == "open"
    assert pd.isna(one["ended_at"])
    assert one["projected_excess"] == pytest.approx(900 + 24 * 90)


def test_a_new_app_is_a_launch() -> None:
    scores = told(np.full(12, 90.0), flagged=slice(BEGIN + 1, BEGIN + 6))
    young = scores[scores["ts"] >= START + BEGIN * HOUR].assign(app_id="new", series_id="new/cpu")
    old = told().assign(app_id="old", series_id="old/cpu")
    assert only(pd.concat([old, young]))["kind"] == "launch"


def test_silence_is_a_drop_with_a_negative_impact() -> None:
    one = only(told(np.full(30, -10.0)))
    assert (one["kind"], one["state"]) == ("drop", "recovered")
    assert one["excess"] < -200


def ended(hours: int, *, until: int) -> pd.DataFrame:
    """A line that is silent for some hours and ended after 24 of them: nothing is expected of it from then on.

    Another line of its app goes on.
    """
    scores = told(np.full(hours, -10.0), days=DAYS + 7).iloc[: BEGIN + until]
    dead = (scores.index >= BEGIN + 24) & (scores.index < BEGIN + hours)
    other = told(days=DAYS + 7).iloc[: BEGIN + until].assign(series_id="app/other")
    return pd.concat([scores.assign(expected=scores["expected"].where(~dead, 0.0)), other], ignore_index=True)


@pytest.mark.parametrize(
    ("silent", "until", "state", "over"),
    [(150, 100, "open", None), (60, 100, "recovered", 60), (180, 168, "open", None), (190, 180, "accepted", 168)],
)
def test_a_drop_lasts_until_the_line_is_back_or_a_week_is_over(silent: int, until: int, state: str, over: int) -> None:
    one = only(ended(silent, until=until))
    assert (one["kind"], one["state"], one["started_at"]) == ("drop", state, START + BEGIN * HOUR)
    assert pd.isna(one["ended_at"]) if over is None else one["ended_at"] == START + (BEGIN + over) * HOUR
    assert one["excess"] == pytest.approx(-10 * (over or until), rel=0.01)


def test_a_line_that_is_often_silent_drops_nothing() -> None:
    scores = told(np.full(30, -10.0))
    scores.loc[scores["ts"].dt.day_of_week == 6, "value"] = 0.0
    assert incidents(scores).empty


def test_a_frozen_expectation_keeps_the_hours_of_the_week() -> None:
    hours = np.arange(DAYS * 24)
    usual = 10.0 + 5 * np.sin(2 * np.pi * hours / 24) + 3 * (hours // 24 % 7 >= 5)
    value = usual.copy()
    value[BEGIN:] += 100
    calm = frozen(value, usual, BEGIN, len(hours), 24, first=0)
    np.testing.assert_allclose(calm, usual[BEGIN:], rtol=0.02)


def test_a_line_born_in_an_incident_does_not_become_its_own_expectation() -> None:
    live = np.concatenate([np.full(BEGIN + 3, 0.1), np.linspace(5, 40, 60)])
    value = np.concatenate([np.zeros(BEGIN + 3), np.full(60, 50.0)])
    calm = frozen(value, live, BEGIN, len(live), 24, first=BEGIN + 3)
    np.testing.assert_allclose(calm[3:], 5.0)
    old = told(np.full(40, 90.0), flagged=slice(BEGIN, BEGIN + 6))
    new = old.iloc[BEGIN + 1 :].assign(series_id="app/cache", value=50.0, flag=False)
    new["expected"] = np.concatenate([[2.0], np.linspace(20, 45, len(new) - 1)])
    new.loc[new["ts"] >= START + (BEGIN + 40) * HOUR, "value"] = 2.0
    one = only(pd.concat([old, new], ignore_index=True))
    assert one["lines"] == ["app/cpu", "app/cache"]
    assert one["excess"] == pytest.approx(40 * 90 + 39 * 48)
