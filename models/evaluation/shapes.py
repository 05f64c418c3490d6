"""What histories are drawn from: noise with memory, days and weeks by local clock, ramps, factors."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from models.evaluation.history import START

ZONES = ("America/New_York", "America/Los_Angeles", "Europe/Berlin", "Europe/London", "Asia/Kolkata", "UTC")


def log_uniform(rng: np.random.Generator, low: float, high: float, size: int | None = None) -> np.ndarray:
    """Draw between two factors, evenly in their logarithm."""
    return np.exp(rng.uniform(np.log(low), np.log(high), size))


def autoregressive(rng: np.random.Generator, memory: np.ndarray, spread: np.ndarray, hours: int) -> np.ndarray:
    """Draw one AR(1) path per row with the given lag-1 correlation and standing deviation."""
    paths = rng.standard_normal((len(memory), hours))
    for row in range(len(memory)):
        paths[row] = lfilter([spread[row] * np.sqrt(1 - memory[row] ** 2)], [1, -memory[row]], paths[row])
    return paths


def clocks(hours: int) -> tuple[np.ndarray, np.ndarray]:
    """Local hour of day (with half hours) and weekday (0 = Monday) of every zone: two arrays of zones by hours."""
    stamps = pd.date_range(START, periods=hours, freq="h")
    local = [stamps.tz_convert(zone) for zone in ZONES]
    return np.array([t.hour + t.minute / 60 for t in local]), np.array([t.day_of_week for t in local])


def bump(hour: np.ndarray, middle: np.ndarray | float, width: np.ndarray | float) -> np.ndarray:
    """A smooth hill over the day, 1 at its middle, going round midnight."""
    away = np.abs((hour - middle + 12) % 24 - 12)
    return np.exp(-0.5 * (away / width) ** 2)


def ramp_up(hours: int, length: int, low: float) -> np.ndarray:
    """From ``low`` to 1 over some hours, then 1."""
    return low + (1 - low) * np.clip(np.arange(hours) / max(length, 1), 0, 1)
