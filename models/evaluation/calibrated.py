"""Does a p of one in a thousand mean one in a thousand? On histories without incidents, by age and marker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from models.detector import SpikeDetector
from models.evaluation.billing import Draw
from models.evaluation.judged import lay, matrix
from models.evaluation.scale import Scale

LEVELS = (3.0, 4.0)  # -log10 p
FEWEST = 20  # expected crossings below which a rate says nothing


def run(draw: Draw, scale: Scale, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return, per evidence window, level and group, how often it is crossed on clean data over how often it should be.

    Groups: younger than a day, up to a week, older; with and without a deploy in the last day.
    """
    counts: dict[tuple[str, float, str], np.ndarray] = {}
    for seed in scale.testing:
        clean = draw(seed, apps=scale.apps, days=scale.days, warm_up_days=scale.warm_up_days, incidents=False)
        laid = lay(clean)
        scores = SpikeDetector(threads=scale.threads).score(laid.panel)
        groups = _groups(laid, scale.begin)
        for column in [name for name in scores if name.startswith("evidence_")]:
            evidence = matrix(scores, column, laid.lines, laid.shape, empty=np.nan)
            for name, inside in groups.items():
                rows = evidence[inside & np.isfinite(evidence)]
                for level in LEVELS:
                    found = counts.setdefault((column.removeprefix("evidence_"), level, name), np.zeros(2))
                    found += (float((rows >= level).sum()), len(rows) * 10.0**-level)
        tell(f"seed {seed}: clean")
    table = [
        {"evidence": column, "level": level, "group": group, "crossed": crossed, "nominal": nominal,
         "factor": crossed / nominal if nominal else np.nan}
        for (column, level, group), (crossed, nominal) in counts.items()
    ]  # fmt: skip
    worst = max((row["factor"] for row in table if row["nominal"] >= FEWEST), default=np.nan)
    return {"table": table, "headline": {"worst_factor": worst}}


def _groups(laid: Any, begin: int) -> dict[str, np.ndarray]:
    """Return which bars of the judged days belong to each age and marker group."""
    age, deployed = laid.panel.age(), laid.panel.since_deploy() < 24
    judged = laid.panel.alive() & (np.arange(laid.shape[1]) >= begin)
    ages = {"first day": age < 24, "first week": (age >= 24) & (age < 168), "older": age >= 168}
    return {
        f"{name}, {said}": judged & chosen & marked
        for name, chosen in ages.items()
        for said, marked in (("no deploy", ~deployed), ("deploy in 24 h", deployed))
    }


def frame(result: dict[str, Any]) -> pd.DataFrame:
    """Return the table of a result as evidence by group, at each level."""
    rows = pd.DataFrame(result["table"])
    return rows.pivot_table(index=["level", "group"], columns="evidence", values="factor", sort=False)
