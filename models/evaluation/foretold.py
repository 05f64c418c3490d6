"""How far off the forecast of a month's rest is, beside naive and seasonal naive: on drawn histories, day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from models.evaluation.billing import Draw
from models.evaluation.history import START, History
from models.evaluation.scale import Scale
from models.forecast import backtest
from models.panel import Floats

FIRST = 28  # the first day that is forecast from; before, there are no four weeks of weekdays
HORIZONS = (7, 14, 21)
CENTERS = 20  # apps are dealt out to so many cost centers, by which drafts of invoices forecast


def run(draws: Mapping[str, Draw], scale: Scale, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return ``tested``: per family and grouping, one list per test seed of method, horizon, error and inside."""
    tested: dict[str, list[list[dict[str, Any]]]] = {}
    horizons = tuple(days for days in HORIZONS if FIRST + days <= scale.days)
    for family, draw in draws.items():
        for seed in scale.testing:
            daily = by_day(draw(seed, apps=scale.apps, days=scale.days, warm_up_days=scale.warm_up_days))
            for name, groups in (("apps", len(daily)), ("cost centers", CENTERS), ("the account", 1)):
                found = backtest(dealt(daily, groups), horizons=horizons, first=FIRST)
                tested.setdefault(f"{family}, {name}", []).append(found.astype(object).to_dict("records"))
            tell(f"{family}, seed {seed}")
    return {"tested": tested, "headline": {}}


def by_day(history: History) -> Floats:
    """Return what apps cost by the day, incidents among it; NaN before an app's first day, 0 after its last."""
    series = history.series
    days = ((series["ts"] - START) // pd.Timedelta(days=1)).to_numpy()
    apps = series["app_id"].cat.codes.to_numpy()
    shape = (len(series["app_id"].cat.categories), history.hours // 24)
    daily, lived = np.zeros(shape), np.zeros(shape, dtype=bool)
    np.add.at(daily, (apps, days), series["value"].to_numpy())
    lived[apps, days] = True
    born = np.where(lived.any(axis=1), lived.argmax(axis=1), shape[1])
    daily[np.arange(shape[1]) < born[:, None]] = np.nan
    return daily


def dealt(daily: Floats, groups: int) -> Floats:
    """Return the sums of apps dealt out to groups one after the other; NaN before a group's first day."""
    parts = [daily[group::groups] for group in range(min(groups, len(daily)))]
    return np.stack([np.where(np.isfinite(part).any(axis=0), np.nansum(part, axis=0), np.nan) for part in parts])
