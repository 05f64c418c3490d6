"""Incidents of family A: spike, runaway, leak, bad deploy, launch runaway."""

from __future__ import annotations

import numpy as np

from models.evaluation.history import Draft
from models.evaluation.shapes import log_uniform

APART = 72  # hours between two incidents of one app
#        per app over 62 days of 600 apps, hours, factor, lines it prefers
KINDS = {
    "spike": (0.28, (1, 12), (2.5, 30), ("llm_tokens", "requests", "egress", "cpu")),
    "runaway": (0.19, (18, 120), (1.8, 10), ("llm_tokens", "cpu", "requests")),
    "leak": (0.11, (72, 192), (1.8, 6), ("mem", "storage", "cpu", "egress")),
    "bad_deploy": (0.17, (3, 72), (3.5, 15), ("cpu", "mem", "llm_tokens", "egress", "requests")),
}
LAUNCH_SHARE = 0.08  # of the apps that begin after the warm-up
LAUNCH_FACTOR = (8, 50)
LAUNCH_LINES = ("cpu", "llm_tokens", "requests", "egress")


def plant(rng: np.random.Generator, draft: Draft, fresh: np.ndarray, *, warm_up: int) -> None:
    """Add incidents to a draft; none begins before ``warm_up`` hours."""
    apps = len(fresh)
    taken = np.zeros((apps, draft.hours + 1), dtype=bool)
    first = np.full(apps, draft.hours)
    last = np.zeros(apps, dtype=int)
    np.minimum.at(first, draft.app, draft.born)
    np.maximum.at(last, draft.app, draft.gone)
    for number in np.flatnonzero(fresh & (first >= warm_up) & (last - first > 6)):
        if rng.random() < LAUNCH_SHARE:
            _launch(rng, draft, number, first[number], last[number], taken)
    # More lives mean more incidents: an app is drawn by the hours it lives after the warm-up.
    alive = np.maximum(last - np.maximum(first, warm_up) - 2, 0).astype(float)
    if not alive.any():
        return
    for kind, (often, *_) in KINDS.items():
        for number in rng.choice(apps, round(often * apps), p=alive / alive.sum()):
            _one(rng, draft, kind, number, max(first[number], warm_up), last[number], taken)


def _one(rng: np.random.Generator, draft: Draft, kind: str, app: int, low: int, high: int, taken: np.ndarray) -> None:
    """Place one incident of a kind, if the app has room for it."""
    _, lengths, factors, preferred = KINDS[kind]
    length = round(float(log_uniform(rng, *lengths)))
    for _ in range(8):
        start = int(rng.integers(low, high - 1))
        end = min(start + length, high, draft.hours)
        if not taken[app, max(start - APART, 0) : end + APART].any() and end - start >= min(length, lengths[0]):
            break
    else:
        return
    lines = draft.lines_of(app)
    lines = lines[(draft.born[lines] <= start) & (draft.value[lines, start:end].sum(axis=1) > 0)]
    wanted = lines[np.isin(draft.types[lines], preferred)]
    if not len(wanted):
        return
    count = min(len(wanted), 1 + int(rng.random() < 0.45) + int(kind == "bad_deploy" and rng.random() < 0.5))
    hit = rng.choice(wanted, count, replace=False)
    by = float(log_uniform(rng, *factors))
    added = {}
    for place, line in enumerate(hit):
        strength = (by - 1) * (1 if place == 0 else rng.uniform(0.3, 1))
        week = draft.value[line, max(start - 168, 0) : start]
        usual = week.mean() if start else 0.0  # before the window's first hour there is no week
        base = np.maximum(draft.value[line, start:end], 0.3 * usual)
        added[line] = base * strength * _shape(rng, kind, end - start)
    draft.incidents.append((app, kind, start, end, added))
    taken[app, start:end] = True
    if kind == "bad_deploy":
        draft.markers.append((app, start - int(rng.integers(0, 2)) if start > low else start, "deploy"))
        if end < high:
            draft.markers.append((app, end, "deploy"))  # the roll-back
    if kind == "leak" and end < high and rng.random() < 0.6:
        draft.markers.append((app, end, "deploy"))


def _shape(rng: np.random.Generator, kind: str, length: int) -> np.ndarray:
    """How the excess moves over the incident: steady with some noise, or growing."""
    noise = np.exp(rng.normal(0, 0.12, length))
    if kind == "leak":
        return noise * ((np.arange(length) + 1) / length) ** rng.uniform(0.8, 1.5)
    return noise


def _launch(rng: np.random.Generator, draft: Draft, app: int, first: int, last: int, taken: np.ndarray) -> None:
    """A new app that spends many times what it declared, from its first hours on."""
    start = first + int(rng.integers(0, 4))
    end = min(start + int(rng.integers(4, 49)), last, draft.hours)
    lines = draft.lines_of(app)
    lines = lines[
        (draft.born[lines] <= start) & np.isin(draft.types[lines], ["cpu", "llm_tokens", "requests", "egress"])
    ]
    if end - start < 2 or not len(lines):
        return
    hit = rng.choice(lines, min(len(lines), int(rng.integers(1, 3))), replace=False)
    by = float(log_uniform(rng, *LAUNCH_FACTOR))
    added = {}
    for line in hit:
        base = np.maximum(draft.value[line, start:end], 0.3 * draft.declared[line])
        added[line] = base * (by - 1) * np.exp(rng.normal(0, 0.15, end - start))
    draft.incidents.append((app, "launch", start, end, added))
    taken[app, start:end] = True
