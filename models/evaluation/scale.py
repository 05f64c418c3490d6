"""How much is evaluated: the whole, or a quick form of it for tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Seeds and sizes of the drawn histories.

    Attributes:
        tuning: thresholds are set on these seeds; the detector's own prior may have been trained on ``PRIOR_SEEDS``.
        testing: figures are of these seeds and no others.
        warm_up_days: no incident begins before.
        judged_from: hours before this one are not judged; the end of the warm-up unless given.

    """

    tuning: tuple[int, ...] = (1, 11)
    testing: tuple[int, ...] = (41, 43, 47, 53, 59)
    apps: int = 600
    days: int = 90
    warm_up_days: int = 28
    threads: int = 1  # two contend with each other on a busy machine: ten times slower
    judged_from: int | None = None

    @property
    def begin(self) -> int:
        return self.warm_up_days * 24 if self.judged_from is None else self.judged_from

    @property
    def end(self) -> int:
        return self.days * 24

    @property
    def middle(self) -> int:
        """Where tuning days end and test days begin, for splits by time."""
        return (self.begin + self.end) // 2


WHOLE = Scale()
QUICK = Scale(tuning=(1,), testing=(2,), apps=24, days=35, warm_up_days=14)
CHOSEN_ON = (1, 11, 21, 31)  # of families A and B: the detector's constants were chosen on these
PRIOR_SEEDS = tuple(range(101, 113))  # the shipped ranker learns from these, which are in no evaluation
