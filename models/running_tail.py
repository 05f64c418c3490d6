"""How rare is each value among those before it? Empirical tail with a Pareto tail above the 98th percentile."""

from __future__ import annotations

from bisect import bisect_left, insort

import numpy as np

from models.panel import Floats

TAIL = 0.98
SHAPE = 0.25  # of the Pareto tail: heavier than exponential, as residuals of usage are
FEWEST = 75  # values seen before anything is called rare
ENOUGH_FOR_TAIL = 100
REFIT = 64  # rows between two looks at the tail's scale


def running_tail(values: Floats) -> Floats:
    """Return -log10 of the share of earlier values at least as large; 0 for the first ``FEWEST`` rows."""
    rarity = np.zeros(len(values))
    seen: list[float] = []
    scale, fitted_at = 1.0, -REFIT
    for row, value in enumerate(np.asarray(values, dtype=float).tolist()):
        count = len(seen)
        if count >= FEWEST:
            above = count - bisect_left(seen, value)
            share = (above + 1) / (count + 1)
            begin = int(TAIL * count)
            if count >= ENOUGH_FOR_TAIL and value > seen[begin]:
                if row - fitted_at >= REFIT:
                    scale, fitted_at = max(float(np.mean(seen[begin:])) - seen[begin], 1e-12), row
                share = pareto_share((value - seen[begin]) / scale)
            rarity[row] = -np.log10(share)
        insort(seen, value)
    return rarity


def pareto_share(excess: float) -> float:
    """Return the share of values beyond an excess over the 98th percentile, in units of the mean excess."""
    return (1 - TAIL) * (1 + SHAPE * excess / (1 - SHAPE)) ** (-1 / SHAPE)
