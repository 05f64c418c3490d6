"""From what the ranker says of a candidate to what is held against the threshold."""

from __future__ import annotations

import numpy as np

from models.context import NAMES
from models.evidence import WINDOWS
from models.panel import Floats
from models.ranker import Blend, IncidentRanker

STAGE_ONE_WEIGHT = 0.5  # an early row is as good as it looks by itself, whatever the ranker would rather wait for
STAKE_WEIGHT = 0.8  # what is at stake lowers the bar: of two bars equally likely the one that costs more wakes somebody
STAKE_FROM, STAKE_MOST = 3.5, 2.5  # in logarithms of the excess of a day: from about 30 USD a day, up to about 400
PER_DAY = np.log(8.0)  # three hours at a rate make a day of it; what has stopped costing is no longer at stake
DAY, LAST = NAMES.index("log_excess_24h"), NAMES.index("log_excess_3h")


def log_odds(ranker: IncidentRanker | Blend, rows: Floats) -> Floats:
    """Return how strongly candidate rows ask for somebody: log odds of an incident, its evidence and its stake."""
    if not len(rows):
        return np.zeros(0)
    stake = np.minimum(rows[:, DAY], rows[:, LAST] + PER_DAY) - STAKE_FROM
    said = ranker.decision_function(rows) + STAGE_ONE_WEIGHT * rows[:, len(WINDOWS)]
    return np.asarray(said + STAKE_WEIGHT * np.clip(stake, 0, STAKE_MOST))
