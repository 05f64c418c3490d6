"""What the detector knows before it has seen a bill: models of drawn histories, fitted from rows that are committed.

``models/prior/*.parquet`` are rows, not models: every fit from them is the same, and anybody can look at them. They are
drawn again by ``python -m models.evaluation.prior``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from models.labels import LabelRows
from models.ranker import Blend, IncidentRanker
from models.shelf import kept
from models.walk import Learned, expectation, grouped_tails

FOLDER = Path(__file__).parent / "prior_rows"
LABEL_SHARE = 2.0  # most that labels weigh together, in weights of the prior
HALF_AT = 150  # labels that weigh half of that


@dataclass(frozen=True)
class Prior:
    """Stage one and ranker of drawn histories, and the rows the ranker learned from."""

    learned: Learned
    ranker: IncidentRanker
    rows: np.ndarray
    is_incident: np.ndarray
    weight: np.ndarray


@lru_cache(maxsize=2)
def shipped(*, threads: int = 1) -> Prior:
    """Return the shipped prior; fitted once per installation, then kept beside the other models."""
    return kept(f"prior-{_digest()}", lambda: _fitted(threads))


def ranked_from(prior: Prior, said: LabelRows, *, random_state: int = 0, threads: int = 1) -> IncidentRanker | Blend:
    """Return the prior's ranker blended with one of its rows and labelled ones: the more labels, the more they weigh.

    Confirmed and other labels weigh together as much as incidents and others do in the prior, so that the threshold
    keeps its meaning. A few labels make some trees err where nobody said anything; the prior has half a say.
    """
    if not said.alerts:
        return prior.ranker
    share = LABEL_SHARE * said.alerts / (said.alerts + HALF_AT)
    weight = said.weight.copy()
    for real in (True, False):
        of = said.is_incident == real
        if of.any():
            weight[of] *= share * prior.weight[prior.is_incident == real].sum() / weight[of].sum()
    refined = IncidentRanker(random_state=random_state, threads=threads).fit(
        np.concatenate([prior.rows, said.rows]),
        np.concatenate([prior.is_incident, said.is_incident]),
        sample_weight=np.concatenate([prior.weight, weight]),
    )
    return Blend((prior.ranker, refined))


def _fitted(threads: int) -> Prior:
    lines, windows, ranked = (_table(name) for name in ("lines", "windows", "candidates"))
    model = expectation(threads=threads).fit(lines[:, :-1], lines[:, -1])
    tails = grouped_tails(windows[:, :-1], windows[:, -1])
    rows, is_incident, weight = ranked[:, :-2], ranked[:, -2] > 0, ranked[:, -1].astype(float)
    ranker = IncidentRanker(threads=threads).fit(rows, is_incident, sample_weight=weight)
    return Prior(Learned(model, tails), ranker, rows, is_incident, weight)


def _table(name: str) -> np.ndarray:
    return pd.read_parquet(FOLDER / f"{name}.parquet").to_numpy(dtype=np.float32)


def _digest() -> str:
    digest = sha256()
    for path in sorted(FOLDER.glob("*.parquet")):
        digest.update(path.read_bytes())
    for module in ("expectation", "calibration", "ranker", "features", "context"):
        digest.update((Path(__file__).parent / f"{module}.py").read_bytes())
    return digest.hexdigest()[:12]
