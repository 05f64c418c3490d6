"""NAB's own windowed Gaussian: how far in the tail of earlier values a value lies; its published scores are known."""

from __future__ import annotations

import numpy as np
from scipy.special import erfc

WINDOW, STEP, DIGITS = 6400, 100, 12


def windowed_gaussian(values: np.ndarray) -> np.ndarray:
    """Return 1 - the smaller tail's probability of each value under a Gaussian over the values before it.

    The window grows to 6,400 rows and then slides by 100 at a time. Scores have twelve digits, as NAB stores them: what
    is nearer to 1 counts as 1, which matters because NAB's threshold for it is 1.
    """
    values = np.asarray(values, dtype=float)
    scores = np.zeros(len(values))
    for row in range(1, len(values)):
        behind = max(row - WINDOW, 0) // STEP * STEP
        if row <= WINDOW or (row - WINDOW) % STEP == 0:
            past = values[behind:row]
            mean, deviation = past.mean(), past.std() or 1e-6
        scores[row] = 1 - 0.5 * erfc(abs(values[row] - mean) / deviation / 1.4142)
    return scores.round(DIGITS)
