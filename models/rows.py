"""Any one metric by itself: expected value, band and score of each row. For series that are no lines of a bill.

Two voices. Rarity, for fine bars: the mean of four calibrated tails, quiet after each event. Height, for bars of an
hour or more, each of which is a summary somebody may want to look at: how far above (or below) its past a row stands;
every row of an event is flagged. Of money only rises count.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.discipline import below_one, disciplined
from models.panel import Floats
from models.row_evidence import FORECAST_FROM, Rows, forecast, height, level, neighbors, same_time
from models.running_tail import running_tail

COARSE_SECONDS = 2_700  # bars from 45 minutes on
RARE = 1.6  # mean -log10 p at which a row of fine bars is flagged; 1.5 already counts as an event
EVENT = 1.5
HIGH = 4.8  # height at which a row of coarse bars is flagged
QUIET_DAYS = 0.5
PENALTY = 0.25
FALL = 0.8  # what a fall counts beside a rise
BAND = 0.98  # share of earlier rows that lay within the band


def score_rows(ts: pd.Series, values: Floats, *, rises_only: bool = False, random_state: int = 0) -> pd.DataFrame:
    """Return expected, lower, upper and score of each row of one series, ordered by time; 1 and above is a flag."""
    rows = Rows.of(ts, values)
    expected, missed = forecast(rows, random_state=random_state)
    high = _height(rows, rises_only=rises_only)
    if rows.bar_seconds >= COARSE_SECONDS:
        score = high / HIGH
    else:
        rare = disciplined(
            _rarity(rows, missed) / RARE,
            quiet=round(QUIET_DAYS * rows.day),
            penalty=PENALTY,
            considered=EVENT / RARE,
        )
        score = np.where(rare >= 1, rare, below_one(0.8 * high / (high + 4.3)))
    off = pd.Series(np.abs(rows.values - expected)).shift(1).expanding(FORECAST_FROM // 10).quantile(BAND)
    reach = off.fillna(np.inf).to_numpy()
    return pd.DataFrame(
        {"expected": expected, "lower": expected - reach, "upper": expected + reach, "score": score}, index=ts.index
    )


def _rarity(rows: Rows, missed: Floats) -> Floats:
    """Return the mean of four tails, smoothed over three rows."""
    evidence = (
        np.abs(missed),
        np.abs(_after(same_time(rows))),
        neighbors(rows, first=FORECAST_FROM),
        level(rows),
    )
    mean = np.mean([running_tail(one) for one in evidence], axis=0)
    return pd.Series(mean).rolling(3, min_periods=1).mean().to_numpy()


def _after(evidence: Floats) -> Floats:
    return np.where(np.arange(len(evidence)) < FORECAST_FROM, 0.0, evidence)


def _height(rows: Rows, *, rises_only: bool) -> Floats:
    """Return how far a row stands off its past: all of it, a week of it, and its shape; what lasts counts on."""
    fall = 0.0 if rises_only else FALL
    far, shape = height(rows), np.log1p(neighbors(rows))
    high = _logged(far, fall) + 0.5 * _logged(height(rows, window=7 * rows.day), fall)
    high += 0.5 * np.where(far > 0, shape, shape if fall else 0.0)
    return high + pd.Series(high).ewm(span=6).mean().to_numpy()


def _logged(signed: Floats, fall: float) -> Floats:
    """Return log(1 + distance); a fall counts a share of a rise."""
    return np.log1p(np.where(signed > 0, signed, -fall * signed))
