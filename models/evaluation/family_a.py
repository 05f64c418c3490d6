"""Family A: office-hours apps with lines of six types; deploys, campaigns, jobs and launches that look like incidents.

One draw is a function of its seed. Values multiply: level, the app's day and week, noise with memory, steps. Nothing
here is fitted to a real account; the sizes are those the detection targets were set with.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from models.evaluation.history import START, Draft, History
from models.evaluation.incidents_a import plant
from models.evaluation.shapes import ZONES, autoregressive, bump, clocks, log_uniform, ramp_up

#             share of apps, USD share, follows the day by, memory, spread of its noise
TYPES = {
    "cpu": (0.95, 1.0, 0.8, 0.8, 0.10),
    "mem": (0.85, 0.6, 0.3, 0.9, 0.06),
    "egress": (0.55, 0.5, 1.0, 0.5, 0.22),
    "llm_tokens": (0.50, 2.0, 1.1, 0.6, 0.14),
    "storage": (0.40, 0.25, 0.02, 0.97, 0.03),
    "requests": (0.30, 0.3, 1.1, 0.6, 0.12),
}
NAMES = np.array(list(TYPES))


def history(seed: int, *, apps: int = 600, days: int = 90, noise: float = 1.0, incidents: bool = True,
            warm_up_days: int = 28) -> History:  # fmt: skip
    """Draw a labelled history.

    Args:
        seed: the same seed gives the same history, byte for byte.
        apps: how many apps; about 3.5 lines each.
        days: length in days.
        noise: multiplies the spread of all noise (2 is a much noisier account).
        incidents: without them the history is clean, look-alikes and all.
        warm_up_days: no incident begins before this day; 0 contaminates the warm-up.

    """
    rng = np.random.default_rng([seed, 65])
    hours = days * 24
    draft, fresh = _lives(rng, apps, hours)
    steady = _levels(rng, draft, apps)
    _cycle(rng, draft, apps)
    _noise(rng, draft, noise)
    _jobs(rng, draft)
    _changes(rng, draft, apps)
    _launches(rng, draft, fresh, steady)
    _prices(rng, draft)
    if incidents:
        plant(rng, draft, fresh, warm_up=warm_up_days * 24)
    return draft.finished()


def _lives(rng: np.random.Generator, apps: int, hours: int) -> tuple[Draft, np.ndarray]:
    """Apps come and go; two in five were there before the window. Returns the draft and which apps are new."""
    fresh = rng.random(apps) > 0.40
    born = np.where(fresh, rng.integers(0, int(hours * 0.97), apps), 0)
    life = np.where(fresh, rng.lognormal(np.log(20 * 24), 1.6, apps), rng.lognormal(np.log(50 * 24), 1.2, apps)).astype(
        int
    )
    gone = np.minimum(born + np.maximum(life, 4), hours)
    has = rng.random((apps, len(NAMES))) < np.array([TYPES[name][0] for name in NAMES])
    has[~has.any(axis=1), 0] = True
    app, kind = np.nonzero(has)
    later = rng.random(len(app)) < 0.08  # a line that begins or ends within its app's life
    length = gone[app] - born[app]
    line_born = np.where(later, born[app] + (length * rng.uniform(0.2, 0.6, len(app))).astype(int), born[app])
    empty = np.ones((len(app), hours))
    draft = Draft(hours, app, NAMES[kind], line_born, gone[app], empty, np.full(len(app), np.nan), prefix=f"a{apps}")
    for number in np.flatnonzero(fresh):
        draft.markers.append((number, born[number], "start"))
    for number in np.flatnonzero(gone < hours):
        draft.markers.append((number, gone[number], "stop"))
    return draft, fresh


def _levels(rng: np.random.Generator, draft: Draft, apps: int) -> np.ndarray:
    """USD per hour: apps differ by a hundredfold, lines by their type."""
    size = rng.lognormal(np.log(0.55), 1.15, apps)
    share = np.array([TYPES[name][1] for name in draft.types])
    level = size[draft.app] * share * rng.lognormal(0, 0.45, len(draft.app))
    draft.value *= level[:, None]
    trend = rng.normal(0, 0.003, len(draft.app)) / 24
    draft.value *= np.exp(trend[:, None] * (np.arange(draft.hours) - draft.born[:, None]))
    return level


def _cycle(rng: np.random.Generator, draft: Draft, apps: int) -> None:
    """The app's day and week by its local clock; the clock changes where summer time begins."""
    hour, weekday = clocks(draft.hours)
    zone = rng.choice(len(ZONES), apps, p=[0.3, 0.15, 0.25, 0.1, 0.1, 0.1])
    kind = rng.choice(3, apps, p=[0.5, 0.3, 0.2])  # office, evenings, round the clock
    middle = np.select([kind == 0, kind == 1], [rng.normal(13.5, 1, apps), rng.normal(20, 1.5, apps)], 12.0)
    width = np.where(kind == 0, rng.uniform(3, 4.5, apps), rng.uniform(3, 6, apps))
    height = np.select([kind == 0, kind == 1], [rng.uniform(0.8, 2.2, apps), rng.uniform(0.5, 1.6, apps)], 0.1)
    weekend = np.select([kind == 0, kind == 1], [rng.uniform(0.2, 0.7, apps), rng.uniform(0.9, 1.4, apps)], 1.0)
    follows = np.array([TYPES[name][2] for name in draft.types])
    for number in range(apps):
        at = zone[number]
        log = height[number] * (bump(hour[at], middle[number], width[number]) - 0.35)
        log = log + np.log(weekend[number]) * (weekday[at] >= 5)
        lines = draft.lines_of(number)
        draft.value[lines] *= np.exp(follows[lines, None] * log)


def _noise(rng: np.random.Generator, draft: Draft, noise: float) -> None:
    """Noise with memory on every line, gamma noise on tokens, bursts on egress; some lines rest for hours."""
    count = len(draft.app)
    memory = np.array([TYPES[name][3] for name in draft.types])
    spread = np.array([TYPES[name][4] for name in draft.types]) * rng.lognormal(0, 0.4, count) * noise
    draft.value *= np.exp(autoregressive(rng, memory, spread, draft.hours) - spread[:, None] ** 2 / 2)
    tokens = np.flatnonzero(draft.types == "llm_tokens")
    shape = log_uniform(rng, 2.5, 25, len(tokens)) / noise**2
    draft.value[tokens] *= rng.gamma(shape[:, None], 1 / shape[:, None], (len(tokens), draft.hours))
    egress = np.flatnonzero(draft.types == "egress")
    often = log_uniform(rng, 1 / 600, 1 / 60, len(egress))
    bursts = rng.random((len(egress), draft.hours)) < often[:, None]
    draft.value[egress] *= np.where(bursts, 1 + rng.lognormal(0.2, 0.6, bursts.shape) * noise, 1)
    resting = np.flatnonzero((rng.random(count) < 0.05) & np.isin(draft.types, ["requests", "llm_tokens", "egress"]))
    asleep = rng.random((len(resting), draft.hours)) < rng.uniform(0.2, 0.7, len(resting))[:, None]
    draft.value[resting] = np.where(asleep, 0, draft.value[resting])


def _jobs(rng: np.random.Generator, draft: Draft) -> None:
    """Daily, weekly and monthly jobs: strong, regular, and nobody should be woken."""
    hour = np.arange(draft.hours)
    day = pd.date_range(START, periods=draft.hours, freq="h").day.to_numpy()
    for line in np.flatnonzero(np.isin(draft.types, ["cpu", "egress", "llm_tokens", "requests"])):
        kind = rng.choice(["none", "daily", "weekly", "monthly"], p=[0.82, 0.10, 0.04, 0.04])
        at, long, by = rng.integers(0, 24), rng.integers(1, 4), log_uniform(rng, 2, 6)
        if kind == "daily":
            on = (hour - at) % 24 < long
        elif kind == "weekly":
            on = (hour - at - 24 * rng.integers(0, 7)) % 168 < 2 * long
        elif kind == "monthly":
            on = (day == 1) & (hour % 24 >= at % 12) & (hour % 24 < at % 12 + 2 * long)
        else:
            continue
        draft.value[line, on] *= by
        if kind != "daily":
            for first in np.flatnonzero(on & ~np.roll(on, 1)):
                draft.lookalikes.append((draft.app[line], first, kind, float(by)))


def _changes(rng: np.random.Generator, draft: Draft, apps: int) -> None:
    """Deploys (one in five moves the level for good), scaling, campaigns nobody announced."""
    for number in range(apps):
        lines = draft.lines_of(number)
        born, gone = draft.born[lines].min(), draft.gone[lines].max()
        for at in np.flatnonzero(rng.random(gone - born) < 1 / (24 * 7)) + born:
            draft.markers.append((number, at, "deploy"))
            if rng.random() < 0.18:
                by = log_uniform(rng, 0.6, 2.8)
                hit = lines[rng.random(len(lines)) < 0.6]
                draft.value[hit, at:] *= by
                draft.lookalikes.append((number, at, "deploy", float(by)))
        for at in np.flatnonzero(rng.random(gone - born) < 1 / (24 * 80)) + born:
            by = log_uniform(rng, 0.7, 1.8)
            draft.markers.append((number, at, "scale"))
            draft.value[lines[np.isin(draft.types[lines], ["cpu", "mem"])], at:] *= by
            draft.lookalikes.append((number, at, "scale", float(by)))
        for at in np.flatnonzero(rng.random(gone - born) < 1 / (24 * 80)) + born:
            long, by = rng.integers(18, 120), rng.uniform(1.15, 1.7)
            stop = min(at + long, draft.hours)
            busy = lines[draft.types[lines] != "storage"]
            draft.value[busy, at:stop] *= 1 + (by - 1) * np.clip((np.arange(stop - at) + 1) / 4, 0, 1)
            draft.lookalikes.append((number, at, "campaign", float(by)))


def _launches(rng: np.random.Generator, draft: Draft, fresh: np.ndarray, steady: np.ndarray) -> None:
    """New apps ramp up; they declared what they expect to spend, roughly."""
    for number in np.flatnonzero(fresh):
        lines = draft.lines_of(number)
        length, low = rng.integers(2, 72), rng.uniform(0.05, 0.7)
        error = rng.lognormal(0.1, 0.3)
        for line in lines:
            born = draft.born[line]
            draft.value[line, born:] *= ramp_up(draft.hours - born, length, low)
            draft.declared[line] = steady[line] * error * rng.lognormal(0, 0.2)
        draft.lookalikes.append((number, draft.born[lines].min(), "launch", 1.0))


def _prices(rng: np.random.Generator, draft: Draft) -> None:
    """Two unit prices change for everybody at a midnight, unmarked."""
    for name in rng.choice(NAMES, 2, replace=False):
        at = 24 * rng.integers(20, max(draft.hours // 24 - 5, 21))
        by = float(log_uniform(rng, 0.7, 1.35))
        hit = np.flatnonzero(draft.types == name)
        draft.value[hit, at:] *= by
        for number in np.unique(draft.app[hit[(draft.born[hit] < at) & (draft.gone[hit] > at)]]):
            draft.lookalikes.append((number, at, "price", by))
