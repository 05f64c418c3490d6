"""NAB's scoring rule: by hand, and by the published scores of a detector that can be computed again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.baselines.windowed_gaussian import windowed_gaussian
from models.evaluation import nab, shared_sets

STANDARD = nab.PROFILES[0]
WINDOW = [0] * 50 + [1] * 10 + [0] * 40


def scored(flags: list[int], profile: nab.Profile = STANDARD) -> float:
    scores = np.zeros(100)
    scores[flags] = 1.0
    return nab.at([nab.file("x", WINDOW)], [scores], profile, 1.0)


def test_silence_scores_nothing_and_the_first_row_of_a_window_everything() -> None:
    assert scored([]) == 0
    assert scored([50]) == pytest.approx(100)
    assert scored([50, 55, 59]) == pytest.approx(100)  # the earliest hit counts, others cost nothing


def test_a_late_hit_is_worth_less() -> None:
    at_end = (2 / (1 + np.exp(-0.5)) - 1) / (2 / (1 + np.exp(-5)) - 1)
    assert scored([59]) == pytest.approx(100 * (1 + at_end) / 2)


def test_a_false_alarm_costs_by_its_distance_behind_a_window() -> None:
    just_behind = 2 / (1 + np.exp(5 / 9)) - 1
    assert scored([50, 60]) == pytest.approx(100 + 50 * 0.11 * just_behind)
    assert scored([50, 30]) == pytest.approx(100 - 50 * 0.11)  # before any window: in full
    assert scored([50, 99]) == pytest.approx(100 - 50 * 0.11)


def test_rows_on_probation_count_neither_way() -> None:
    assert scored([0, 14]) == 0
    assert scored([15]) < 0


def test_profiles_weigh_misses_and_alarms() -> None:
    low_alarm, low_miss = nab.PROFILES[1:]
    assert scored([50, 30], low_alarm) == pytest.approx(100 - 50 * 0.22)
    assert scored([], low_miss) == 0
    assert scored([50, 30], low_miss) == pytest.approx(100 - 100 / 3 * 0.11)


def test_one_threshold_is_found_and_folds_do_not_see_their_own_labels() -> None:
    rng = np.random.default_rng(0)
    files = [nab.file(str(number), WINDOW) for number in range(10)]
    scores = [rng.random(100) + 2.0 * np.array(WINDOW) for _ in files]
    best, threshold = nab.swept(files, scores, STANDARD)
    assert best > 90
    assert threshold > 1
    assert 80 < nab.folded(files, scores, STANDARD) <= best
    noise = [rng.random(100) for _ in files]
    assert nab.folded(files, noise, STANDARD) < nab.swept(files, noise, STANDARD)[0] + 1e-9


@pytest.mark.parametrize("profile", nab.PROFILES, ids=lambda profile: profile.name)
def test_the_windowed_gaussian_scores_what_is_published(data: Path, profile: nab.Profile) -> None:
    names = {"standard": "standard", "low FP": "reward_low_FP_rate", "low FN": "reward_low_FN_rate"}
    published = pd.read_csv(data / "anomaly" / "nab_published_scores_by_category.csv").set_index(
        ["profile", "detector"]
    )
    shared = shared_sets.nab(data)
    assert shared is not None
    for category in ("artificialWithAnomaly", "realTraffic"):
        rows = shared.rows[shared.rows["series_id"].str.startswith(category)]
        files = nab.files_of(rows.rename(columns={"series_id": "series", "label": "in_window"}))
        parts = [windowed_gaussian(part.to_numpy()) for _, part in rows.groupby("series_id")["value"]]
        stated = published.loc[(names[profile.name], "windowedGaussian"), category]
        assert nab.at(files, parts, profile, 1.0) == pytest.approx(stated, abs=6e-4)
