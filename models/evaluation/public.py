"""The public sets: NAB by NAB's own rule, Microsoft's and the injected series by average precision per series."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import average_precision_score

from models.baselines import IsolationForestRows, RollingDay, SeasonalMad, WeekOverWeek, ZScore
from models.baselines.windowed_gaussian import windowed_gaussian
from models.detector import SpikeDetector
from models.evaluation import nab as rule
from models.evaluation.shared_sets import SharedSet, precision_by_series
from models.score import score

FARTHING = "Farthing"
FLAG_AT = 1.0
BASELINES = {
    "3x week over week": WeekOverWeek(),
    "z-score 7 days": ZScore(),
    "seasonal median/MAD": SeasonalMad(),
    "rolling 24 h (AWS-like)": RollingDay(),
    "IsolationForest": IsolationForestRows(),
}
GAUSSIAN = "windowed Gaussian"
VALUE, EXPANDING = "the value itself", "z-score, all rows before"
FEWEST = 12  # rows before a mean of all earlier ones is asked
# Categories all of whose files are shared, so that a published score can be computed again.
COMPLETE = ("artificialWithAnomaly", "realTraffic", "realTweets")
PUBLISHED_NAMES = {"standard": "standard", "low FP": "reward_low_FP_rate", "low FN": "reward_low_FN_rate"}
Scores = dict[str, pd.Series]


def scored(shared: SharedSet, tell: Callable[[str], None], *, threads: int) -> Scores:
    """Return the score of every published row by every method; the detector sees the whole table at once."""
    found: Scores = {}
    for name, baseline in BASELINES.items():
        # A baseline sees one series at a time, so that each has bars of its own width.
        parts = [baseline.score(part) for _, part in shared.series.groupby("series_id", sort=True)]
        texts = [part.astype({"series_id": str}) for part in parts]
        found[name] = shared.scored(pd.concat(texts, ignore_index=True))
        tell(f"{shared.name}: {name}")
    by_series = shared.rows.groupby("series_id", sort=False)["value"]
    found[GAUSSIAN] = by_series.transform(lambda values: windowed_gaussian(values.to_numpy()))
    found[FARTHING] = shared.scored(score(shared.series, detector=SpikeDetector(threads=threads)))
    tell(f"{shared.name}: detector")
    return found


def precision(shared: SharedSet, tell: Callable[[str], None], *, threads: int) -> dict[str, Any]:
    """Return mean average precision over the series that have labels, per method, and how many series those are.

    ``pooled`` is the average precision over the rows of all series together: one threshold for all.
    """
    by_series = shared.rows.groupby("series_id", sort=False)["value"]
    said = {VALUE: shared.rows["value"], EXPANDING: by_series.transform(_expanding)}
    said |= scored(shared, tell, threads=threads)
    per_series = {name: precision_by_series(shared.rows, one) for name, one in said.items()}
    means = {name: float(values.mean()) for name, values in per_series.items()}
    label = shared.rows["label"].to_numpy().astype(bool)
    return {
        "mean": means,
        "pooled": {name: float(average_precision_score(label, one)) for name, one in said.items()},
        "series": len(per_series[FARTHING]),
        "detector": per_series[FARTHING].to_dict(),
        "headline": {"mean": means[FARTHING]},
    }


def nab(shared: SharedSet, tell: Callable[[str], None], *, threads: int, data: Path) -> dict[str, Any]:
    """Return NAB's scores per method and profile, one threshold over all files and five-fold thresholds.

    ``proof``: what the windowed Gaussian scores here beside what NAB publishes of it. ``published``: other detectors'
    published scores on the complete categories among these files, weighed by their windows.
    """
    files = rule.files_of(shared.rows.rename(columns={"series_id": "series", "label": "in_window"}))
    by_method: dict[str, Any] = {}
    for name, values in scored(shared, tell, threads=threads).items():
        parts = [part.to_numpy() for _, part in values.groupby(shared.rows["series_id"], sort=True)]
        by_method[name] = {
            profile.name: {
                "one": rule.swept(files, parts, profile)[0],
                "threshold": rule.swept(files, parts, profile)[1],
                "folds": float(np.mean([rule.folded(files, parts, profile, seed=seed) for seed in range(5)])),
            }
            for profile in rule.PROFILES
        }
        if name == GAUSSIAN:
            gaussian = parts
        if name == FARTHING:
            standard = rule.PROFILES[0]
            at = by_method[name]["standard"]["threshold"]
            by_method[name]["categories"] = _categories(files, parts, standard, at)
            shipped = sum(
                rule.points(one, mine, standard, np.array([1.0]))[0] for one, mine in zip(files, parts, strict=True)
            )
            by_method[name]["shipped"] = float(rule.normalized(shipped, sum(f.windows for f in files), standard))
    published = pd.read_csv(data / "anomaly" / "nab_published_scores_by_category.csv").dropna(subset="detector")
    proof = []
    for profile in rule.PROFILES:
        here = _categories(files, gaussian, profile, 1.0)
        theirs = published[published["profile"] == PUBLISHED_NAMES[profile.name]].set_index("detector")
        for category in COMPLETE:
            stated = float(theirs.loc["windowedGaussian", category])
            proof.append({"profile": profile.name, "category": category, "ours": here[category], "published": stated})
    ours = by_method[FARTHING]
    headline = {profile.name: ours[profile.name]["one"] for profile in rule.PROFILES}
    return {
        "methods": by_method,
        "proof": proof,
        "published": _elsewhere(files, published),
        "windows": windows(files),
        "files": len(files),
        "headline": headline | {"folds": ours["standard"]["folds"]},
    }


def _expanding(values: pd.Series) -> pd.Series:
    """Return standard deviations from the mean of all rows before."""
    before = values.shift(1).expanding(FEWEST)
    return ((values - before.mean()) / (before.std() + 1e-9)).fillna(0.0)


def _categories(files: list[rule.File], parts: list[np.ndarray], profile: rule.Profile, at: float) -> dict[str, float]:
    """Return the score of each category at one threshold."""
    found = {}
    for category in COMPLETE:
        mine = [(one, part) for one, part in zip(files, parts, strict=True) if one.name.startswith(category + "/")]
        found[category] = rule.at([one for one, _ in mine], [part for _, part in mine], profile, at)
    return found


def windows(files: list[rule.File]) -> dict[str, int]:
    """Return how many windows each complete category has."""
    return {category: sum(one.windows for one in files if one.name.startswith(category + "/")) for category in COMPLETE}


def _elsewhere(files: list[rule.File], published: pd.DataFrame) -> dict[str, float]:
    """Return published standard scores of other detectors on the complete categories, weighed by their windows."""
    counts = windows(files)
    standard = published[published["profile"] == "standard"].set_index("detector").dropna(subset=list(COMPLETE))
    total = sum(standard[category] * count for category, count in counts.items()) / sum(counts.values())
    return {str(name): float(value) for name, value in total.sort_values(ascending=False).items()}
