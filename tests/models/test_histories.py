"""Drawn histories: the same seed the same rows, incidents add up, look-alikes are there, splits keep sides apart."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from models.evaluation import family_a, family_b, family_c
from models.evaluation.history import START, History

FAMILIES = {"a": family_a.history, "b": family_b.history, "c": family_c.history}
families = pytest.mark.parametrize("family", FAMILIES)


@lru_cache(maxsize=6)
def drawn(family: str, seed: int = 4, **options: object) -> History:
    return FAMILIES[family](seed, apps=40, days=50, **options)


@families
def test_a_seed_gives_one_history(family: str) -> None:
    again = FAMILIES[family](4, apps=40, days=50)
    for name in ("series", "markers", "incidents", "parts", "lookalikes"):
        pd.testing.assert_frame_equal(getattr(drawn(family), name), getattr(again, name))
    other = FAMILIES[family](5, apps=40, days=50)
    assert not again.series["value"].equals(other.series["value"])


@families
def test_impact_is_what_incidents_added(family: str) -> None:
    history = drawn(family)
    added = history.series["value"] - history.series["normal"]
    assert added.min() >= 0
    assert added.sum() == pytest.approx(history.incidents["impact"].sum(), abs=1e-3)
    by_incident = history.parts.groupby("incident_id")["impact"].sum()
    assert by_incident.to_numpy() == pytest.approx(history.incidents["impact"].to_numpy(), abs=1e-6)


@families
def test_no_incident_begins_in_the_warm_up(family: str) -> None:
    assert drawn(family).incidents["started_at"].min() >= START + pd.Timedelta(days=28)
    early = FAMILIES[family](4, apps=40, days=50, warm_up_days=0).incidents["started_at"].min()
    assert early < START + pd.Timedelta(days=28)


def test_an_incident_may_begin_with_the_first_hour() -> None:
    history = family_a.history(4, apps=120, days=4, warm_up_days=0)
    assert (history.incidents["started_at"] == START).any()
    assert np.isfinite(history.incidents["impact"]).all()
    assert np.isfinite(history.series["value"]).all()


@families
def test_a_clean_history_has_its_look_alikes_and_no_incident(family: str) -> None:
    clean = drawn(family, incidents=False)
    assert clean.incidents.empty
    assert clean.series["value"].equals(clean.series["normal"])
    assert not clean.lookalikes.empty


def test_family_a_has_every_kind_of_incident_and_of_look_alike() -> None:
    history = family_a.history(2, apps=300, days=90)
    assert set(history.incidents["kind"]) == {"spike", "runaway", "leak", "bad_deploy", "launch"}
    expected = {"deploy", "scale", "campaign", "weekly", "monthly", "launch", "price"}
    assert set(history.lookalikes["kind"]) == expected
    steps = history.lookalikes[history.lookalikes["kind"] == "deploy"]
    marks = history.markers[history.markers["kind"] == "deploy"]
    assert len(steps.merge(marks, on=["app_id", "ts"])) >= len(steps)  # every step is marked
    assert steps["factor"].between(0.6, 2.8).all()
    campaigns = history.lookalikes[history.lookalikes["kind"] == "campaign"]
    assert campaigns["factor"].between(1.15, 1.7).all()


def test_days_follow_the_local_clock_through_the_change_to_summer_time() -> None:
    history = family_a.history(2, apps=200, days=60, noise=0.05, incidents=False)
    rows = history.series[(history.series["line_type"] == "requests")]
    change = pd.Timestamp("2026-03-08T10:00Z")
    moved = []
    for _, line in rows.groupby("series_id", observed=True):
        weeks = [
            line[line["ts"].between(change + pd.Timedelta(days=d), change + pd.Timedelta(days=d + 5))] for d in (-6, 1)
        ]
        peaks = [week.groupby(week["ts"].dt.hour)["value"].mean() for week in weeks]
        if all(len(peak) == 24 and peak.max() > 2.5 * peak.min() for peak in peaks):
            moved.append(int(peaks[1].idxmax()) - int(peaks[0].idxmax()))
    assert moved.count(-1) > 3  # American apps come an hour earlier by UTC
    assert moved.count(0) > 3  # others do not move yet


def test_lives_are_as_short_as_they_should_be() -> None:
    history = family_a.history(2)
    days = history.series.groupby("series_id", observed=True).size() / 24
    assert 1_900 < len(days) < 2_350
    assert 17 < days.median() < 26
    assert 0.06 < (days < 3).mean() < 0.14
    assert 240 < (history.incidents["impact"] >= 25).sum() < 380


def test_splits_by_app_and_by_time_share_nothing() -> None:
    history = drawn("a")
    apps = sorted(history.series["app_id"].unique())
    one, other = history.of_apps(apps[:20]), history.of_apps(apps[20:])
    assert not set(one.series["app_id"]) & set(other.series["app_id"])
    assert set(one.parts["incident_id"]) == set(one.incidents["incident_id"])
    assert len(one.incidents) + len(other.incidents) == len(history.incidents)
    middle = START + pd.Timedelta(days=40)
    before = history.until(middle)
    assert before.series["ts"].max() < middle
    assert before.incidents["started_at"].max() < middle
    assert before.hours == 40 * 24
    assert np.isclose(before.series["value"].sum(), history.series.query("ts < @middle")["value"].sum())
