"""How long does detection take on a platform of 20,000 lines, and in how much memory?"""

from __future__ import annotations

import resource
from datetime import timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.report import Line
from benchmarks.timing import Spent, spent
from config.settings import Settings
from jobs.detect import Detected, detect
from jobs.detectors import FIRST
from jobs.scoring import HISTORY, Chosen, Memory, score_anew
from models.detector import SpikeDetector
from models.newest import after
from models.panel import Panel
from models.prior import shipped
from warehouse.connect import Store
from warehouse.start import open_store

LINES, DAYS, BACKFILL_DAYS = 20_000, 90, 62
COLD, COLD_SMALL, NEWEST = (180, 90), (15, 10), (5, 2)  # seconds: the floor, and what is aimed at
MEMORY_GB = 2.0
START = pd.Timestamp("2026-01-05", tz="UTC")
HOUR, LATENESS = timedelta(hours=1), timedelta(minutes=90)


def measure(folder: Path) -> list[Line]:
    """Fit and score the last 62 days of 1,000 and of 20,000 lines; then, in a store, the hours that come after."""
    shipped()  # fitted once per installation
    small = spent(lambda: _cold(_platform(1_000)))
    whole = _platform(LINES)
    cold = spent(lambda: _cold(whole))
    detector, hours = cold.result
    peak = _peak()
    with open_store(Settings(store=f"chdb://{folder / 'detect'}")) as store:
        restart, newest, lines = _hour_by_hour(store, detector, whole)
    middle = sorted(newest, key=lambda one: one.wall)[len(newest) // 2]
    return [
        _line("detection, 1,000 lines, fit and 62 days", small, COLD_SMALL, small.result[1]),
        _line("detection, 20,000 lines, fit and 62 days", cold, COLD, hours),
        Line("  peak memory of it", f"{peak:.2f} GB", f"<= {MEMORY_GB:.0f} GB", peak <= MEMORY_GB),
        Line("  a restart: 35 days read and judged", f"{restart.wall:.1f} s ({restart.cpu:.1f} s of a processor)"),
        _line(
            f"  newest hour, read, scored, kept and flagged; {lines:,} lines live", middle, NEWEST, middle.result.hours
        ),
        Line("  peak memory of all, the store's engine included", f"{_peak():.2f} GB"),
    ]


def _line(what: str, done: Spent, seconds: tuple[float, float], hours: int) -> Line:
    floor, aim = seconds
    figures = f"{done.wall:.1f} s ({done.cpu:.1f} s of a processor) for {hours:,} hours of lines"
    return Line(what, figures, f"<= {floor} s of a processor, aim {aim} s", done.cpu <= floor)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _cold(lines: Panel) -> tuple[SpikeDetector, int]:
    detector = SpikeDetector(random_state=0).fit(lines)
    recent = _last_days(lines, BACKFILL_DAYS)
    detector.scores(detector.judge(recent))
    return detector, int(recent.alive().sum())


def _hour_by_hour(
    store: Store, detector: SpikeDetector, lines: Panel, hours: int = 3
) -> tuple[Spent, list[Spent], int]:
    """Charge the last 35 days, then hour by hour the last few, each followed by a look as the job has it."""
    end = (lines.start + lines.bars * lines.bar).to_pydatetime()
    recent = _last_days(lines, HISTORY.days + 2)
    for day in range(recent.bars // 24):
        _charge(store, recent, day, 24 if day < recent.bars // 24 - 1 else 24 - hours, generation=day + 1)
    memory, begin = Memory(wanted=FIRST), end - hours * HOUR
    chosen = Chosen(version=FIRST, detector=detector)
    restart = spent(lambda: score_anew(store, chosen, memory, found=None, since=begin - HOUR, until=begin))
    looks = []
    for hour in range(1, hours + 1):
        _charge(store, recent, recent.bars // 24 - 1, 24 - hours + hour, generation=1000 + hour)
        moment = begin + hour * HOUR + LATENESS
        looks.append(spent(lambda moment=moment: _looked(store, moment, memory)))
    return restart, looks, int((recent.last > recent.bars - 24).sum())


def _looked(store: Store, moment: pd.Timestamp, memory: Memory) -> Detected:
    return detect(store, as_of=moment, memory=memory)


def _charge(store: Store, lines: Panel, day: int, hours: int, *, generation: int) -> None:
    """Write the charges of the first hours of a day, as rating would."""
    begin = day * 24
    row, column = np.nonzero(lines.values[:, begin : begin + hours] > 0)
    starts = lines.times[begin + column]
    cost = pa.array(lines.values[row, begin + column].astype(float)).cast(pa.decimal128(38, 9), safe=False)
    date = lines.times[begin].date()
    store.insert_arrow(
        "rated_charges",
        pa.table(
            {
                "charge_date": pa.array([date] * len(row)),
                "generation": pa.array(np.full(len(row), generation, dtype=np.uint64)),
                "charge_period_start": pa.array(starts, type=pa.timestamp("s", tz="UTC")),
                "charge_period_end": pa.array(starts + HOUR, type=pa.timestamp("s", tz="UTC")),
                "charge_category": pa.array(["Usage"] * len(row)),
                "pricing_status": pa.array(["priced"] * len(row)),
                "billing_currency": pa.array(["USD"] * len(row)),
                "app_id": pa.array(lines.apps[row], type=pa.string()),
                "meter": pa.array(lines.line_types[row], type=pa.string()),
                "effective_cost": cost,
            }
        ),
    )
    store.insert_rows("charge_generations", [{"charge_date": date, "generation": generation}])


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
    first = lines.bars - days * 24
    part = after(lines.take(np.flatnonzero(lines.last > first)), first)
    part.first[:] = np.maximum(part.first, 0)
    return part
