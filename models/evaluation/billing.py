"""Drawn billing histories: every method on the same gate, thresholds from tuning seeds, figures from test seeds."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from models.detector import SpikeDetector
from models.evaluation import explained
from models.evaluation.alerts import Truth, best_threshold, figures, truth
from models.evaluation.history import History
from models.evaluation.judged import Judged, Laid, judged, lay, matrix
from models.evaluation.methods import BASELINES
from models.evaluation.scale import Scale

FLAG_AT = 1.0
OURS, OURS_TUNED, STAGE_1 = "Farthing as shipped", "Farthing, threshold tuned like the others", "Farthing, stage 1 only"
Draw = Callable[..., History]
Pairs = list[tuple[Judged, Truth]]


def run(draw: Draw, scale: Scale, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return figures per method over the test seeds, and what the detector's explanations were worth.

    Keys: ``methods`` (name -> list of figures per test seed), ``thresholds``, ``explained`` (list per test seed).
    """
    pairs: dict[str, dict[str, Pairs]] = {"tuning": {}, "testing": {}}
    learned: dict[str, Any] = {}
    found: list[dict[str, float]] = []
    for role, seeds in (("tuning", scale.tuning), ("testing", scale.testing)):
        for seed in seeds:
            laid = lay(draw(seed, apps=scale.apps, days=scale.days, warm_up_days=scale.warm_up_days))
            facts = truth(laid, begin=scale.begin, end=scale.end)
            for method in BASELINES:
                baseline = learned.get(method.name) or method.make()
                if method.learns and method.name not in learned:
                    learned[method.name] = baseline.fit(laid.history.seen, laid.history.markers)
                one = method.judge(laid, baseline)
                pairs[role].setdefault(method.name, []).append((one, facts))
            tell(f"seed {seed}: baselines")
            scores = ours(laid, scale)
            for name, one in judged_ours(laid, scores).items():
                pairs[role].setdefault(name, []).append((one, facts))
            if role == "testing":
                found.append(explained.run(laid, facts, scores))
            tell(f"seed {seed}: detector")
            del scores
            gc.collect()
    rules = {method.name: method.make().threshold for method in BASELINES if not method.tuned} | {OURS: FLAG_AT}
    thresholds = {name: rules.get(name, None) or best_threshold(pairs["tuning"][name]) for name in pairs["testing"]}
    methods = {name: [figures(*pair, thresholds[name]) for pair in tested] for name, tested in pairs["testing"].items()}
    return {"methods": methods, "thresholds": thresholds, "explained": found, "headline": _headline(methods, found)}


def _headline(methods: dict[str, list[dict[str, float]]], found: list[dict[str, float]]) -> dict[str, float]:
    """Return the shipped detector's means, and its lead in F1 over stage 1 and over the best baseline."""
    f1 = {name: float(np.mean([one["f1"] for one in runs])) for name, runs in methods.items()}
    means = {key: float(np.nanmean([one.get(key, np.nan) for one in methods[OURS]])) for key in methods[OURS][0]}
    said = {key: float(np.nanmean([one[key] for one in found])) for key in found[0]}
    others = max(f1[method.name] for method in BASELINES)
    leads = {"lead_over_baselines": f1[OURS] - others, "lead_over_stage_1": f1[OURS] - f1.get(STAGE_1, np.nan)}
    return means | said | leads


def ours(laid: Laid, scale: Scale) -> pd.DataFrame:
    """Return the detector's scores of a history."""
    detector = SpikeDetector(threads=scale.threads)
    return detector.score(laid.history.seen, laid.history.markers)


def judged_ours(laid: Laid, scores: pd.DataFrame) -> dict[str, Judged]:
    """Return the detector's scores on the common gate: as they are, and those of its first stage alone."""
    expected = matrix(scores, "expected", laid.lines, laid.shape, empty=np.nan)
    score = matrix(scores, "score", laid.lines, laid.shape, empty=-np.inf)
    whole = judged(laid, expected, score)
    kept = {OURS: whole, OURS_TUNED: whole}
    if "stage_1" in scores:
        stage = matrix(scores, "stage_1", laid.lines, laid.shape, empty=-np.inf)
        kept[STAGE_1] = judged(laid, expected, stage)
    return kept
