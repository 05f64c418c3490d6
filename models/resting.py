"""Lines that rest and come back: what they did in between is known, but was not lived.

A line lives while it was used in the last day, whether it comes back later or not. One that comes back keeps its past:
a job of every Monday is known as one, and the hours in which nobody could tell whether it would ever come again are
neither judged nor learned from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from models.panel import Ints, Panel


@dataclass(frozen=True, slots=True)
class Resting(Panel):
    """A panel of lines that lived in the bars of ``lived`` only, series by bars, from ``first`` to ``last``."""

    lived: NDArray[np.bool_]

    def alive(self) -> NDArray[np.bool_]:
        """Return which bars were lived."""
        return self.lived

    def take(self, rows: slice | Ints) -> Self:
        """Return some of the series."""
        # Not super(): a class with slots is not the one its methods were written in.
        return replace(Panel.take(self, rows), lived=self.lived[rows])


def living(used: NDArray[np.bool_], rest: int) -> NDArray[np.bool_]:
    """Return the bars with a use in them or in the ``rest`` bars before, series by bars."""
    lived, reach = used.copy(), 0
    while reach < rest:
        step = min(reach + 1, rest - reach)
        before = lived[:, :-step].copy()
        lived[:, step:] |= before
        reach += step
    return lived
