"""Sampling that keeps totals unbiased and says its error.

Both samplers look at one random unit of each block and let it stand for the block: every unit of a block of k has the
chance 1/k and the weight k (Horvitz and Thompson). How long the next block is depends only on what is already known,
so it biases nothing. Blocks are short after a change and grow while nothing changes.

The standard error is estimated from differences between neighboring blocks: half of the squared difference at the
weight of the larger block, summed. It is on the safe side, since it takes a trend between blocks for noise within them.
"""

from __future__ import annotations

import math
import random
from typing import Callable

DENSE_SECONDS = 1.0  # between readings after a change
SPARSE_SECONDS = 15.0  # at most, in steady state
DENSE_FOR = 30.0  # how long a lifecycle change keeps readings dense
STEADY = 0.05  # a relative change below it is none
LARGEST_WEIGHT = 1024


class Integral:
    """The integral over time of a gauge that is read at random instants, one in each block.

    A block that is cut short (the resource stops, or changes) is the last reading before it times its length, plus
    the difference to its own reading times the whole block if that was already taken: unbiased wherever the cut is.
    """

    def __init__(self, read: Callable[[], float], now: float, chance: random.Random) -> None:
        self._read, self._chance = read, chance
        self._base, self._weight = read(), 0.0  # the last reading, and what it stood for
        self._dense_until = now + DENSE_FOR
        self._length = DENSE_SECONDS
        self.readings = 1
        self.amount = 0.0  # value-seconds of closed blocks that nobody took yet
        self.variance = 0.0  # of everything since the beginning
        self._start = self._end = self._at = now
        self._reading: float | None = None
        self._open(now)

    @property
    def due(self) -> float:
        """When ``tick`` has something to do next."""
        return self._end if self._reading is not None else self._at

    def tick(self, now: float) -> None:
        """Read if it is time, and close the block if it is over."""
        if self._reading is None and now >= self._at:
            self._reading = self._look()
            # Asked too late, the reading stands for all the time until now.
            self._end = max(self._end, now)
        if self._reading is not None and now >= self._end:
            length = self._end - self._start
            self._close(self._end, self._reading * length, length)

    def cut(self, now: float, *, is_change: bool) -> None:
        """End the block now; after a change the next readings are dense, and the first one is taken at once."""
        value, weight = self._base * (now - self._start), self._end - self._start
        if self._reading is not None:
            value += (self._reading - self._base) * weight
        self._close(now, value, weight)
        if is_change:
            self._dense_until, self._length = now + DENSE_FOR, DENSE_SECONDS
            self._base, self._weight = self._look(), 0.0
            self._open(now)

    def take(self) -> float:
        """Return what closed blocks add up to since the last time; a debt of a cut block is kept for the next time."""
        taken = max(self.amount, 0.0)
        self.amount -= taken
        return taken

    @property
    def standard_error(self) -> float:
        """In value-seconds, of everything since the beginning."""
        return math.sqrt(self.variance)

    def _look(self) -> float:
        self.readings += 1
        return self._read()

    def _close(self, end: float, value: float, weight: float) -> None:
        self.amount += value
        if self._reading is not None:
            difference = self._reading - self._base
            self.variance += (difference * max(weight, self._weight)) ** 2 / 2
            is_steady = abs(difference) <= STEADY * max(abs(self._reading), abs(self._base))
            self._length = min(self._length * 2, SPARSE_SECONDS) if is_steady else DENSE_SECONDS
            self._base, self._weight = self._reading, weight
        if end < self._dense_until:
            self._length = DENSE_SECONDS
        self._open(end)

    def _open(self, start: float) -> None:
        self._start, self._end = start, start + self._length
        self._at = start + self._chance.random() * self._length
        self._reading = None


class Thinning:
    """Which of many like things (request traces of one status class) are kept, and how many each stands for.

    As many a second as ``target`` are kept, all of them for a while after a change. The weights of whole blocks add
    up to exactly their size, so a count is off by less than one block.
    """

    def __init__(self, target: float, now: float, chance: random.Random) -> None:
        self._target, self._chance = target, chance
        self._gap = 1.0 / target  # seconds between units, smoothed
        self._last = now
        self._size = 1
        self._position = self._pick = 0

    @property
    def weight(self) -> int:
        """How many units the kept one of the present block stands for."""
        return self._size

    def keep(self, now: float, *, is_dense: bool) -> int:
        """Return the weight of this unit: 0 if it is not kept."""
        self._gap += 0.05 * (max(now - self._last, 0.0) - self._gap)
        self._last = now
        if self._position >= self._size or (is_dense and self._size > 1):
            wanted = 1.0 if is_dense else 1.0 / max(self._gap * self._target, 1.0 / LARGEST_WEIGHT)
            self._size = min(2 ** max(math.ceil(math.log2(wanted)), 0), LARGEST_WEIGHT)
            self._position, self._pick = 0, self._chance.randrange(self._size)
        is_kept = self._position == self._pick
        self._position += 1
        return self._size if is_kept else 0
