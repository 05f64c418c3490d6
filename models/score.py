"""How unusual is each row of any long table? Walk-forward, one threshold; what ``farthing detect --input`` runs."""

from __future__ import annotations

import pandas as pd

from models.detector import SpikeDetector


def score(
    series: pd.DataFrame, markers: pd.DataFrame | None = None, *, detector: SpikeDetector | None = None
) -> pd.DataFrame:
    """Return expected, lower, upper, score and flag of each row, from rows before it only.

    Grain: one row per (series_id, ts); scores of 1 and above are flagged.
    """
    return (detector or SpikeDetector()).score(series, markers)
