"""Alert discipline: one alert per event, and what happens often is worth less. Worth more than any model (+10 NAB)."""

from __future__ import annotations

import numpy as np

from models.panel import Floats

SIMILAR = 0.8  # an earlier event at least this strong counts as the same kind of thing
ESCALATED = 1.1  # times the strongest row of an event: flagged again
ALMOST = 0.9  # from here on, suppressed scores are squeezed below 1


def disciplined(scores: Floats, *, quiet: int, penalty: float, considered: float = 1.0) -> Floats:
    """Return scores with one event at 1 or above per ``quiet`` rows; within them only what is stronger still.

    Args:
        scores: higher is stranger; 1 is where a row would be flagged.
        quiet: rows after an event's begin in which only a tenth above the event's peak is flagged again.
        penalty: what each doubling of similar earlier events takes off.
        considered: from here on a row counts as an event, flagged or not.

    """
    kept = below_one(scores)
    events: list[float] = []
    last, peak = -quiet - 1, np.inf
    for row in np.flatnonzero(scores >= considered).tolist():
        score = float(scores[row])
        if row - last <= quiet:
            if score >= ESCALATED * peak:
                kept[row], peak = score, score
            continue
        similar = sum(event >= SIMILAR * score for event in events)
        reduced = score - penalty * float(np.log2(1 + similar))
        kept[row] = reduced if reduced >= 1 else float(below_one(np.array([reduced]))[0])
        events.append(score)
        last, peak = row, score
    return kept


def below_one(scores: Floats) -> Floats:
    """Return scores in the same order, all of them below 1."""
    return np.where(scores < ALMOST, scores, ALMOST + 0.09 * -np.expm1(-3 * (scores - ALMOST)))
