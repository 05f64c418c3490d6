"""Any one metric: what is scored comes from the past only, at every length and bar."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from models.discipline import disciplined
from models.running_tail import running_tail
from models.score import are_lines, score


def metric(bar: str, rows: int, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    ts = pd.date_range("2026-01-05", periods=rows, freq=bar, tz="UTC")
    day = np.sin(2 * np.pi * (ts.hour + ts.minute / 60) / 24)
    return pd.DataFrame({"series_id": "m", "ts": ts, "value": -20 + 10 * day + random.normal(0, 1, rows)})


@pytest.mark.parametrize(("bar", "rows"), [("5min", 1500), ("1h", 600), ("1D", 120)])
def test_the_future_does_not_move_past_scores(bar: str, rows: int) -> None:
    table = metric(bar, rows)
    cut = rows * 2 // 3
    other = table.assign(value=table["value"].where(table.index < cut, table["value"] * -9 + 100))
    whole = score(table).iloc[:cut]
    pd.testing.assert_frame_equal(whole, score(other).iloc[:cut])
    pd.testing.assert_frame_equal(whole, score(table.iloc[:cut]))


@pytest.mark.parametrize(("bar", "rows"), [("5min", 2500), ("1h", 600)])
def test_a_jump_is_flagged_soon_once_on_fine_bars_and_every_hour_on_coarse_ones(bar: str, rows: int) -> None:
    table = metric(bar, rows)
    at = rows * 3 // 4
    table.loc[at : at + 20, "value"] += 60
    scores = score(table)
    flagged = scores.index[scores["flag"]]
    assert any(at <= row <= at + 3 for row in flagged)
    inside = sum(at <= row <= at + 20 for row in flagged)
    assert inside <= 6 if bar == "5min" else inside >= 15
    assert sum(row < at for row in flagged) <= rows // 100
    assert scores.loc[at, "value"] > scores.loc[at, "upper"]


def test_a_fall_of_money_is_no_anomaly() -> None:
    table = metric("1h", 600)
    table["value"] += 100
    table.loc[450:470, "value"] = 10.0
    fallen = slice(450, 470)
    assert score(table)["flag"].iloc[fallen].any()
    assert not score(table.assign(line_type="llm_tokens"))["flag"].iloc[fallen].any()


def test_rows_come_back_in_their_order_with_gaps_and_duplicates() -> None:
    table = pd.concat([metric("1h", 300).assign(series_id=name) for name in "ab"]).sample(frac=0.9, random_state=1)
    table = pd.concat([table, table.iloc[:10]])
    table.loc[table.index[:5], "value"] = np.nan
    scores = score(table)
    assert scores["series_id"].tolist() == table["series_id"].tolist()
    assert scores["ts"].tolist() == table["ts"].tolist()
    assert scores["score"].notna().all()


def test_rarer_values_have_longer_tails() -> None:
    values = np.append(np.random.default_rng(0).normal(0, 1, 500), [3.0, 6.0, 12.0])
    rare = running_tail(values)
    assert rare[-3] < rare[-2] < rare[-1]
    assert rare[-1] > 3


def test_discipline_keeps_one_row_of_an_event_and_its_escalation() -> None:
    kept = disciplined(np.array([0.1, 1.2, 1.1, 0.2, 1.5, 0.3, 1.3]), quiet=4, penalty=0.0)
    assert (kept >= 1).tolist() == [False, True, False, False, True, False, True]
    assert kept[2] > kept[3]


def test_what_are_lines_is_read_from_columns_and_the_first_moment() -> None:
    table = pd.concat([metric("1h", 30).assign(series_id=name) for name in "ab"])
    assert not are_lines(table)
    assert not are_lines(table.assign(app_id=table["series_id"], line_type=table["series_id"]))
    assert are_lines(table.assign(app_id="one"))
    assert are_lines(table.assign(declared=np.nan))
    later = table.assign(app_id=table["series_id"], ts=table["ts"] + pd.Timedelta(days=9))
    assert not are_lines(pd.concat([table.assign(app_id=table["series_id"]), later.assign(app_id="one")]))
    many = pd.concat([later.iloc[:1].assign(series_id=f"new-{number}") for number in range(200)])
    assert not are_lines(pd.concat([table, many]))
    assert are_lines(many)


def test_steps_that_come_later_do_not_move_past_scores() -> None:
    table = metric("1h", 300)
    finer = metric("5min", 900, seed=1).assign(ts=lambda rows: rows["ts"] + pd.Timedelta(hours=300))
    both = score(pd.concat([table, finer], ignore_index=True))
    pd.testing.assert_frame_equal(score(table), both.iloc[:300])
