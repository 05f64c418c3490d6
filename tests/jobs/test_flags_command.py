"""``farthing flags`` and ``farthing detect``, as a person types them."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import nullcontext
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from jobs.cli import app
from tests.spiking_platform import AFTER_LATENESS, HOUR, SPIKE, WILD, build
from ui.flag_words import KINDS
from warehouse.connect import Store
from warehouse.errors import StoreTaken

Farthing = Callable[..., Result]


@pytest.fixture
def farthing(store: Store, monkeypatch: pytest.MonkeyPatch) -> Farthing:
    """Run a command on the test's store; what it raises, raises."""
    monkeypatch.setattr("warehouse.start.open_store", lambda: nullcontext(store))
    return lambda *words: CliRunner().invoke(app, list(map(str, words)), catch_exceptions=False)


def test_a_flag_is_found_shown_labeled_and_muted(farthing: Farthing, store: Store) -> None:
    build(store, until=SPIKE + 3 * HOUR)
    at = f"{SPIKE + 3 * HOUR + AFTER_LATENESS:%Y-%m-%dT%H:%M}"
    [done] = json.loads(farthing("detect", "--as-of", at, "--format", "json").stdout)
    assert done["hours_of_lines"] > 0
    assert done["opened"] >= 1
    [again] = json.loads(farthing("detect", "--as-of", at, "--format", "json").stdout)
    assert (again["hours_of_lines"], again["opened"]) == (0, 0)

    listed = json.loads(farthing("flags", "list", "--format", "json").stdout)
    flag_id = next(row["flag_id"] for row in listed if row["app_id"] == WILD)
    [shown] = json.loads(farthing("flags", "show", flag_id, "--format", "json").stdout)
    assert shown["sentences"][0].startswith(f"{WILD} cost $")
    assert sum(Decimal(row["excess"]) for row in shown["drivers"]) == Decimal(shown["excess"])
    narrow = farthing("flags", "list").stdout.splitlines()
    (line,) = [line for line in narrow if flag_id in line]  # an id is never broken, a kind has its name
    assert any(kind in line for kind in KINDS.values())
    assert all(len(line) <= 80 for line in narrow)
    table = farthing("flags", "show", flag_id).stdout
    assert f"{WILD} cost $" in table
    assert "drivers:" in table

    assert farthing("flags", "acknowledge", flag_id, "--by", "ana").exit_code == 0
    assert farthing("flags", "label", flag_id, "confirmed", "--by", "ana", "--why", "a loop").exit_code == 0
    assert [
        row["state"] for row in json.loads(farthing("flags", "list", "--view", "labeled", "--format", "json").stdout)
    ]
    assert farthing("flags", "undo", flag_id, "--by", "ana").exit_code == 0
    assert farthing("flags", "mute", WILD, "--hours", 2, "--by", "ana").exit_code == 0
    silent = json.loads(farthing("flags", "list", "--view", "silent", "--format", "json").stdout)
    assert flag_id in {row["flag_id"] for row in silent}
    with pytest.raises(ValueError, match="a label is confirmed, expected, dismissed"):
        farthing("flags", "label", flag_id, "great")
    with pytest.raises(KeyError, match="no flag F-0"):
        farthing("flags", "show", "F-0")


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_any_series_is_scored_from_a_file(farthing: Farthing, tmp_path: Path, suffix: str) -> None:
    chance = np.random.default_rng(1)
    times = pd.date_range("2026-01-05", periods=360, freq="h", tz="UTC")
    frames = [
        pd.DataFrame(
            {"series_id": name, "ts": times, "value": 10 + np.sin(times.hour / 4) + chance.normal(0, 0.3, 360)}
        )
        for name in ("a", "b")
    ]
    series = pd.concat(frames, ignore_index=True)
    series.loc[(series["series_id"] == "a") & (series["ts"] == times[330]), "value"] = 60.0
    source, target = tmp_path / f"series{suffix}", tmp_path / f"scores{suffix}"
    if suffix == ".csv":
        series.to_csv(source, index=False)
    else:
        series.to_parquet(source, index=False)
    assert farthing("detect", "--input", source, "--output", target).exit_code == 0
    scores = pd.read_csv(target) if suffix == ".csv" else pd.read_parquet(target)
    assert {"series_id", "ts", "value", "expected", "lower", "upper", "score", "flag"} <= set(scores)
    assert len(scores) == len(series)
    flagged = scores[scores["flag"]]
    assert ("a", str(times[330])[:13]) in {
        (row.series_id, str(row.ts)[:13].replace("T", " ")) for row in flagged.itertuples()
    }
    assert len(flagged) <= 5


def test_costs_may_be_in_cents(farthing: Farthing, tmp_path: Path) -> None:
    times = pd.date_range("2026-01-05", periods=240, freq="h", tz="UTC")
    costs = pd.DataFrame({"series_id": "chat/cpu", "app_id": "chat", "ts": times, "value": 2.0})
    flags = {}
    for unit in (1, 100):
        source, target = tmp_path / f"{unit}.parquet", tmp_path / f"scores-{unit}.parquet"
        costs.assign(value=costs["value"] * unit).to_parquet(source)
        assert farthing("detect", "--input", source, "--output", target, "--per-dollar", unit).exit_code == 0
        flags[unit] = pd.read_parquet(target)
    np.testing.assert_allclose(flags[100]["expected"], flags[1]["expected"] * 100, rtol=1e-6)
    pd.testing.assert_series_equal(flags[100]["score"], flags[1]["score"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--input", "x.parquet"], "--input and --output go together"),
        (["--markers", "x.csv"], "--input and --output go together"),
        (["--input", "x.parquet", "--output", "y.json"], "written as .parquet or .csv"),
        (["--input", "x.json", "--output", "y.csv"], "read as .parquet or .csv"),
        (["--input", "x.csv", "--output", "y.csv", "--as-of", "2026-01-01"], "--as-of is for the store"),
    ],
)
def test_what_cannot_be_scored_is_said(farthing: Farthing, words: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        farthing("detect", *words)


def test_a_folder_that_is_missing_is_said_before_the_work(farthing: Farthing, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"there is no folder .*nowhere; make it first"):
        farthing("detect", "--input", tmp_path / "unread.csv", "--output", tmp_path / "nowhere" / "scores.csv")


def test_a_file_without_values_is_refused(farthing: Farthing, tmp_path: Path) -> None:
    source = tmp_path / "series.csv"
    source.write_text("series_id,ts\na,2026-01-01\n")
    with pytest.raises(ValueError, match="has no column value; it has series_id, ts"):
        farthing("detect", "--input", source, "--output", tmp_path / "scores.csv")


def test_while_the_app_has_the_store_its_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken() -> Store:
        raise StoreTaken("the store is in use.")

    monkeypatch.setattr("warehouse.start.open_store", taken)
    for words in (["flags", "list"], ["flags", "label", "F-1", "confirmed"], ["flags", "mute", "chat"]):
        said = CliRunner().invoke(app, words).exception
        assert isinstance(said, StoreTaken)
        assert "/anomalies" in str(said)
