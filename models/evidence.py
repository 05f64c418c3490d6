"""Five windows on the same question: is this bar, or what it ends, more than it should be?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.features import Features, lagged, middle_of_three
from models.panel import Floats, Panel

WINDOWS = ("z1", "r3", "r6", "r24", "long")
BAND_TO_MEAN = 0.43  # mean over 90th percentile of |residual|, if residuals are Laplace
PRIOR_BARS_HOURS = 48  # how many hours of its own a line needs to weigh as much as the model's band


@dataclass(frozen=True, slots=True)
class Evidence:
    """Expected value in the values' unit, and per window a matrix of series by bars in spreads of the line."""

    expected: Floats
    windows: list[Floats]


def evidence(panel: Panel, known: Features, center: Floats, band: Floats) -> Evidence:
    """Return the evidence of every bar, given the expected target and its band (series by bars)."""
    amount = np.exp(np.clip(center, -30, 30)) * (known.reference + known.offset) - known.offset
    alive = panel.alive()
    expected = np.where(alive, np.maximum(amount, 0), 0).astype(np.float32)
    residual = np.where(alive, known.target - center, np.float32(0)).astype(np.float32)
    spread = _own_spread(panel, residual, band)
    offset = np.where(alive, known.offset, np.float32(0))
    ratios = [residual]
    for hours in (3, 6, 24):
        bars = panel.in_bars(hours)
        more = trailing(offset, bars)
        ratios.append(np.log((trailing(panel.values, bars) + more + 1e-9) / (trailing(expected, bars) + more + 1e-9)))
    ratios.append(_long(panel, offset))
    windows = [residual / np.maximum(band / 1.645, 1e-6), *(ratio / spread for ratio in ratios[1:])]
    return Evidence(expected, [np.where(alive, window, 0).astype(np.float32) for window in windows])


def trailing(values: Floats, bars: int) -> Floats:
    """Return the sum of each bar and those before it, ``bars`` in all."""
    total = np.cumsum(values, axis=1, dtype=float)
    if bars < total.shape[1]:
        total[:, bars:] = total[:, bars:] - total[:, :-bars]
    return total


def _own_spread(panel: Panel, residual: Floats, band: Floats) -> Floats:
    """Return the line's mean |residual| over the week until a day ago, shrunk to what the model expects."""
    columns = np.arange(panel.bars)
    end = np.maximum(columns - panel.in_bars(24), 0)
    begin = np.maximum(end - panel.in_bars(168), 0)
    total = np.zeros((len(residual), panel.bars + 1))
    np.cumsum(np.minimum(np.abs(residual), 3 * band), axis=1, dtype=float, out=total[:, 1:])
    lived = np.clip(end[None, :] - np.maximum(begin[None, :], panel.first[:, None]), 0, None)
    prior = panel.in_bars(PRIOR_BARS_HOURS)
    return ((total[:, end] - total[:, begin] + prior * BAND_TO_MEAN * band) / (lived + prior) + 1e-6).astype(np.float32)


def _long(panel: Panel, offset: Floats) -> Floats:
    """Return the last 24 hours against the same weekday one to three weeks ago: leaks are slow."""
    day = trailing(panel.values, panel.in_bars(24)).astype(np.float32)
    weeks = [lagged(panel, day, panel.in_bars(hours)) for hours in (168, 336, 504)]
    before = middle_of_three(*weeks)
    more = trailing(offset, panel.in_bars(24)) + 1e-9
    return np.nan_to_num(np.log((day + more) / (before + more)))
