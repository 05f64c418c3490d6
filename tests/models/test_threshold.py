"""The threshold rises where too much falls just short of it, from the past alone, and never below what ships."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from models.context import Candidates
from models.panel import Panel
from models.threshold import HIGHEST, NEAR_MISSES, SHORT, THRESHOLD, Recent, quieted, week_by_week

APPS, DAYS = 200, 56
DAILY = NEAR_MISSES * APPS / 1000  # near misses a day that are just few enough


@pytest.fixture(scope="module")
def lines() -> Panel:
    """Two hundred apps of one line each that live all the time."""
    names = np.array([f"app-{number:03d}" for number in range(APPS)], dtype=object)
    hours, start = DAYS * 24, pd.Timestamp("2026-01-05", tz="UTC")
    return Panel(
        names, names, names, start, pd.Timedelta(hours=1), np.ones((APPS, hours)), np.zeros(APPS, dtype=int),
        np.full(APPS, hours), np.full(APPS, np.nan), {},
    )  # fmt: skip


def found(daily: float, *, seed: int = 0) -> tuple[Candidates, np.ndarray]:
    """Candidates of so many apps a day, each a day's only one; few of them are strong."""
    rng = np.random.default_rng(seed)
    line, bar = np.nonzero(rng.random((APPS, DAYS)) < daily / APPS)
    odds = THRESHOLD - SHORT + rng.exponential(1.5, len(line))
    return Candidates((line, bar * 24 + 12), np.zeros((len(line), 0))), odds


def quiet(lines: Panel, *what: tuple[Candidates, np.ndarray], until: int = DAYS * 24) -> float:
    cells = [np.concatenate([one.cells[axis] for one, _ in what]) for axis in (0, 1)]
    odds = np.concatenate([one for _, one in what])
    return quieted(lines, Candidates((cells[0], cells[1]), np.zeros((len(odds), 0))), odds, until=until)


def test_more_look_alikes_draw_the_line_higher_and_few_leave_it_where_it_ships(lines: Panel) -> None:
    asked = [quiet(lines, found(times * DAILY)) for times in (0, 0.5, 4, 7, 12)]
    assert asked[:2] == [THRESHOLD, THRESHOLD]
    assert asked == sorted(asked)
    assert THRESHOLD < asked[2] < asked[4] <= HIGHEST


def test_a_storm_of_incidents_does_not_silence_itself(lines: Panel) -> None:
    rng = np.random.default_rng(3)
    storm = Candidates((rng.permutation(APPS)[:100], np.full(100, DAYS * 24 - 30)), np.zeros((100, 0)))
    before = quiet(lines, found(0.5 * DAILY))
    assert quiet(lines, found(0.5 * DAILY), (storm, np.full(100, 7.0))) == before == THRESHOLD


def test_only_the_four_weeks_before_count(lines: Panel) -> None:
    many, odds = found(5 * DAILY)
    early = many.cells[1] < 21 * 24
    past = Candidates((many.cells[0][early], many.cells[1][early]), many.rows[early])
    weeks = week_by_week(lines, many, odds)
    alone = week_by_week(lines, past, odds[early])
    assert (weeks[: 28 * 24] == alone[: 28 * 24]).all()  # what comes later does not move what was asked before
    assert (weeks[: 7 * 24] == THRESHOLD).all()
    assert weeks.min() == THRESHOLD < alone[22 * 24]
    assert alone[-1] == THRESHOLD  # it is over: the line is where it ships again


def test_apps_that_come_back_later_do_not_count_as_living_before(lines: Panel) -> None:
    until = 30 * 24
    gone = replace(lines, last=np.where(np.arange(APPS) < 50, 5 * 24, lines.last))
    again = lines.take(np.arange(50))
    again = replace(again, first=again.first + 40 * 24)
    parts = {name: np.concatenate([getattr(gone, name), getattr(again, name)]) for name in ("ids", "apps")}
    back = replace(
        gone,
        **parts,
        values=np.concatenate([gone.values, again.values]),
        first=np.concatenate([gone.first, again.first]),
        last=np.concatenate([gone.last, again.last]),
    )
    many, odds = found(DAILY)
    days = [Recent.of(one, many, odds, until=until).app_days for one in (gone, back)]
    assert days == [pytest.approx(150 * 28 + 50 * 3)] * 2


def test_few_apps_are_not_silenced_by_chance(lines: Panel) -> None:
    few = 10
    rows = np.arange(few)
    small = lines.take(rows)
    raised = 0
    for seed in range(40):
        many, odds = found(DAILY, seed=seed)
        own = many.cells[0] < few
        mine = Candidates((many.cells[0][own], many.cells[1][own]), many.rows[own])
        raised += quieted(small, mine, odds[own], until=DAYS * 24) > THRESHOLD
    assert raised <= 4


def test_flags_a_day_apart_are_one_alert_and_a_budget_counts_them(lines: Panel) -> None:
    cells = (np.array([0, 0, 0, 1]), np.array([10, 34, 59, 34]))
    recent = Recent.of(lines, Candidates(cells, np.zeros((4, 0))), np.array([5.0, 5.0, 5.0, 1.0]), until=28 * 24)
    assert (recent.alerts(6.0), recent.alerts(5.0), recent.alerts(0.0)) == (0, 2, 3)
    assert recent.app_days == APPS * 28
    assert recent.budgeted(3 / 28) <= 1.0 < recent.budgeted(2 / 28) <= 5.0 < recent.budgeted(1 / 28)
    half = replace(lines, first=np.full(APPS, 14 * 24))
    assert Recent.of(half, Candidates(cells, np.zeros((4, 0))), np.zeros(4), until=28 * 24).app_days == APPS * 14
