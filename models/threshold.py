"""Where the line is drawn: what ships, raised where too much of an account's ordinary life falls just short of it.

What falls just short of the threshold is nearly all ordinary, whatever incidents there are: they pass by far. So
near misses tell, without a label, how much of what passes is ordinary too. Where they are too many the threshold is
raised until they are not; it is never lowered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import poisson

from models.context import Candidates
from models.panel import Floats, Ints, Panel
from models.walk import CHUNK

THRESHOLD = 3.2  # log odds with evidence and stake at which a row is flagged, unless the account is told otherwise
SHORT = 3.0  # log odds: an alert that falls short by less is a near miss
NEAR_MISSES = 28.0  # a day per 1,000 living apps: what the account the threshold was set for never has
CHANCE = 0.975  # near misses come by chance: so sure it has to be that they are too many
STEP, HIGHEST = 0.1, 9.0
DAYS = 28  # looked back upon
WEEK = 7


@dataclass(frozen=True, slots=True)
class Recent:
    """Candidates of some days, by app and time: ``odds`` of each, and how many days apps lived in all.

    ``apart``: flags of an app further apart than so many bars are two alerts.
    """

    app: Ints
    bar: Ints
    odds: Floats
    days: float
    app_days: float
    apart: int

    @classmethod
    def of(cls, lines: Panel, found: Candidates, odds: Floats, *, until: int, since: int = 0) -> Recent:
        """Return the four weeks before the bar ``until``, or what there is of them from ``since`` on."""
        begin = max(until - DAYS * lines.bars_per_day, since, 0)
        app = pd.factorize(lines.apps)[0]
        born, gone = np.full(app.max(initial=-1) + 1, until), np.zeros(app.max(initial=-1) + 1, dtype=int)
        known = lines.first < until
        np.minimum.at(born, app[known], lines.first[known])
        np.maximum.at(gone, app[known], _ended(lines, until)[known])
        lived = np.clip(gone - np.maximum(born, begin), 0, None).sum()
        line, bar = found.cells
        inside = np.flatnonzero((bar >= begin) & (bar < until))
        order = inside[np.lexsort((bar[inside], app[line[inside]]))]
        days = max(until - begin, 0) / lines.bars_per_day
        return cls(app[line[order]], bar[order], odds[order], days, lived / lines.bars_per_day, lines.in_bars(24))

    def over(self, threshold: float) -> Recent:
        """Return the candidates at a threshold and above."""
        hit = self.odds >= threshold
        return replace(self, app=self.app[hit], bar=self.bar[hit], odds=self.odds[hit])

    def alerts(self, threshold: float) -> int:
        """Return how many alerts a threshold would have brought."""
        hit = np.flatnonzero(self.odds >= threshold)
        opens = (np.diff(self.app[hit]) != 0) | (np.diff(self.bar[hit]) > self.apart)
        return int(opens.sum()) + bool(len(hit))

    def quiet(self) -> float:
        """Return the lowest threshold, the shipped one or above, of which few enough alerts fall just short."""
        most = poisson.ppf(CHANCE, NEAR_MISSES * self.app_days / 1000)
        near = self.over(THRESHOLD - SHORT)
        for threshold in np.arange(THRESHOLD, HIGHEST, STEP):
            near = near.over(threshold - SHORT)
            if near.alerts(threshold - SHORT) - near.alerts(threshold) <= most:
                return float(threshold)
        return HIGHEST

    def budgeted(self, alerts_per_day: float) -> float:
        """Return the threshold that would have brought so many alerts a day, all apps together."""
        low, high = -8.0, 16.0
        for _ in range(24):
            middle = (low + high) / 2
            low, high = (middle, high) if self.alerts(middle) > alerts_per_day * self.days else (low, middle)
        return high


def _ended(lines: Panel, until: int) -> Ints:
    """Return the end of the last bar that each line lived before a bar, whatever it lived after; 0 for none."""
    ended = np.zeros(len(lines.ids), dtype=int)
    for rows, part in lines.chunks(CHUNK):
        lived = part.alive()[:, :until]
        ended[rows] = np.where(lived.any(axis=1), lived.shape[1] - lived[:, ::-1].argmax(axis=1), 0)
    return ended


def quieted(lines: Panel, found: Candidates, *rankings: Floats, until: int, since: int = 0) -> float:
    """Return the threshold from the bar ``until`` on, the mean of what each ranking (odds of ``found``) asks for."""
    asked = [Recent.of(lines, found, odds, until=until, since=since).quiet() for odds in rankings]
    return float(np.mean(asked))


def week_by_week(lines: Panel, found: Candidates, odds: Floats, *, since: int = 0) -> Floats:
    """Return the threshold of every bar: each week's from what came before it, the first week's as it ships."""
    thresholds = np.full(lines.bars, THRESHOLD)
    for begin in range(since + WEEK * lines.bars_per_day, lines.bars, WEEK * lines.bars_per_day):
        thresholds[begin:] = quieted(lines, found, odds, until=begin, since=since)
    return thresholds
