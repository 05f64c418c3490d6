"""Which bars a model learns from: the same ones whatever else a table holds, chosen by line and time alone."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.panel import DAY, Floats, Panel

FEWEST_LINES = 10  # that live at the same time: of fewer it may well be that none costs anything
_LINES = 500  # at a time


def drawn(panel: Panel, *, seed: int = 0) -> Floats:
    """Return a number in [0, 1) per bar, series by bars: a function of the line's id, the bar's time and the seed.

    A table cut short, or with more lines, draws the same numbers: so yesterday's model does not move when today comes.
    """
    ids = np.array([crc32(str(name).encode()) for name in panel.ids], dtype=np.uint64)
    first = int(panel.start.timestamp() // panel.bar.total_seconds())
    bars = np.arange(first, first + panel.bars, dtype=np.uint64)
    mixed = ids[:, None] * np.uint64(0x9E3779B97F4A7C15) + bars[None, :] * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed += np.uint64(seed) * np.uint64(0x165667B19E3779F9)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(40)).astype(np.float32) / np.float32(1 << 24)


def alive_per_day(panel: Panel) -> NDArray[np.int64]:
    """Return how many bars of lines were lived on each day of a panel."""
    lived = np.zeros(panel.bars, dtype=np.int64)
    for _, part in panel.chunks(_LINES):
        lived += part.alive().sum(axis=0)
    day = np.arange(panel.bars) // panel.bars_per_day
    return np.bincount(day, weights=lived).astype(np.int64)


def heard(panel: Panel) -> NDArray[np.bool_]:
    """Return the bars in which a panel cost anything at all: that nothing does is an outage, and teaches nothing."""
    lived, used = np.zeros(panel.bars, dtype=np.int64), np.zeros(panel.bars, dtype=bool)
    for _, part in panel.chunks(_LINES):
        lived += part.alive().sum(axis=0)
        used |= part.values.any(axis=0)
    return used | (lived < FEWEST_LINES)


def share_per_bar(panel: Panel, rows_per_week: int) -> Floats:
    """Return per bar the share of lines to draw so that a full week gives ``rows_per_week`` rows."""
    lived = alive_per_day(panel)
    share = np.minimum(1.0, rows_per_week / 7 / np.maximum(lived, 1))
    days = np.arange(panel.bars) // round(DAY / panel.bar) if panel.bar < DAY else np.arange(panel.bars)
    return np.where(heard(panel), share[days], 0.0)
