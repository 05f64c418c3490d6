"""How far off the forecast of a month's rest is, beside naive and seasonal naive: on drawn histories, day by day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from models.evaluation.billing import Draw
from models.evaluation.history import START, History
from models.evaluation.scale import Scale
from models.forecast import Walk, last_day, last_week
from models.panel import Floats

FIRST = 28  # the first day that is forecast from; before, there are no four weeks of weekdays
HORIZONS = (7, 14, 21)
CENTERS = 20  # apps are dealt out to so many cost centers, by which drafts of invoices forecast
ACCOUNTS = 8  # are drawn per seed: of one account's weeks there are too few to see how many its ranges hold
OURS = "level, week and drift"
OTHERS = {"naive": last_day, "seasonal naive": last_week}
MEASURES = ["error", "inside", "width"]


def run(draws: Mapping[str, Draw], scale: Scale, tell: Callable[[str], None]) -> dict[str, Any]:
    """Return ``tested``: per family and grouping, one list per test seed of method, horizon and ``MEASURES``."""
    tested: dict[str, list[list[dict[str, Any]]]] = {}
    horizons = tuple(days for days in HORIZONS if FIRST + days <= scale.days)
    for family, draw in draws.items():
        for seed in scale.testing:
            found: dict[str, list[pd.DataFrame]] = {}
            for account in range(ACCOUNTS):
                drawn = draw(seed + 1000 * account, apps=scale.apps, days=scale.days, warm_up_days=scale.warm_up_days)
                daily = by_day(drawn)
                of_apps = {"apps": len(daily)} if account == 0 else {}  # there are plenty in one
                for name, groups in (of_apps | {"cost centers": CENTERS, "the account": 1}).items():
                    found.setdefault(name, []).append(backtest(dealt(daily, groups), horizons=horizons, first=FIRST))
            for name, runs in found.items():
                mean = pd.concat(runs).groupby(["method", "horizon"], sort=False)[MEASURES].mean().reset_index()
                tested.setdefault(f"{family}, {name}", []).append(mean.astype(object).to_dict("records"))
            tell(f"{family}, seed {seed}")
    return {"tested": tested, "accounts": ACCOUNTS, "headline": {}}


def backtest(daily: Floats, *, horizons: tuple[int, ...] = HORIZONS, first: int = FIRST) -> pd.DataFrame:
    """Return how far off each method was, walking through the days: one row per method and horizon.

    ``error`` is the sum of absolute errors over the sum of what came. ``inside`` is the share of outcomes within the
    range and ``width`` the sum of the ranges' widths over the sum of what came, both of groups that are not forecast to
    cost nothing: one that is gone stays within 0 and 0, which would flatter. Only ours has a range.
    """
    rows = []
    walk = Walk(daily)
    for horizon in horizons:
        missed, came, ranged, wide, inside = dict.fromkeys([*OTHERS, OURS], 0.0), 0.0, 0.0, 0.0, []
        for origin in range(first, daily.shape[1] - horizon + 1):
            past, actual = daily[:, :origin], np.nan_to_num(daily[:, origin : origin + horizon]).sum(axis=1)
            lived = np.isfinite(past[:, -7:]).all(axis=1)
            said = walk.remainder(origin, left=horizon)
            came += float(actual[lived].sum())
            for name, method in OTHERS.items():
                missed[name] += float(np.abs(method(past, horizon) - actual)[lived].sum())
            missed[OURS] += float(np.abs(said.expected - actual)[lived].sum())
            goes_on = lived & (said.expected > 0)
            inside.append(((actual >= said.low) & (actual <= said.high))[goes_on])
            wide += float((said.high - said.low)[goes_on].sum())
            ranged += float(actual[goes_on].sum())
        held = np.concatenate(inside) if inside else np.zeros(0)
        share = float(held.mean()) if len(held) else np.nan
        rows += [(name, horizon, missed[name] / max(came, 1e-12), np.nan, np.nan) for name in OTHERS]
        rows.append((OURS, horizon, missed[OURS] / max(came, 1e-12), share, wide / max(ranged, 1e-12)))
    return pd.DataFrame(rows, columns=["method", "horizon", *MEASURES])


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
