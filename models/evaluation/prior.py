"""Draw the rows the detector's prior is fitted from: ``python -m models.evaluation.prior`` (minutes; rarely needed)."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import ModuleType

import numpy as np
import pandas as pd

from models import context, prior
from models.evaluation import family_a, family_c
from models.evaluation.history import HOUR, START, History
from models.evaluation.scale import PRIOR_SEEDS
from models.evidence import WINDOWS
from models.expectation import ExpectationModel
from models.features import NAMES, features
from models.panel import Panel, panel
from models.sampling import drawn, share_per_bar
from models.walk import Learned, Walk, expectation, grouped_tails, raw_windows

# Accounts differ in kind and in how noisy they are: a ranker that has seen one kind learns that kind.
DRAWN = (
    *zip(PRIOR_SEEDS[:5], (family_a,) * 5, (1.0, 1.0, 1.2, 1.8, 1.0), strict=True),
    *zip(PRIOR_SEEDS[8:11], (family_c,) * 3, (1.0, 1.0, 1.2), strict=True),
)
APPS, DAYS = 500, 70
INCIDENTS_FROM_DAY = 7  # were the first weeks calm, the ranker would learn that whoever has no history has no incidents
ROWS = 60_000  # one fit of the walk learns from: enough to draw candidates by
LINES_PER_WEEK, WINDOWS_PER_WEEK = 1_500, 2_000
LINES_OF, WINDOWS_OF = 4, 2  # histories that lines and tails are drawn from
WARM_UP_DAYS = 8  # earlier candidates are judged by a model without a week of history
EARLY_HOURS = 12.0  # an incident's first hours are what matters
INCIDENT_WEIGHT = 20.0  # what a large incident weighs, in rows
ORDINARY_ROWS, INCIDENT_ROWS = 5_000, 2_500  # most kept of one history


@dataclass(frozen=True)
class Drawn:
    """One history laid out."""

    history: History
    lines: Panel

    @classmethod
    def of(cls, seed: int, family: ModuleType, noise: float) -> Drawn:
        one = family.history(seed, apps=APPS, days=DAYS, noise=noise, warm_up_days=INCIDENTS_FROM_DAY)
        return cls(one, panel(one.seen, one.markers, bar=HOUR))


def main() -> None:
    """Draw, walk, and write three tables of rows."""
    prior.FOLDER.mkdir(exist_ok=True)
    known = np.concatenate([_line_rows(Drawn.of(*one).lines) for one in DRAWN[:LINES_OF]])
    _write("lines", known, [*NAMES, "target"])
    model = expectation().fit(known[:, :-1], known[:, -1])
    windows = np.concatenate([_window_rows(Drawn.of(*one).lines, model) for one in DRAWN[:WINDOWS_OF]])
    _write("windows", windows, [*WINDOWS, "group"])
    learned = Learned(model, grouped_tails(windows[:, :-1], windows[:, -1]))
    ranked = []
    for one in DRAWN:
        seed = one[0]
        ranked.append(_candidate_rows(Drawn.of(*one), learned, seed))
        print(f"seed {seed}: candidates {ranked[-1].shape}", file=sys.stderr)  # noqa: T201
    _write("candidates", np.concatenate(ranked), [*context.NAMES, "is_incident", "weight"])


def _line_rows(lines: Panel) -> np.ndarray:
    found = features(lines)
    cells = np.nonzero(lines.alive() & (drawn(lines, seed=7) < share_per_bar(lines, LINES_PER_WEEK)))
    return np.column_stack([found.rows(cells), found.target[cells]])


def _window_rows(lines: Panel, model: ExpectationModel) -> np.ndarray:
    windows, groups = raw_windows(lines, model)
    cells = np.nonzero(lines.alive() & (drawn(lines, seed=8) < share_per_bar(lines, WINDOWS_PER_WEEK)))
    return np.column_stack([*(window[cells] for window in windows), groups[cells]])


def _candidate_rows(one: Drawn, learned: Learned, seed: int) -> np.ndarray:
    """Return candidates with whether an incident is there, and a weight: an incident's first hours count most."""
    found = context.candidates(Walk(rows=ROWS).forward(one.lines, learned))
    of_line, of_app, began, impact = _incidents(one)
    line, bar = found.cells
    incident, near = of_line[line, bar], of_app[line, bar]
    counted = (bar >= WARM_UP_DAYS * 24) & ((incident >= 0) | (near < 0))
    is_incident = incident >= 0
    early = np.where(is_incident, np.exp(-(bar - began[incident]) / EARLY_HOURS) + 0.1, 0.0) * _share(one, line, bar)
    total = np.bincount(np.maximum(incident, 0), weights=early * counted, minlength=len(began))
    weight = np.where(is_incident, early / np.maximum(total[incident], 1e-9) * INCIDENT_WEIGHT, 1.0)
    weight = np.where(is_incident, weight * np.clip(impact[incident] / 25, 0.1, 1), weight)
    rng = np.random.default_rng([seed, 7])
    kept = []
    for real, most in ((True, INCIDENT_ROWS), (False, ORDINARY_ROWS)):
        rows = np.flatnonzero(counted & (is_incident == real))
        # Rows that look worse are kept more often, and weigh less for it.
        wish = weight[rows] if real else np.exp(np.minimum(found.rows[rows, len(WINDOWS)], 4.0))
        share = np.minimum(1, most * wish / wish.sum())
        chosen = rng.random(len(rows)) < share
        kept.append(np.column_stack([found.rows[rows], np.full(len(rows), real), weight[rows] / share])[chosen])
    return np.concatenate(kept)


def _share(one: Drawn, line: np.ndarray, bar: np.ndarray) -> np.ndarray:
    """Return how far an incident shows in a bar, from 0 to 1: the first hours of a leak are like any others."""
    normal = panel(one.history.series.assign(value=one.history.series["normal"]), bar=HOUR).values[line, bar]
    return np.clip((one.lines.values[line, bar] - normal) / (0.5 * normal + 1e-6), 0.02, 1)


def _incidents(one: Drawn) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the incident of every line and bar (-1: none), of its app (with a day of grace), and when each began."""
    lines, incidents = one.lines, one.history.incidents
    of_line = np.full(lines.values.shape, -1, dtype=np.int32)
    of_app = of_line.copy()
    began = ((incidents["started_at"] - START) // HOUR).to_numpy()
    ended = ((incidents["ended_at"] - START) // HOUR).to_numpy()
    row = pd.Index(lines.ids)
    hit = one.history.parts.groupby("incident_id")["series_id"].agg(list)
    for number, app in enumerate(incidents["app_id"]):
        span = slice(began[number], ended[number])
        of_line[row.get_indexer(hit[incidents["incident_id"][number]]), span] = number
        of_app[lines.apps == app, began[number] : ended[number] + 24] = number
    return of_line, of_app, began, incidents["impact"].to_numpy()


def _write(name: str, rows: np.ndarray, columns: list[str]) -> None:
    frame = pd.DataFrame(rows.astype(np.float16), columns=columns)
    frame.to_parquet(prior.FOLDER / f"{name}.parquet", compression="zstd", compression_level=19, index=False)


if __name__ == "__main__":
    main()
