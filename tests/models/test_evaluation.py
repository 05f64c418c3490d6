"""``make evaluate`` in its quick form: it runs, says what it leaves out, writes the document and fails honestly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from models.evaluation import family_a
from models.evaluation.__main__ import main
from models.evaluation.alerts import figures, truth
from models.evaluation.billing import OURS, OURS_TUNED, STAGE_1
from models.evaluation.floors import FLOORS, Floor, measured
from models.evaluation.history import HOUR, START
from models.evaluation.judged import judged, lay
from models.evaluation.labels import CONFIRMED, DISMISSED, EXPECTED, drawn, labels
from models.evaluation.report import beaten, document, seeds_told, spread, versions
from models.evaluation.scale import PRIOR_SEEDS, QUICK, WHOLE
from models.evaluation.shared_sets import SharedSet, precision_by_series


def test_the_quick_form_measures_every_method_on_one_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "evaluation.md"
    code = main(["--quick", "--only", "billing", "--kept", str(tmp_path / "kept"), "--report", str(report)])
    kept = json.loads((tmp_path / "kept" / "billing.json").read_text())
    text = report.read_text()
    assert {"3x week over week, top 20 apps, daily", "Farthing as shipped"} <= set(kept["methods"])
    for runs in kept["methods"].values():
        assert len(runs) == len(QUICK.testing)
        assert all(0 <= run[key] <= 1 for run in runs for key in ("precision", "recall", "dollar_recall", "f1"))
    assert "## Billing histories, family A" in text
    missed = "missed" in capsys.readouterr().out
    assert code == int(missed)


def test_absent_series_are_named_and_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--data", str(tmp_path), "--kept", str(tmp_path / "kept"), "--report", str(tmp_path / "x.md")]
    assert main(["--only", "nab,microsoft,injected", *options]) == 0
    assert capsys.readouterr().err.count("left out") == 3
    with pytest.raises(SystemExit):
        main(["--only", "nonsense", *options])


def test_the_document_is_written_again_without_measuring(tmp_path: Path) -> None:
    report, kept = tmp_path / "evaluation.md", tmp_path / "kept"
    options = ["--kept", str(kept), "--report", str(report), "--only", "forecast"]
    assert main(["--quick", *options]) == 0
    text, figures = report.read_text(), (kept / "forecast.json").read_text()
    report.unlink()
    assert main(["--write", *options]) == 0
    assert (report.read_text(), (kept / "forecast.json").read_text()) == (text, figures)
    assert "| A, the account | 7 | level, week and drift | " in text
    assert "The range is to hold 80% of the outcomes." in text


def test_false_alerts_are_told_of_apps_drawn_and_of_apps_alive() -> None:
    history = family_a.history(3, apps=30, days=35, warm_up_days=14)
    laid = lay(history)
    facts = truth(laid, begin=14 * 24, end=35 * 24)
    judged_days = history.series[history.series["ts"] >= START + 14 * 24 * HOUR]
    alive = judged_days.groupby(judged_days["ts"].dt.date)["app_id"].nunique().mean()
    assert facts.living == pytest.approx(alive)
    assert facts.living < len(laid.apps)
    alerts = judged(laid, np.full(laid.shape, -100.0), np.where(laid.panel.alive(), 1.0, -np.inf))
    got = figures(alerts, facts, 0.5)
    assert got["false_alerts_living"] * facts.living == pytest.approx(got["false_alerts"] * len(laid.apps))
    assert got["false_alerts"] > 0


def test_a_floor_stated_for_other_files_reaches_no_ambition() -> None:
    (floor,) = [one for one in FLOORS if (one.section, one.name) == ("nab", "standard")]
    assert floor.verdict(99) == "above it, on 28 of the 58 files that it is for"
    assert floor.verdict(3) == "missed"
    assert Floor("x", "recall", 0.8, 0.9).verdict(0.95) == "ambition reached"


def test_a_set_of_few_seeds_says_so() -> None:
    scores = {"f1": 0.5, "living": 10.0}
    methods = {name: [scores] * 3 for name in (OURS, OURS_TUNED, STAGE_1, "z-score")}
    result = {"methods": methods, "seeds": {"test": [2, 3, 5], "tuning": [1], "apps": 24}}
    (said,) = seeds_told(result)
    assert said.startswith("3 test seeds: 2, 3, 5. 1 tuning seed: 1. Fewer than the 5 of the other sets.")
    assert "24 apps are drawn for each; on a mean day 10, 10, 10 of them are alive." in said


def test_seeds_of_training_tuning_and_testing_are_apart() -> None:
    groups = [set(PRIOR_SEEDS), set(WHOLE.tuning), set(WHOLE.testing)]
    assert sum(map(len, groups)) == len(set.union(*groups))
    assert len(WHOLE.testing) >= 5
    assert WHOLE.begin < WHOLE.middle < WHOLE.end


def test_a_floor_is_judged_as_it_is_shown() -> None:
    assert Floor("x", "recall", 0.83, 0.9).is_met(0.826)
    assert not Floor("x", "recall", 0.83, 0.9).is_met(0.824)
    assert Floor("x", "delay", 2, 1, low=True, digits=1).is_met(2.04)
    assert not Floor("x", "delay", 2, 1, low=True, digits=1).is_met(2.1)
    assert not Floor("x", "recall", 0.0, 0.0).is_met(float("nan"))
    assert all((floor.ambition <= floor.floor) if floor.low else (floor.ambition >= floor.floor) for floor in FLOORS)


@pytest.mark.parametrize("section", ["transfer", "harder"])
@pytest.mark.parametrize(("first", "is_met"), [(0.7, False), (0.6, True)])
def test_a_second_stage_that_loses_to_the_first_misses_its_floor(section: str, first: float, is_met: bool) -> None:
    f1 = {OURS: 0.9, OURS_TUNED: 0.65, STAGE_1: first, "z-score": 0.5}
    result = {"headline": {}, "methods": {name: [{"f1": value}] for name, value in f1.items()}}
    judged = {floor.name: floor.is_met(got) for floor, got in measured({section: result})}
    assert judged["lead_over_stage_1_alike"] is is_met
    assert judged["lead_over_baselines_alike"]
    lost = measured({"billing": {"headline": {"lead_over_stage_1": -0.006}}})
    assert {floor.name: floor.is_met(got) for floor, got in lost}["lead_over_stage_1"] is False


def test_a_baseline_that_is_ahead_is_named_with_the_reason() -> None:
    behind = {"mean": {"Farthing": 0.6, "z": 0.5}}
    assert beaten("microsoft", behind) == [
        "Every baseline is beaten in mean average precision: 0.600, the best of them 0.500 (z)."
    ]
    ahead = {"mean": {"Farthing": 0.4, "the value itself": 0.5, "new": 0.6}}
    said = beaten("injected", ahead)[1].splitlines()
    assert said[0] == "- new (0.600 against 0.400): not explained"
    assert said[1].startswith("- the value itself (0.500 against 0.400): it needs a threshold per series")


def test_the_document_says_which_detector_it_measured() -> None:
    assert versions({"nab": {"commit": "abc"}, "billing": {"commit": "abc"}}).endswith("that of commit abc.")
    two = {"nab": {"commit": "abc"}, "billing": {"commit": "abd"}, "harder": {"commit": "abd"}}
    said = versions(two, ["models/rows.py"])
    assert "abc: NAB's shared series; abd: Billing histories, family A, Family A with twice" in said
    assert said.endswith("What changed between them: models/rows.py.")
    later = document({}, since=["models/panel.py"])
    assert "Changed since then, and not measured again: models/panel.py." in later
    assert "not measured again" not in document({})


def test_cells_show_mean_and_range() -> None:
    assert spread([0.5, 0.7], 2) == "0.60 (0.50-0.70)"
    assert spread([0.5, 0.5], 2) == "0.50"
    assert spread([float("nan")], 2) == "-"
    assert document({}).startswith("# How good detection is")


def test_rows_take_the_score_of_their_bar_even_with_stamps_twice() -> None:
    ts = pd.to_datetime(["2026-01-01 00:00", "2026-01-01 00:07", "2026-01-01 00:07", "2026-01-01 02:00"], utc=True)
    rows = pd.DataFrame({"series_id": "s", "row": range(4), "ts": ts, "value": 1.0, "label": [0, 1, 1, 0]})
    bars = pd.date_range("2026-01-01", periods=20, freq="5min", tz="UTC")
    scores = pd.DataFrame({"series_id": "s", "ts": bars, "score": np.arange(20.0)})
    assert list(SharedSet("x", rows).scored(scores)) == [0.0, 1.0, 1.0, 19.0]
    assert precision_by_series(rows, pd.Series([0.0, 2.0, 1.0, 0.5]))["s"] == 1.0


def test_people_confirm_incidents_expect_what_is_explained_and_dismiss_the_rest() -> None:
    history = family_a.history(3, apps=30, days=35, warm_up_days=14)
    laid = lay(history)
    facts = truth(laid, begin=14 * 24, end=35 * 24)
    score = np.where(laid.panel.alive(), 1.0, -np.inf)
    # Every hour of every app is an alert: of one day at a time, so that each has its own label.
    said = pd.concat(
        labels(judged(laid, np.full(laid.shape, -100.0), score), facts, threshold=0.5, begin=24 * day, end=24 * day + 1)
        for day in range(14, 35)
    )
    assert set(said["label"]) == {CONFIRMED, EXPECTED, DISMISSED}
    for row in said[said["label"] == CONFIRMED].itertuples():
        own = history.incidents[history.incidents["app_id"] == row.app_id]
        reach = own["ended_at"] + pd.Timedelta(hours=24)
        assert ((own["started_at"] <= row.started_at) & (row.started_at < reach)).any()
    some = drawn(said.reset_index(drop=True), 50, seed=1)
    wrong = drawn(said.reset_index(drop=True), 50, seed=1, wrong=0.2)
    assert len(some) == 50
    assert list(some["app_id"]) == list(wrong["app_id"])
    assert 3 <= (some["label"] != wrong["label"]).sum() <= 20
