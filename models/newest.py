"""The newest bars of lines whose bars before were judged already: only what is new is reckoned.

Nothing of a bar reaches back further than ``REACH_HOURS``, so a look an hour reads a strip of the panel, judges its
last column, and says what judging all of it would have said.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.evidence import WINDOWS, evidence
from models.features import features
from models.panel import Ints, Panel
from models.resting import Resting
from models.walk import MOST, Judged, Learned, Walk, foreseen, group, make_rare

REACH_HOURS = 504 + 24 + 1  # a day, three weeks ago
STRIP = 500  # lines at a time


def blank(panel: Panel, latest: Learned) -> Judged:
    """Return a panel of which nothing is judged yet."""
    shape = panel.values.shape
    return Judged(
        panel=panel,
        expected=np.zeros(shape, dtype=np.float32),
        band=np.zeros(shape, dtype=np.float16),
        rarity=[np.zeros(shape, dtype=np.float16) for _ in WINDOWS],
        latest=latest,
    )


def judge_lines(walk: Walk, judged: Judged, rows: Ints) -> None:
    """Judge every bar of some lines, in place."""
    if not len(rows):
        return
    whole = walk.apply(judged.panel.take(rows), judged.latest)
    judged.expected[rows], judged.band[rows] = whole.expected, whole.band
    for held, rarity in zip(judged.rarity, whole.rarity, strict=True):
        held[rows] = rarity


def judge_newest(judged: Judged, rows: Ints, new: int) -> None:
    """Judge the last ``new`` bars of some lines, in place; the bars before must be judged."""
    panel = judged.panel
    near = after(panel, max(panel.bars - panel.in_bars(REACH_HOURS) - new, 0))
    begin = panel.bars - near.bars
    for place in range(0, len(rows) if new else 0, STRIP):
        chosen = rows[place : place + STRIP]
        part = near.take(chosen)
        since = part.since_deploy()
        known = features(part, since_deploy=since)
        # What was expected before says where its center was.
        held = judged.expected[chosen, begin:] + known.offset
        center = np.log(held / (known.reference + known.offset))
        band = judged.band[chosen, begin:].astype(np.float32)
        row, column = np.nonzero(part.alive()[:, -new:])
        cells = (row, column + near.bars - new)
        center[cells], band[cells] = foreseen(judged.latest.expectation, known, cells)
        found = evidence(part, known, center, band)
        windows = [np.clip(one[:, -new:], -MOST, MOST).astype(np.float16) for one in found.windows]
        make_rare(windows, group(part, since)[:, -new:], judged.latest.tails, slice(0, new))
        judged.expected[chosen, -new:], judged.band[chosen, -new:] = found.expected[:, -new:], band[:, -new:]
        for whole, one in zip(judged.rarity, windows, strict=True):
            whole[chosen, -new:] = one


def after(panel: Panel, first: int) -> Panel:
    """Return a panel without its first bars. Lines born in them keep their age."""
    lived = {"lived": panel.lived[:, first:]} if isinstance(panel, Resting) else {}
    return replace(
        panel,
        **lived,
        start=panel.start + first * panel.bar,
        values=panel.values[:, first:],
        first=panel.first - first,
        last=panel.last - first,
        deploys={app: bars[bars >= first] - first for app, bars in panel.deploys.items()},
    )


def cut(judged: Judged, first: int) -> Judged:
    """Return a judged panel without its first bars, as a copy that lets go of them."""
    return Judged(
        panel=after(judged.panel, first),
        expected=judged.expected[:, first:].copy(),
        band=judged.band[:, first:].copy(),
        rarity=[one[:, first:].copy() for one in judged.rarity],
        latest=judged.latest,
    )
