"""How long does detection take on a platform of 20,000 lines, and in how much memory?"""

from __future__ import annotations

import resource
from dataclasses import replace

import numpy as np
import pandas as pd

from benchmarks.report import Line
from benchmarks.timing import Spent, spent
from models.detector import SpikeDetector
from models.panel import Panel
from models.prior import shipped

LINES, DAYS, BACKFILL_DAYS, LOOK_DAYS = 20_000, 90, 62, 32
COLD_SECONDS, COLD_SMALL_SECONDS, LOOK_SECONDS, MEMORY_GB = 180, 15, 30, 2.0
START = pd.Timestamp("2026-01-05", tz="UTC")


def measure() -> list[Line]:
    """Fit and score the last 62 days of 1,000 and of 20,000 lines; then the last hour of 20,000 again."""
    shipped()  # fitted once per installation
    small = spent(lambda: _cold(_platform(1_000)))
    whole = _platform(LINES)
    cold = spent(lambda: _cold(whole))
    detector, hours = cold.result
    recent = _last_days(whole, LOOK_DAYS)
    look = spent(lambda: detector.scores(detector.judge(recent)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        _line("detection, 1,000 lines, fit and 62 days", small, COLD_SMALL_SECONDS, small.result[1]),
        _line("detection, 20,000 lines, fit and 62 days", cold, COLD_SECONDS, hours),
        _line("detection, 20,000 lines, newest hour with the days it needs", look, LOOK_SECONDS, recent.alive().sum()),
        Line("detection, peak memory", f"{peak:.2f} GB", f"<= {MEMORY_GB:.0f} GB", peak <= MEMORY_GB),
    ]


def _line(what: str, done: Spent, seconds: float, hours: int) -> Line:
    figures = f"{done.wall:.1f} s ({done.cpu:.1f} s of one processor) for {hours:,} hours of lines"
    return Line(what, figures, f"<= {seconds} s of one processor", done.cpu <= seconds)


def _cold(lines: Panel) -> tuple[SpikeDetector, int]:
    detector = SpikeDetector(random_state=0).fit(lines)
    recent = _last_days(lines, BACKFILL_DAYS)
    detector.scores(detector.judge(recent))
    return detector, int(recent.alive().sum())


def _platform(count: int) -> Panel:
    """Short-lived lines with a day and noise: half live under three weeks."""
    random = np.random.default_rng(count)
    bars = DAYS * 24
    first = np.where(random.random(count) < 0.4, 0, random.integers(0, bars - 4, count))
    last = np.minimum(first + 4 + random.lognormal(np.log(21 * 24), 1.3, count).astype(int), bars)
    level = random.lognormal(np.log(0.4), 1.2, count).astype(np.float32)
    day = 1 + 0.6 * np.sin(2 * np.pi * (np.arange(bars) % 24) / 24).astype(np.float32)
    values = np.empty((count, bars), dtype=np.float32)
    for begin in range(0, count, 500):
        rows = slice(begin, begin + 500)
        noise = random.standard_gamma(12, values[rows].shape, dtype=np.float32) / 12
        values[rows] = level[rows, None] * day * noise
    hour = np.arange(bars)
    for row in range(count):
        values[row, (hour < first[row]) | (hour >= last[row])] = 0
    app = np.arange(count) * 3 // 10
    names = np.array(["cpu", "mem", "input_tokens", "output_tokens", "egress"], dtype=object)
    return Panel(
        ids=np.array([f"app-{one:05d}/{line}" for line, one in enumerate(app)], dtype=object),
        apps=np.array([f"app-{one:05d}" for one in app], dtype=object),
        line_types=names[np.arange(count) % len(names)],
        start=START,
        bar=pd.Timedelta(hours=1),
        values=values,
        first=first,
        last=last,
        declared=np.full(count, np.nan),
        deploys={f"app-{one:05d}": np.sort(random.integers(0, bars, 8)) for one in np.unique(app)},
    )


def _last_days(lines: Panel, days: int) -> Panel:
    """Return the end of a panel; lines that ended before are left out."""
    cut = lines.bars - days * 24
    alive = np.flatnonzero(lines.last > cut)
    part = lines.take(alive)
    return replace(
        part,
        start=part.start + cut * part.bar,
        values=part.values[:, cut:],
        first=np.maximum(part.first - cut, 0),
        last=part.last - cut,
        deploys={app: bars[bars >= cut] - cut for app, bars in part.deploys.items()},
    )
