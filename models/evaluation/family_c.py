"""Family C, for training beside family A: instances counted whole, batch windows, shots of load, levels that switch.

A ranker that has seen one kind of account learns that kind. This one differs from family A in what makes a line move
and in what looks like an incident, and is in no evaluation.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.signal import lfilter

from models.evaluation.history import START, Draft, History
from models.evaluation.shapes import ZONES, bump, clocks, log_uniform

TYPES = np.array(["cpu", "gpu", "mem", "llm_tokens", "requests", "egress", "storage"])
SHARE = np.array([0.8, 0.12, 0.4, 0.6, 0.45, 0.35, 0.3])
LEVEL = np.array([1.2, 4.0, 0.6, 1.8, 0.4, 0.45, 0.2])  # USD per hour of a middling app
COUNTED = ("cpu", "gpu")  # whole instances: these lines move in steps
APART = 60
#       per app over 62 days, hours, factor
KINDS = {
    "storm": (0.25, (1, 16), (2.2, 25)),
    "runaway": (0.2, (16, 140), (1.7, 9)),
    "bad_deploy": (0.17, (2, 80), (2.5, 14)),
    "leak": (0.12, (60, 220), (1.8, 7)),
}


def history(seed: int, *, apps: int = 600, days: int = 90, noise: float = 1.0, incidents: bool = True,
            warm_up_days: int = 28) -> History:  # fmt: skip
    """Draw a labelled history of the third family; the same seed gives the same history."""
    rng = np.random.default_rng([seed, 67])
    hours = days * 24
    fresh = rng.random(apps) > 0.35
    born = np.where(fresh, rng.integers(0, int(hours * 0.97), apps), 0)
    gone = np.minimum(born + np.maximum(rng.weibull(0.7, apps) * 30 * 24, 4).astype(int), hours)
    has = rng.random((apps, len(TYPES))) < SHARE
    has[~has.any(axis=1), 0] = True
    app, kind = np.nonzero(has)
    draft = Draft(
        hours, app, TYPES[kind], born[app], gone[app], np.ones((len(app), hours)), np.full(len(app), np.nan), "c"
    )
    usual = LEVEL[kind] * (rng.lognormal(0, 1.2, apps))[app] * rng.lognormal(0, 0.4, len(app))
    draft.value *= usual[:, None]
    _days(rng, draft, apps)
    _events(rng, draft, fresh, usual)
    _loads(rng, draft, noise)
    if incidents:
        _plant(rng, draft, fresh, warm_up_days * 24)
    return draft.finished()


def _days(rng: np.random.Generator, draft: Draft, apps: int) -> None:
    """Flat, by hours of opening, by a night's batch, or by the day of the month."""
    hour, weekday = clocks(draft.hours)
    for number in range(apps):
        zone = rng.integers(len(ZONES))
        kind = rng.choice(["flat", "open", "batch", "hill"], p=[0.25, 0.25, 0.2, 0.3])
        begins, long, low = rng.uniform(0, 24), rng.uniform(2, 12), rng.uniform(0.1, 0.8)
        inside = (hour[zone] - begins) % 24 < long
        if kind == "hill":
            shape = low + (1 - low) * bump(hour[zone], begins, long / 2)
        else:
            shape = np.where(inside, 1.0, {"flat": 1.0, "open": low, "batch": low / 4}[kind])
        weekend = rng.choice([1.0, 0.7, 0.3, 1.3])
        draft.value[draft.lines_of(number)] *= shape * np.where(weekday[zone] >= 5, weekend, 1.0)


def _events(rng: np.random.Generator, draft: Draft, fresh: np.ndarray, usual: np.ndarray) -> None:
    """Deploys with and without a step, load tests and backfills, campaigns in waves, closing days, launches."""
    calendar = pd.date_range(START, periods=draft.hours, freq="h").day.to_numpy()
    for number in range(len(fresh)):
        lines = draft.lines_of(number)
        born, gone = draft.born[lines].min(), draft.gone[lines].max()
        life = gone - born
        if fresh[number]:
            draft.markers.append((number, born, "start"))
            steps = np.sort(rng.integers(1, 96, 3))
            climb = np.array([0.15, 0.4, 0.7, 1.0])[np.searchsorted(steps, np.arange(draft.hours - born), "right")]
            draft.value[lines, born:] *= climb
            draft.declared[lines] = usual[lines] * rng.lognormal(0, 0.35)
            draft.lookalikes.append((number, born, "launch", 1.0))
        if gone < draft.hours:
            draft.markers.append((number, gone, "stop"))
        for at in np.flatnonzero(rng.random(life) < 1 / (24 * 6)) + born:
            draft.markers.append((number, at, "deploy"))
            draw = rng.random()
            if draw < 0.12:
                by = float(log_uniform(rng, 0.5, 3.0))
                draft.value[lines[rng.random(len(lines)) < 0.7], at:] *= by
            elif draw < 0.25:
                by = float(rng.uniform(1.2, 2.5))  # warming up caches
                draft.value[lines, at : at + int(rng.integers(1, 5))] *= by
            else:
                continue
            draft.lookalikes.append((number, at, "deploy", by))
        for at in np.flatnonzero(rng.random(life) < 1 / (24 * 70)) + born:
            by, long = float(log_uniform(rng, 1.3, 4)), int(rng.integers(2, 30))
            draft.markers.append((number, at, "scale"))
            draft.value[lines, at : at + long] *= by
            draft.lookalikes.append((number, at, "load_test", by))
        for at in np.flatnonzero(rng.random(life) < 1 / (24 * 90)) + born:
            by, long = float(rng.uniform(1.15, 1.9)), int(rng.integers(12, 160))
            draft.value[lines, at : at + long] *= (
                1 + (by - 1) * np.sin(np.linspace(0.3, np.pi, long))[: max(draft.hours - at, 0)]
            )
            draft.lookalikes.append((number, at, "campaign", by))
        regular = rng.choice(["none", "daily", "weekly", "monthly"], p=[0.7, 0.12, 0.1, 0.08])
        hour = np.arange(draft.hours)
        at, long, by = int(rng.integers(0, 168)), int(rng.integers(1, 6)), float(log_uniform(rng, 2, 7))
        on = {
            "none": np.zeros(draft.hours, dtype=bool),
            "daily": (hour - at) % 24 < long,
            "weekly": (hour - at) % 168 < 2 * long,
            "monthly": (calendar == 1 + at % 3) & (hour % 24 < 2 * long),
        }[regular]
        draft.value[np.ix_(lines[: 1 + len(lines) // 2], np.flatnonzero(on))] *= by
        for first in np.flatnonzero(on & ~np.roll(on, 1)) if regular in ("weekly", "monthly") else []:
            draft.lookalikes.append((number, first, regular, by))


def _loads(rng: np.random.Generator, draft: Draft, noise: float) -> None:
    """Shots of load that die away, noise of its own kind per line, whole instances, one price change."""
    for line in range(len(draft.app)):
        shots = np.where(rng.random(draft.hours) < log_uniform(rng, 1 / 400, 1 / 40), rng.pareto(2.2, draft.hours), 0)
        fade = rng.uniform(0.1, 0.7)
        busy = lfilter([1.0], [1.0, -fade], np.minimum(shots, 5.0)) * noise * 0.5
        spread = rng.uniform(0.03, 0.25) * noise
        draft.value[line] *= (1 + busy) * np.maximum(1 + spread * rng.standard_t(5, draft.hours), 0.02)
        if rng.random() < 0.15:  # the level switches now and then, for no reason anybody wrote down
            switches = np.cumsum(rng.random(draft.hours) < 1 / 300)
            draft.value[line] *= np.exp(rng.normal(0, 0.2, switches[-1] + 1))[switches]
        if draft.types[line] in COUNTED:
            unit = max(float(np.median(draft.value[line])) / rng.integers(1, 9), 1e-3)
            draft.value[line] = np.ceil(draft.value[line] / unit) * unit
    cut = 24 * int(rng.integers(15, max(draft.hours // 24 - 3, 16)))
    draft.value[np.flatnonzero(draft.types == rng.choice(TYPES)), cut:] *= log_uniform(rng, 0.65, 1.4)


def _plant(rng: np.random.Generator, draft: Draft, fresh: np.ndarray, warm_up: int) -> None:
    """Add incidents: some multiply what is there, some add a steady flow."""
    apps = len(fresh)
    taken = np.zeros((apps, draft.hours + 1), dtype=bool)
    first, last = np.full(apps, draft.hours), np.zeros(apps, dtype=int)
    np.minimum.at(first, draft.app, draft.born)
    np.maximum.at(last, draft.app, draft.gone)
    for app in np.flatnonzero(fresh & (first >= warm_up) & (last - first > 8) & (rng.random(apps) < 0.08)):
        lines = draft.lines_of(app)
        start, end = int(first[app]), int(min(first[app] + rng.integers(4, 48), last[app]))
        line = rng.choice(lines)
        flow = draft.declared[line] * log_uniform(rng, 7, 50) * rng.lognormal(0, 0.2, end - start)
        draft.incidents.append((app, "launch", start, end, {line: flow}))
        taken[app, start:end] = True
    alive = np.maximum(last - np.maximum(first, warm_up) - 2, 0).astype(float)
    if not alive.any():
        return
    for kind, (often, lengths, factors) in KINDS.items():
        for app in rng.choice(apps, round(often * apps), p=alive / alive.sum()):
            length = round(float(log_uniform(rng, *lengths)))
            start = int(rng.integers(max(first[app], warm_up), last[app] - 1))
            end = min(start + length, int(last[app]))
            lines = draft.lines_of(app)
            lines = lines[draft.born[lines] <= start]
            if end - start < lengths[0] or not len(lines) or taken[app, max(start - APART, 0) : end + APART].any():
                continue
            hit = rng.choice(lines, min(len(lines), 1 + rng.binomial(2, 0.3)), replace=False)
            by, adds = float(log_uniform(rng, *factors)) - 1, rng.random() < 0.4
            shape = rng.lognormal(0, 0.15, end - start)
            if kind == "leak":
                shape = shape * ((np.arange(end - start) + 1) / (end - start)) ** rng.uniform(0.7, 2)
            added = {}
            for line in hit:
                flow = draft.value[line, start:end]
                if adds:
                    past = draft.value[line, max(start - 168, draft.born[line]) : start + 1]
                    flow = np.full(end - start, past.mean())
                added[line] = flow * by * shape * rng.uniform(0.4, 1)
            draft.incidents.append((app, kind, start, end, added))
            taken[app, start:end] = True
            if kind == "bad_deploy":
                draft.markers.append((app, max(start - int(rng.integers(0, 3)), int(first[app])), "deploy"))
                if end < draft.hours:
                    draft.markers.append((app, end, "deploy"))
