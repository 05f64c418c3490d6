"""What labels change: none, some, many, and some of them wrong; judged on apps and days that no label came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from models.evaluation.alerts import best_threshold, figures, truth
from models.evaluation.billing import Draw
from models.evaluation.judged import lay
from models.evaluation.labels import drawn, labels
from models.evaluation.scale import Scale
from models.evaluation.told import Told, told
from models.labels import LabelRows, label_rows
from models.prior import ranked_from, shipped

FLAG_AT = 1.0
ASKED_FROM = 0.5  # people are asked about alerts, and about some that were nearly one
DRAWS = 2
NONE, FEW, MANY, STAGE_1 = "none", "50 labels", "150 labels", "stage 1 alone"
SETTINGS: dict[str, tuple[int, float]] = {
    FEW: (50, 0.0),
    MANY: (150, 0.0),
    "150 labels, 10 % wrong": (150, 0.1),
    "150 labels, 20 % wrong": (150, 0.2),
}


def run(
    draw: Draw, scale: Scale, tell: Callable[[str], None], *, kept: dict[int, Told] | None = None
) -> dict[str, Any]:
    """Return figures per number of labels over the test seeds.

    Labels are of the tuning seeds' alerts in the first half of the judged days, figures of the test seeds' second half.
    ``kept`` holds what the detector said of some seeds already.
    """
    prior = shipped(threads=scale.threads)

    def walked(seed: int) -> Told:
        if kept is not None and seed in kept:
            return kept[seed]
        laid = lay(draw(seed, apps=scale.apps, days=scale.days, warm_up_days=scale.warm_up_days))
        one, _ = told(laid, threads=scale.threads)
        tell(f"seed {seed}: detector")
        return one

    said, rows, before = [], [], []
    for seed in scale.tuning:
        one = walked(seed)
        facts = truth(one.laid, begin=scale.begin, end=scale.middle)
        asked = labels(one.ranked(prior.ranker), facts, threshold=ASKED_FROM, begin=scale.begin, end=scale.middle)
        said.append(asked)
        rows.append((one.laid.panel, one.found))
        before.append((one.first(), facts))
    threshold = best_threshold(before)
    tests = [walked(seed) for seed in scale.testing]
    facts = [truth(one.laid, begin=scale.middle, end=scale.end) for one in tests]
    methods = {
        STAGE_1: [figures(one.first(), fact, threshold) for one, fact in zip(tests, facts, strict=True)],
        NONE: [figures(one.ranked(prior.ranker), fact, FLAG_AT) for one, fact in zip(tests, facts, strict=True)],
    }
    for name, (count, wrong) in SETTINGS.items():
        methods[name] = []
        for number in range(DRAWS):
            chosen = _chosen(said, count, seed=number, wrong=wrong)
            parts = [label_rows(*place, part) for place, part in zip(rows, chosen, strict=True) if len(part)]
            learned = _joined(parts)
            ranker = ranked_from(prior, learned, random_state=number, threads=scale.threads)
            methods[name] += [
                figures(one.ranked(ranker), fact, FLAG_AT) for one, fact in zip(tests, facts, strict=True)
            ]
        tell(name)
    counts = pd.concat(said)["label"].value_counts().to_dict()
    return {"methods": methods, "labels": counts, "headline": _headline(methods)}


def _chosen(said: list[pd.DataFrame], count: int, *, seed: int, wrong: float) -> list[pd.DataFrame]:
    """Return some labels of all histories together, apart again by history."""
    together = pd.concat([part.assign(history=number) for number, part in enumerate(said)], ignore_index=True)
    some = drawn(together, count, seed=seed, wrong=wrong)
    return [some[some["history"] == number] for number in range(len(said))]


def _joined(parts: list[LabelRows]) -> LabelRows:
    return LabelRows(
        np.concatenate([part.rows for part in parts]),
        np.concatenate([part.is_incident for part in parts]),
        np.concatenate([part.weight for part in parts]),
        sum(part.alerts for part in parts),
    )


def _headline(methods: dict[str, list[dict[str, float]]]) -> dict[str, float]:
    def mean(name: str, key: str) -> float:
        return float(np.mean([run[key] for run in methods[name]]))

    base = mean(STAGE_1, "f1")
    cold = max(mean(NONE, "false_alerts"), 1e-9)
    return {
        "f1_50": mean(FEW, "f1"),
        "f1_150": mean(MANY, "f1"),
        "fewer_false_alerts": 1 - mean(MANY, "false_alerts") / cold,
        "recall_lost": mean(NONE, "recall") - mean(MANY, "recall"),
        "lead_with_10_percent_flipped": mean("150 labels, 10 % wrong", "f1") - base,
        "lead_with_20_percent_flipped": mean("150 labels, 20 % wrong", "f1") - base,
    }
