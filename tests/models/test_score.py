"""Scores come from the past only, one threshold for all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.incidents import incidents
from models.score import score


def lines(count: int = 6, days: int = 20, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    ts = pd.date_range("2026-01-05", periods=24 * days, freq="h", tz="UTC")
    frames = []
    for number in range(count):
        level = random.uniform(1, 20)
        value = level * (1.5 + np.sin(2 * np.pi * ts.hour / 24)) * random.lognormal(0, 0.08, len(ts))
        frames.append(
            pd.DataFrame(
                {"series_id": f"app-{number // 2}/line-{number % 2}", "app_id": f"app-{number // 2}", "ts": ts}
            ).assign(value=value, line_type=["cpu", "llm_tokens"][number % 2])
        )
    return pd.concat(frames, ignore_index=True)


def test_a_planted_spike_is_found_as_one_incident() -> None:
    series = lines()
    hit = (series["series_id"] == "app-1/line-0") & series["ts"].between("2026-01-20 08:00Z", "2026-01-20 13:00Z")
    series.loc[hit, "value"] *= 12
    scores = score(series)
    found = incidents(scores)
    assert list(found["app_id"]) == ["app-1"]
    assert found["started_at"].iloc[0] == pd.Timestamp("2026-01-20 08:00", tz="UTC")
    assert "app-1/line-0" in found["lines"].iloc[0]


def test_the_future_does_not_move_past_scores() -> None:
    series = lines()
    cut = series["ts"].max() - pd.Timedelta(days=5)
    other = series.assign(value=series["value"].where(series["ts"] <= cut, series["value"] * 40 + 7))
    keys = ["series_id", "ts"]
    before = score(series).query("ts <= @cut").sort_values(keys).reset_index(drop=True)
    after = score(other).query("ts <= @cut").sort_values(keys).reset_index(drop=True)
    pd.testing.assert_frame_equal(before, after)
