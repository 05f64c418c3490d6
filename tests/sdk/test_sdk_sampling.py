"""Sampling keeps totals unbiased and states its error: simulated, with the error of the simulation stated too.

Every simulation is seeded. A mean over N runs is called unbiased if it lies within four standard errors of the truth:
by chance alone a seed fails that once in 16,000.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable

import pytest
from farthing.sampling import DENSE_FOR, SPARSE_SECONDS, Integral, Thinning

RUNS = 150
HOUR = 3600.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0


def integrate(
    value: Callable[[float], float], seed: int, *, changes: tuple[float, ...] = (), end: float = HOUR, cuts: float = 300
) -> tuple[float, Integral]:
    """Run a gauge over ``[0, end)`` as its thread would: ticks when due, cuts at changes, reports and the end."""
    clock = Clock()
    integral = Integral(lambda: value(clock.now), 0.0, random.Random(seed))
    stops = sorted({*changes, *(cuts * number for number in range(1, int(end / cuts) + 1)), end} - {0.0})
    total = 0.0
    for stop in stops:
        while integral.due < stop:
            clock.now = integral.due
            integral.tick(clock.now)
        clock.now = stop
        integral.tick(stop)
        integral.cut(stop, is_change=stop in changes)
        total += integral.take()
    return total + integral.amount, integral


def truth(value: Callable[[float], float], end: float = HOUR, steps: int = 360_000) -> float:
    width = end / steps
    return sum(value((step + 0.5) * width) for step in range(steps)) * width


SHAPES = {
    "flat": lambda _: 4.0,
    "slow wave": lambda t: 4 + math.sin(t / 500),
    "fast wave": lambda t: 4 + 3 * math.sin(t / 7),
    "saw": lambda t: 1 + (t % SPARSE_SECONDS) / 3,  # in step with the longest block
    "spikes": lambda t: 40.0 if t % 97 < 3 else 1.0,
    "ramp": lambda t: t / 100,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_gauges_integral_is_unbiased_and_its_error_is_stated(shape: str) -> None:
    value = SHAPES[shape]
    changes = (0.0, 1234.5, 2000.25)
    runs = [integrate(value, seed, changes=changes) for seed in range(RUNS)]
    totals = [total for total, _ in runs]
    expected = truth(value)
    spread = statistics.stdev(totals)
    assert abs(statistics.fmean(totals) - expected) <= 4 * spread / math.sqrt(RUNS) + 1e-6 * expected
    stated = math.sqrt(statistics.fmean(integral.variance for _, integral in runs))
    # On the safe side: never less than nine tenths of the true error, and not many times as much.
    assert stated >= 0.9 * spread


def test_steady_gauges_are_read_rarely_and_changing_ones_often() -> None:
    flat = integrate(SHAPES["flat"], 1, changes=(0.0,), cuts=HOUR)
    assert flat[0] == pytest.approx(4 * HOUR, rel=1e-12)
    assert flat[1].readings < DENSE_FOR + HOUR / SPARSE_SECONDS + 20
    assert flat[1].standard_error == 0
    wild = integrate(SHAPES["fast wave"], 1, changes=(0.0,), cuts=HOUR)
    assert wild[1].readings > 5 * flat[1].readings


def test_readings_are_dense_around_a_change() -> None:
    read: list[float] = []
    clock = Clock()

    def look() -> float:
        read.append(clock.now)
        return 4.0

    integral = Integral(look, 0.0, random.Random(3))
    for stop, is_change in ((1800.0, True), (3600.0, False)):
        while integral.due < stop:
            clock.now = integral.due
            integral.tick(clock.now)
        clock.now = stop
        integral.cut(stop, is_change=is_change)
    after = sum(1800 <= at < 1800 + DENSE_FOR for at in read)
    before = sum(1800 - DENSE_FOR <= at < 1800 for at in read)
    assert after >= DENSE_FOR * 0.9
    assert before <= 2


def test_a_step_in_a_steady_gauge_costs_at_most_a_block() -> None:
    errors = [
        integrate(lambda t: 1.0 if t < 1777 else 9.0, seed, cuts=HOUR)[0] - (1777 + 9 * 1823) for seed in range(200)
    ]
    assert max(map(abs, errors)) <= 8 * SPARSE_SECONDS
    assert abs(statistics.fmean(errors)) <= 4 * statistics.stdev(errors) / math.sqrt(120)


def test_a_gauge_that_falls_at_a_cut_owes_nothing_in_the_end() -> None:
    total, integral = integrate(lambda t: 100.0 if t < 900 else 0.0, 11, changes=(0.0, 910.0))
    assert integral.amount <= 0
    assert total == pytest.approx(90_000, rel=0.1)


def test_a_thread_that_is_late_still_counts_all_the_time() -> None:
    clock = Clock()
    integral = Integral(lambda: 5.0, 0.0, random.Random(1))
    for now in (100.0, 1000.0, 1001.0):
        clock.now = now
        integral.tick(now)
        integral.tick(now)
    integral.cut(1001.0, is_change=False)
    assert integral.take() == pytest.approx(5005)


def thin(seed: int, units: list[tuple[float, float, bool]]) -> tuple[float, float, int, int]:
    """Return the estimated count and sum, how many were kept, and the largest weight."""
    thinning = Thinning(5.0, 0.0, random.Random(seed))
    count = total = 0.0
    kept = largest = 0
    for at, size, is_dense in units:
        weight = thinning.keep(at, is_dense=is_dense)
        count += weight
        total += weight * size
        kept += weight > 0
        largest = max(largest, weight)
    return count, total, kept, largest


def traffic(rate: float, seconds: float, changes: tuple[float, ...] = ()) -> list[tuple[float, float, bool]]:
    chance = random.Random(5)
    at, units = 0.0, []
    while at < seconds:
        at += chance.expovariate(rate)
        units.append((at, chance.lognormvariate(7, 1), any(change <= at < change + DENSE_FOR for change in changes)))
    return units


def test_thinned_traces_keep_counts_and_sums_unbiased() -> None:
    units = traffic(300, 40, changes=(5.0,))
    runs = [thin(seed, units) for seed in range(60)]
    counts, totals = [run[0] for run in runs], [run[1] for run in runs]
    assert abs(statistics.fmean(counts) - len(units)) <= 4 * statistics.stdev(counts) / math.sqrt(len(runs))
    expected = sum(size for _, size, _ in units)
    spread = statistics.stdev(totals)
    assert abs(statistics.fmean(totals) - expected) <= 4 * spread / math.sqrt(len(runs))
    # Each interrupted block, and the last, leaves the count off by less than its weight.
    assert all(abs(count - len(units)) < 2 * largest for count, _, _, largest in runs)
    kept = statistics.fmean(run[2] for run in runs)
    dense = sum(is_dense for _, _, is_dense in units)
    assert dense <= kept <= dense + 0.1 * len(units)


def test_few_traces_are_all_kept() -> None:
    units = traffic(1, 300)
    count, _, kept, largest = thin(3, units)
    assert largest <= 2
    assert kept > 0.9 * len(units)
    assert abs(count - len(units)) <= 2


def test_weights_are_whole_numbers_whose_blocks_add_up() -> None:
    thinning = Thinning(5.0, 0.0, random.Random(8))
    block, weights = 0, []
    for number in range(20_000):
        weight = thinning.keep(number / 1000, is_dense=False)
        block += 1
        if weight:
            weights.append(weight)
    assert set(weights) <= {2**power for power in range(11)}
    assert max(weights) >= 128
    assert abs(sum(weights) - 20_000) < max(weights)
    assert block == 20_000
