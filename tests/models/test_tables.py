"""What cannot be right in a table is refused by its column, row and value, before the work."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from models.score import score


def table(**wrong: Any) -> pd.DataFrame:
    """Three days of two series; ``wrong`` puts something into the fifth row."""
    ts = pd.date_range("2026-01-05", periods=72, freq="h", tz="UTC")
    value = np.random.default_rng(0).uniform(1, 2, 72)
    rows = pd.concat([pd.DataFrame({"series_id": name, "ts": ts, "value": value}) for name in "ab"], ignore_index=True)
    for column, one in wrong.items():
        rows[column] = rows[column].astype(object) if column in rows else pd.Series(1.0, rows.index, dtype=object)
        rows.loc[4, column] = one
    return rows


def bill(**wrong: Any) -> pd.DataFrame:
    return table(**wrong).assign(app_id="one")


def twice(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    return pd.concat([rows, rows[[column]]], axis=1)


def in_periods(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(ts=rows["ts"].dt.tz_localize(None).dt.to_period("h"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (table().drop(columns="value"), "it has no value, but series_id, ts"),
        (table().iloc[:0], "the table has no rows"),
        (twice(table(), "value"), "the table has 2 columns named value: rename or leave out all but one"),
        (twice(table(), "ts"), "the table has 2 columns named ts"),
        (twice(table(), "series_id"), "the table has 2 columns named series_id"),
        (twice(bill(), "app_id"), "the table has 2 columns named app_id"),
        (twice(bill(declared=2.0), "declared"), "the table has 2 columns named declared"),
        (in_periods(table()), r"ts is of type period\[h\], a span and no moment: convert it with .dt.to_timestamp\(\)"),
        (table().assign(ts=pd.to_timedelta(range(144), unit="h")), "ts is of type timedelta64.*write moments like"),
        (table().assign(value=lambda rows: rows["ts"]), "value is of type datetime64.*which is no number"),
        (table(series_id=None), r"series_id in row 5 is empty: name its series"),
        (table(series_id=""), r"series_id in row 5 is empty"),
        (table(ts=pd.NaT), r"ts in row 5 \(series a\) is empty: write moments like 2026-01-05T08:00:00Z"),
        (table(ts="soon"), r"ts in row 5 \(series a\) is 'soon'"),
        (table(ts=1767571200000), r"ts in row 5 \(series a\) is 1767571200000"),
        (table().assign(ts=range(144)), r"ts in row 1 \(series a\) is 0, and 143 more: a number says no moment"),
        (table(value="much"), r"value in row 5 \(series a\) is 'much': write a number like 12.5"),
        (table(value=float("inf")), r"value in row 5 \(series a\) is inf: only finite numbers"),
        (bill(value=-3.5), r"value in row 5 \(series a\) is -3.5: what lines of apps cost is not negative"),
        (bill(value=1e30), r"value in row 5 \(series a\) is 1e\+30: more than 1e\+15 is no cost"),
        (bill(declared="a lot"), r"declared in row 5 \(series a\) is 'a lot': write a number"),
        (bill(declared=-1), r"declared in row 5 \(series a\) is -1.0?: what is announced"),
        (
            bill(ts=pd.Timestamp("2056-01-01", tz="UTC")),
            r"nothing has a row between 2026-01-07 \(row \d+\) and 2056-01-01 \(row 5\), for more than a year",
        ),
    ],
)
def test_what_cannot_be_right_is_named(rows: pd.DataFrame, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        score(rows)


def test_what_would_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.lives.MOST_CELLS", 143)
    with pytest.raises(ValueError, match="2 lines by 72 bars of 1 h are more than 143 cells: score fewer series"):
        score(bill())


@pytest.mark.parametrize("rows", [table(), bill(declared=2.0)])
def test_decimals_and_texts_are_numbers_and_moments(rows: pd.DataFrame) -> None:
    rows["value"] = rows["value"].round(6)
    usual = score(rows)
    exact = rows.assign(value=[Decimal(f"{one:.6f}") for one in rows["value"]])
    text = rows.astype({"value": str}).assign(ts=rows["ts"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"))
    for other in (exact, text, rows.assign(ts=rows["ts"].dt.tz_localize(None))):
        pd.testing.assert_frame_equal(usual, score(other))


def test_dates_are_moments_and_an_empty_value_is_no_measurement() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=day) for day in range(40)]
    rows = pd.DataFrame({"series_id": "m", "ts": days, "value": 5.0})
    rows.loc[7, "value"] = np.nan
    assert score(rows)["score"].notna().all()


@pytest.mark.parametrize(
    ("markers", "said"),
    [
        (pd.DataFrame({"ts": ["2026-01-06"], "kind": ["deploy"]}), "there is no app_id, but ts, kind"),
        (pd.DataFrame({"app_id": [None], "ts": ["2026-01-06"], "kind": ["deploy"]}), "app_id in row 1 is empty"),
        (pd.DataFrame({"app_id": ["one"], "ts": ["then"], "kind": ["deploy"]}), "ts in row 1 is 'then'"),
        (
            pd.DataFrame([["one", "2026-01-06", "a", "b"]], columns=["app_id", "ts", "kind", "kind"]),
            "2 columns named kind",
        ),
    ],
)
def test_markers_are_checked_too(markers: pd.DataFrame, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        score(bill(), markers)


def test_markers_need_apps() -> None:
    markers = pd.DataFrame({"app_id": ["a"], "ts": ["2026-01-06"], "kind": ["deploy"]})
    with pytest.raises(ValueError, match="markers are of apps, and the table names none"):
        score(table(), markers)
    pd.testing.assert_frame_equal(score(table()), score(table(), markers.iloc[:0]))
    assert len(score(bill(), markers)) == 144
