"""Would anybody care? The gate every line passes before its score can wake somebody; detection knows nothing of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.evidence import trailing
from models.panel import Floats, Panel


def accrued(panel: Panel, expected: Floats) -> tuple[Floats, Floats]:
    """Return the excess of the last 24 and of the last 3 hours, series by bars, in the values' unit."""
    excess = np.where(panel.alive(), panel.values - expected, 0)
    return trailing(excess, panel.in_bars(24)), trailing(excess, panel.in_bars(3))


def is_open(panel: Panel, expected: Floats, minimum_impact: float) -> NDArray[np.bool_]:
    """Return where the excess is worth an alert.

    The last 24 hours hold a quarter of the least impact; or the last three run at a rate that makes all of it in a day,
    and a tenth of it is there.
    """
    day, last = accrued(panel, expected)
    so_far = np.maximum(day, last)
    per_day = 24 / max(3.0, panel.bar_hours)
    running = (last * per_day >= minimum_impact) & (so_far >= minimum_impact / 10)
    return (so_far >= minimum_impact / 4) | running
