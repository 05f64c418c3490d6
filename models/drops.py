"""Which lines fell silent that never do? Usage that is gone may be an outage, or a meter that stopped counting.

Kept apart from spikes: nothing is saved by waking somebody early, so a drop has to last, to be unlike the line's last
three weeks, and to be missed in dollars.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from models.baseline import frozen
from models.evidence import trailing
from models.features import lagged
from models.panel import Floats, Ints, Panel
from models.walk import CHUNK

SILENT = 0.1  # of what is expected
LASTING_HOURS = 6
HISTORY_HOURS = 14 * 24
MEMORY_HOURS = 21 * 24
WEEK_HOURS = 7 * 24  # of silence: nobody waits for it any longer


def drops(laid: Panel, expected: Floats, *, minimum_impact: float) -> list[dict[str, Any]]:
    """Return drops of one app's lines, one row per time it fell silent; ``excess`` is negative.

    A line is silent where six hours brought less than a tenth of what was expected and of the same hours one and two
    weeks ago, worth a quarter of the least impact. What was expected is frozen where it begins: a line that ended is
    missed as before. It is over with the first hour that brings half of that again (recovered), or after a week
    (accepted).
    """
    bars, day = laid.in_bars(LASTING_HOURS), laid.bars_per_day
    is_, should = trailing(laid.values, bars), trailing(expected, bars)
    silent = _silent(laid, is_, should, minimum_impact)
    before = trailing((is_ <= SILENT * should).astype(np.float32), laid.in_bars(MEMORY_HOURS))
    now = trailing((is_ <= SILENT * should).astype(np.float32), laid.in_bars(48))
    silent &= before - now < 1  # it never does that
    found = []
    free_from = 0
    begun = np.flatnonzero(silent.any(axis=0))
    while len(begun := begun[begun >= free_from]):
        flagged = int(begun[0])
        line = np.flatnonzero(silent[:, flagged])
        start = max(flagged - bars + 1, 0)
        value = laid.values[line].astype(float)
        foreseen = zip(value, expected[line], laid.first[line], strict=True)
        calm = np.array(
            [frozen(was, should, start, laid.bars, day, first=int(first)) for was, should, first in foreseen]
        )
        used = value[:, flagged:]
        back = np.flatnonzero(((used > 0) & (used >= 0.5 * calm[:, flagged - start :])).any(axis=0))
        accepted = start + laid.in_bars(WEEK_HOURS)
        end = min(flagged + int(back[0]) if len(back) else laid.bars, accepted, laid.bars)
        state = "open" if end == laid.bars else "accepted" if end == accepted else "recovered"
        total = float((value[:, start:end] - calm[:, : end - start]).sum())
        found.append(
            {
                "started_at": laid.start + start * laid.bar,
                "flagged_at": laid.start + flagged * laid.bar,
                "ended_at": pd.NaT if state == "open" else laid.start + end * laid.bar,
                "state": state,
                "kind": "drop",
                "peak_score": 0.0,
                "excess": total,
                "projected_excess": total,
                "lines": [str(laid.ids[one]) for one in line],
            }
        )
        free_from = end + 1
    return found


def fell_silent(laid: Panel, expected: Floats, *, since: Ints, minimum_impact: float) -> Ints:
    """Return the lines that may have fallen silent, each looked at from its bar ``since`` on: drops are among them."""
    bars = laid.in_bars(LASTING_HOURS)
    found = np.zeros(len(laid.ids), dtype=bool)
    for rows, part in laid.chunks(CHUNK):
        first = max(int(since[rows].min()) - bars + 1, 0)
        is_, should = trailing(part.values[:, first:], bars), trailing(expected[rows, first:], bars)
        low = (should >= minimum_impact * bars / laid.bars_per_day) & (is_ <= SILENT * should)
        found[rows] = (low & (np.arange(first, laid.bars) >= since[rows, None])).any(axis=1)
    few = np.flatnonzero(found)
    some = laid.take(few)
    silent = _silent(some, trailing(some.values, bars), trailing(expected[few], bars), minimum_impact)
    return few[(silent & (np.arange(laid.bars) >= since[few, None])).any(axis=1)]


def _silent(laid: Panel, is_: Floats, should: Floats, minimum_impact: float) -> NDArray[np.bool_]:
    """Return where hours brought next to nothing of what was expected and of what the weeks before brought."""
    weeks = [np.nan_to_num(lagged(laid, is_.astype(np.float32), laid.in_bars(168 * week))) for week in (1, 2)]
    usual = np.minimum(should, np.minimum(*weeks))
    least = minimum_impact * laid.in_bars(LASTING_HOURS) / laid.bars_per_day
    return (is_ <= SILENT * usual) & (usual >= least) & (laid.age() >= HISTORY_HOURS) & laid.alive()
