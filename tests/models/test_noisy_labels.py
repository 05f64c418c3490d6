"""People mistake alerts now and then: a ranking that learned from such labels still beats having no ranking at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import precision_recall_curve

from models.context import NAMES
from models.labels import LabelRows
from models.prior import FOLDER, Prior, ranked_from, shipped

STAGE_ONE = NAMES.index("stage_one")


@pytest.fixture(scope="module")
def halves() -> tuple[Prior, np.ndarray, np.ndarray]:
    """A prior of some of the drawn candidates; the rest to label and to judge."""
    table = pd.read_parquet(FOLDER / "candidates.parquet").to_numpy(dtype=np.float32)
    table = table[np.random.default_rng(0).permutation(len(table))[:12_000]]
    first, rest = table[:4_000], table[4_000:]
    prior = replace(shipped(), rows=first[:, :-2], is_incident=first[:, -2] > 0, weight=first[:, -1].astype(float))
    return prior, rest[:, :-2], rest[:, -2] > 0


@pytest.mark.parametrize("wrong", [0.0, 0.1, 0.2])
def test_wrong_labels_leave_the_ranking_above_stage_one(halves: tuple, wrong: float) -> None:
    prior, rows, real = halves
    rng = np.random.default_rng(1)
    said = np.flatnonzero(rng.random(len(rows)) < 150 / len(rows))
    flipped = real[said] ^ (rng.random(len(said)) < wrong)
    labels = LabelRows(rows[said], flipped, np.ones(len(said)), len(said))
    ranker = ranked_from(prior, labels)
    others = np.setdiff1d(np.arange(len(rows)), said)
    learned = best_f1(real[others], ranker.decision_function(rows[others]))
    alone = best_f1(real[others], rows[others, STAGE_ONE])
    assert learned > alone + 0.05


def best_f1(real: np.ndarray, score: np.ndarray) -> float:
    """Return F1 at the threshold that suits a score best."""
    precision, recall, _ = precision_recall_curve(real, score)
    return float((2 * precision * recall / np.maximum(precision + recall, 1e-9)).max())
