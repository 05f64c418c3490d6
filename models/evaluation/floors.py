"""What the detector has to reach, and what it aims for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from models.evaluation.billing import OURS, OURS_TUNED, STAGE_1


@dataclass(frozen=True)
class Floor:
    """A figure with its floor and its ambition; ``low`` figures are better when smaller."""

    section: str
    name: str
    floor: float
    ambition: float
    low: bool = False
    digits: int = 2
    of: str = ""  # what the floor was stated for, where that is not what is measured

    def verdict(self, got: float) -> str:
        """Return in words how a figure stands; one that the floor was not stated for reaches no ambition."""
        if not self.is_met(got):
            return "missed"
        if self.of:
            return f"above it, on {self.of}"
        return "ambition reached" if self.is_reached(got) else "met"

    def is_met(self, got: float) -> bool:
        return self._as_good(got, self.floor)

    def is_reached(self, got: float) -> bool:
        """Whether the ambition is reached."""
        return self._as_good(got, self.ambition)

    def _as_good(self, got: float, aim: float) -> bool:
        if np.isnan(got):
            return False
        shown = round(got, self.digits)
        return shown <= aim if self.low else shown >= aim


PART_OF_NAB = "28 of the 58 files that it is for"

FLOORS = (
    Floor("billing", "precision", 0.88, 0.92),
    Floor("billing", "recall", 0.83, 0.88),
    Floor("billing", "dollar_recall", 0.94, 0.97),
    Floor("billing", "ttd_median", 2, 1, low=True, digits=1),
    Floor("billing", "ttd_p90", 36, 12, low=True, digits=1),
    Floor("billing", "false_alerts", 1.0, 0.5, low=True),
    Floor("billing", "recall_launch", 0.60, 0.85),
    Floor("billing", "first", 0.88, 0.93),
    Floor("billing", "among", 0.95, 0.98),
    Floor("billing", "impact_close", 0.75, 0.85),
    Floor("billing", "lead_over_stage_1", 0.0, 0.05),
    Floor("billing", "lead_over_baselines", 0.0, 0.10),
    Floor("transfer", "f1", 0.74, 0.78),
    Floor("transfer", "f1_alike", 0.74, 0.78),
    Floor("transfer", "lead_over_stage_1_alike", 0.0, 0.0),
    Floor("transfer", "lead_over_baselines_alike", 0.0, 0.08),
    Floor("harder", "lead_over_stage_1_alike", 0.0, 0.0),
    Floor("harder", "lead_over_baselines_alike", 0.0, 0.08),
    Floor("feedback", "f1_50", 0.79, 0.83),
    Floor("feedback", "f1_150", 0.80, 0.85),
    Floor("feedback", "fewer_false_alerts", 0.40, 0.60),
    Floor("feedback", "recall_lost", 0.06, 0.03, low=True),
    Floor("feedback", "lead_with_10_percent_flipped", 0.0, 0.03),
    Floor("feedback", "lead_with_20_percent_flipped", 0.0, 0.03),
    Floor("calibration", "worst_factor", 2.0, 1.5, low=True),
    Floor("nab", "standard", 62, 67, digits=1, of=PART_OF_NAB),
    Floor("nab", "low FP", 51, 58, digits=1, of=PART_OF_NAB),
    Floor("nab", "low FN", 68, 72, digits=1, of=PART_OF_NAB),
    Floor("nab", "folds", 60, 64, digits=1, of=PART_OF_NAB),
    Floor("microsoft", "mean", 0.55, 0.60, digits=3),
    Floor("injected", "mean", 0.40, 0.50, digits=3),
)

NAMES = {
    "dollar_recall": "share of incident dollars found",
    "ttd_median": "hours to detect, median",
    "ttd_p90": "hours to detect, 90th percentile",
    "false_alerts": "false alerts a day per 1,000 apps drawn",
    "recall_launch": "recall of launch runaways with declared spend",
    "first": "costliest line named first",
    "among": "named line is one of the incident's",
    "impact_close": "impact within 25 %, frozen baseline",
    "lead_over_stage_1": "F1 ahead of stage 1",
    "lead_over_baselines": "F1 ahead of the best baseline",
    "lead_over_stage_1_alike": "F1 ahead of stage 1, both thresholds set with incidents of a tuning seed in view",
    "lead_over_baselines_alike": "F1 ahead of the best baseline, thresholds set with incidents of tuning seeds in view",
    "f1": "F1 as shipped, no label of this family seen",
    "f1_alike": "F1 as shipped but for the threshold: set with incidents of a tuning seed in view",
    "f1_50": "F1 with 50 labels",
    "f1_150": "F1 with 150 labels",
    "fewer_false_alerts": "false alerts saved by 150 labels",
    "recall_lost": "recall lost by 150 labels",
    "lead_with_10_percent_flipped": "F1 ahead of stage 1, 10 % of labels wrong",
    "lead_with_20_percent_flipped": "F1 ahead of stage 1, 20 % of labels wrong",
    "worst_factor": "false-alarm rate over nominal, worst group and level",
    "standard": "NAB standard",
    "low FP": "NAB low FP",
    "low FN": "NAB low FN",
    "folds": "NAB standard, five-fold threshold",
    "mean": "mean average precision",
}


def measured(results: dict[str, Any]) -> list[tuple[Floor, float]]:
    """Return every floor whose section was run, with the figure."""
    known = {name: result["headline"] | _alike(result) for name, result in results.items()}
    return [
        (floor, float(known[floor.section].get(floor.name, np.nan))) for floor in FLOORS if floor.section in results
    ]


def _alike(result: dict[str, Any]) -> dict[str, float]:
    """Return F1 with every threshold set on tuning seeds of the same family, ours and stage 1's like the baselines'."""
    methods = result.get("methods", {})
    if OURS_TUNED not in methods or STAGE_1 not in methods:
        return {}
    f1 = {name: float(np.mean([run["f1"] for run in runs])) for name, runs in methods.items()}
    ours, first = f1[OURS_TUNED], f1[STAGE_1]
    others = max(value for name, value in f1.items() if name not in (OURS, OURS_TUNED, STAGE_1))
    return {
        "f1_alike": ours,
        "lead_over_stage_1_alike": ours - first,
        "lead_over_baselines_alike": ours - others,
    }
