"""Drawn billing histories: every method on the same gate, thresholds from tuning seeds, figures from test seeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from models.evaluation import explained
from models.evaluation.alerts import Truth, best_threshold, figures, truth
from models.evaluation.history import History
from models.evaluation.judged import Judged, lay
from models.evaluation.methods import BASELINES
from models.evaluation.scale import Scale
from models.evaluation.told import Told, told

FLAG_AT = 1.0
OURS, OURS_TUNED, STAGE_1 = "Farthing as shipped", "Farthing, threshold tuned like the others", "Farthing, stage 1 only"
Draw = Callable[..., History]
Pairs = list[tuple[Judged, Truth]]


def run(
    draw: Draw, scale: Scale, tell: Callable[[str], None], *, kept: dict[int, Told] | None = None
) -> dict[str, Any]:
    """Return figures per method over the test seeds, and what the detector's explanations were worth.

    Keys: ``methods`` (name -> list of figures per test seed), ``thresholds``, ``explained`` (list per test seed).
    ``kept`` is given what the detector said of every seed.
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
                pairs[role].setdefault(method.name, []).append((method.judge(laid, baseline), facts))
            tell(f"seed {seed}: baselines")
            if role == "tuning" and seed != seeds[0]:
                continue  # baselines are tuned on all of these; the detector ships with its threshold
            one, table = told(laid, threads=scale.threads)
            for name, judged in ours(one).items():
                pairs[role].setdefault(name, []).append((judged, facts))
            if role == "testing":
                found.append(explained.run(laid, facts, table))
            if kept is not None:
                kept[seed] = one
            tell(f"seed {seed}: detector")
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


def ours(one: Told) -> dict[str, Judged]:
    """Return the detector on the common gate: as it is, and its first stage alone."""
    whole = one.whole()
    return {OURS: whole, OURS_TUNED: whole, STAGE_1: one.first()}
