"""Family B, kept for judging transfer: calls counted one by one, sessions on and off, holidays, blue-green deploys.

It shares no drawing with family A: quantities are counts of calls with heavy tails times a unit price, days have two
hills that wander, apps sleep, incidents add a flow rather than multiply, and other things look like them. The
detector is not tuned on it; only the baselines' thresholds are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.evaluation.history import START, Draft, History

TYPES = np.array(["llm_tokens", "requests", "gpu", "db", "queue", "egress"])
SHARE = np.array([0.8, 0.6, 0.15, 0.35, 0.3, 0.3])
PRICE = np.array([0.006, 0.0004, 0.9, 0.02, 0.001, 0.003])  # USD per unit
CALLS = np.array([140.0, 500.0, 1.2, 25.0, 180.0, 90.0])  # units per hour of a middling app
APART = 72
#        per app over 62 days, hours, how many times the usual flow is added, lines it prefers
KINDS = {
    "retry_storm": (0.22, (1, 10), (3, 20), ("requests", "llm_tokens", "queue", "db")),
    "agent_loop": (0.20, (12, 96), (1, 9), ("llm_tokens", "gpu")),
    "cache_miss": (0.16, (4, 60), (1.5, 8), ("llm_tokens", "db", "egress")),
    "slow_leak": (0.12, (96, 240), (1, 5), ("db", "queue", "gpu", "egress")),
}


def history(seed: int, *, apps: int = 600, days: int = 90, incidents: bool = True, warm_up_days: int = 28) -> History:
    """Draw a labelled history of the other family; the same seed gives the same history."""
    rng = np.random.default_rng([seed, 66])
    hours = days * 24
    draft, fresh, size = _lives(rng, apps, hours)
    rate = _rates(rng, draft, apps, size)
    _events(rng, draft, rate, fresh)
    draft.value = _counted(rng, draft, rate)
    if incidents:
        _plant(rng, draft, fresh, warm_up_days * 24)
    return draft.finished()


def _lives(rng: np.random.Generator, apps: int, hours: int) -> tuple[Draft, np.ndarray, np.ndarray]:
    """Many short lives in waves of launches, a few that stay; a size per app."""
    fresh = rng.random(apps) > 0.3
    waves = rng.integers(0, hours, 12)
    born = np.where(fresh, np.clip(rng.choice(waves, apps) + rng.normal(0, 60, apps), 0, hours * 0.97), 0).astype(int)
    stays = rng.random(apps) < np.where(fresh, 0.35, 0.7)
    life = np.where(stays, hours, 24 * rng.gamma(1.3, 9, apps)).astype(int)
    gone = np.minimum(born + np.maximum(life, 3), hours)
    has = rng.random((apps, len(TYPES))) < SHARE
    has[~has.any(axis=1), 0] = True
    app, kind = np.nonzero(has)
    values = np.zeros((len(app), hours))
    draft = Draft(hours, app, TYPES[kind], born[app], gone[app], values, np.full(len(app), np.nan), prefix=f"b{apps}")
    for number in range(apps):
        if fresh[number]:
            draft.markers.append((number, born[number], "start"))
        if gone[number] < hours:
            draft.markers.append((number, gone[number], "stop"))
    return draft, fresh, rng.pareto(1.8, apps) + 0.25


def _rates(rng: np.random.Generator, draft: Draft, apps: int, size: np.ndarray) -> np.ndarray:
    """Expected calls per line and hour: two hills a day whose height wanders by the week, quiet weekends, holidays."""
    hour = np.arange(draft.hours)
    kind = np.array([int(np.flatnonzero(name == TYPES)[0]) for name in draft.types])
    rate = CALLS[kind] * size[draft.app] * rng.lognormal(0, 0.6, len(draft.app))
    rate = np.repeat(rate[:, None], draft.hours, axis=1)
    weekday = (hour // 24) % 7
    weeks = np.arange(0, draft.hours + 168, 168)
    holiday = np.isin(hour // 24, rng.choice(draft.hours // 24, 3, replace=False))
    for number in range(apps):
        phase, second = rng.uniform(0, 2 * np.pi, 2)
        wander = np.interp(hour, weeks, rng.normal(0, 0.15, len(weeks)))
        height = rng.choice([0.1, 0.6, 1.1])
        day = height * np.cos(2 * np.pi * hour / 24 - phase) + 0.4 * height * np.cos(4 * np.pi * hour / 24 - second)
        rest = rng.choice([1.0, 0.5, 0.25]) ** (weekday >= 5) * rng.uniform(0.4, 1) ** holiday
        lines = draft.lines_of(number)
        rate[lines] *= np.exp(day + wander) * rest
        if rng.random() < 0.2:  # sessions: on for some hours, off for some
            turns = np.cumsum(rng.exponential(rng.uniform(8, 40), draft.hours // 4 + 4))
            on = np.searchsorted(turns, hour) % 2 == 0
            calls = lines[~np.isin(draft.types[lines], ["db", "gpu"])]
            rate[calls] *= np.where(on, 1, 0.02)
    return rate


def _events(rng: np.random.Generator, draft: Draft, rate: np.ndarray, fresh: np.ndarray) -> None:
    """What looks like an incident: blue-green deploys, scaling, marked backfills, campaigns that fade, closing days."""
    day = pd.date_range(START, periods=draft.hours, freq="h")
    closing = ((day + pd.Timedelta(days=1)).day == 1) & (day.hour >= 18)
    for number in range(len(fresh)):
        lines = draft.lines_of(number)
        born, gone = draft.born[lines].min(), draft.gone[lines].max()
        kind = [int(np.flatnonzero(name == TYPES)[0]) for name in draft.types[lines]]
        declared = rate[lines, born : born + 168].mean(axis=1) * PRICE[kind]
        if fresh[number]:
            draft.declared[lines] = declared * rng.lognormal(0.15, 0.35)
            length = int(rng.integers(1, 96))
            climb = 1 / (1 + np.exp(-8 * ((np.arange(draft.hours - born) + 1) / length - 0.5)))
            rate[lines, born:] *= climb
            draft.lookalikes.append((number, born, "launch", 1.0))
        for at in np.flatnonzero(rng.random(gone - born) < 1 / (24 * 9)) + born:
            draft.markers.append((number, at, "deploy"))
            rate[lines, at : at + int(rng.integers(1, 4))] *= rng.uniform(1.3, 2.0)  # both colors run for a while
            if rng.random() < 0.2:
                by = float(np.exp(rng.normal(0.15, 0.4)))
                rate[lines, at:] *= by
                draft.lookalikes.append((number, at, "deploy", by))
        for at in np.flatnonzero(rng.random(gone - born) < 1 / (24 * 60)) + born:
            draft.markers.append((number, at, "scale"))
            by = float(rng.uniform(1.5, 5))
            hit = rng.choice(lines, max(1, len(lines) // 2), replace=False)
            rate[hit, at : at + int(rng.integers(3, 16))] *= by
            draft.lookalikes.append((number, at, "backfill", by))
        for at in np.flatnonzero(rng.random(gone - born) < 1 / (24 * 90)) + born:
            by = float(rng.uniform(1.3, 2.2))
            fade = 1 + (by - 1) * np.exp(-np.arange(draft.hours - at) / rng.uniform(12, 60))
            rate[lines, at:] *= fade
            draft.lookalikes.append((number, at, "campaign", by))
        if rng.random() < 0.12:
            by = float(rng.uniform(2, 5))
            rate[np.ix_(lines, np.flatnonzero(closing))] *= by
            for at in np.flatnonzero(closing & ~np.roll(closing, 1)):
                draft.lookalikes.append((number, at, "month_end", by))


def _counted(rng: np.random.Generator, draft: Draft, rate: np.ndarray) -> np.ndarray:
    """Count calls around their rate, overdispersed, each line its own way; then price them, with one price cut."""
    shape = rng.uniform(2, 40, len(rate))[:, None]
    calls = rng.poisson(np.minimum(rate * rng.gamma(shape, 1 / shape, rate.shape), 1e9)).astype(float)
    tails = rng.random(rate.shape) < 0.003
    calls *= np.where(tails, 1 + np.minimum(rng.pareto(2.0, rate.shape), 6), 1)
    price = PRICE[[int(np.flatnonzero(name == TYPES)[0]) for name in draft.types]][:, None]
    cut = np.ones(draft.hours)
    cut[24 * int(rng.integers(30, max(draft.hours // 24 - 3, 31))) :] = rng.uniform(0.6, 1.3)
    return calls * price * np.where((draft.types == "llm_tokens")[:, None], cut, 1)


def _plant(rng: np.random.Generator, draft: Draft, fresh: np.ndarray, warm_up: int) -> None:
    """Add flows: an incident costs some times what the line usually costs, whatever the hour."""
    apps = len(fresh)
    taken = np.zeros((apps, draft.hours), dtype=bool)
    first, last = np.full(apps, draft.hours), np.zeros(apps, dtype=int)
    np.minimum.at(first, draft.app, draft.born)
    np.maximum.at(last, draft.app, draft.gone)
    for number in np.flatnonzero(fresh & (first >= warm_up) & (last - first > 8) & (rng.random(apps) < 0.07)):
        start, end = first[number], min(first[number] + int(rng.integers(4, 40)), last[number])
        _add(rng, draft, number, "launch", start, end, float(rng.uniform(8, 40)), TYPES, taken, declared=True)
    alive = np.maximum(last - np.maximum(first, warm_up) - 2, 0).astype(float)
    if not alive.any():
        return
    for kind, (often, lengths, factors, preferred) in KINDS.items():
        for number in rng.choice(apps, round(often * apps), p=alive / alive.sum()):
            start = int(rng.integers(max(first[number], warm_up), last[number] - 1))
            end = min(start + int(rng.integers(lengths[0], lengths[1] + 1)), last[number])
            _add(rng, draft, number, kind, start, end, float(rng.uniform(*factors)), np.array(preferred), taken)


def _add(
    rng: np.random.Generator,
    draft: Draft,
    app: int,
    kind: str,
    start: int,
    end: int,
    by: float,
    preferred: np.ndarray,
    taken: np.ndarray,
    *,
    declared: bool = False,
) -> None:
    """Add one incident where the app has room and a fitting line."""
    lines = draft.lines_of(app)
    lines = lines[(draft.born[lines] <= start) & np.isin(draft.types[lines], preferred)]
    if taken[app, max(start - APART, 0) : end + APART].any() or not len(lines) or end - start < 2:
        return
    hit = rng.choice(lines, 1 + int(len(lines) > 1 and rng.random() < 0.4), replace=False)
    length = end - start
    saw = rng.gamma(6, 1 / 6, length)
    grows = (np.arange(length) + 1) / length
    shape = {"slow_leak": grows**2, "retry_storm": saw * (0.4 + (np.arange(length) % 3) / 2)}.get(kind, saw)
    added = {}
    for line in hit:
        usual = (
            draft.value[line, max(start - 168, draft.born[line]) : start].mean() if start > draft.born[line] else 0.0
        )
        if declared:
            usual = draft.declared[line]
        added[line] = by * usual * shape
    draft.incidents.append((app, kind, start, end, added))
    taken[app, start:end] = True
    if kind == "cache_miss":
        draft.markers.append((app, start, "deploy"))
        if end < draft.hours and rng.random() < 0.7:
            draft.markers.append((app, end, "deploy"))
