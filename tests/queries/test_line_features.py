"""The engine's features of the next hour are those the models reckon from a long table."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import numpy as np
import pandas as pd

from models.features import NAMES, features
from models.panel import panel
from queries.line_features import line_features
from tests.queries.conftest import charge, utc
from warehouse.tables import table

AT = utc(2026, 2, 20, 7)
HOUR = timedelta(hours=1)
#         name, hours of life, share of hours with usage
LINES = (("old", 600, 1.0), ("bursty", 520, 0.3), ("week", 170, 0.9), ("day", 30, 1.0), ("new", 2, 1.0))


def test_the_engine_and_numpy_know_the_same(store, make_charges) -> None:
    random = np.random.default_rng(3)
    charges, rows = [], []
    for name, age, share in LINES:
        for ago in range(age, 0, -1):
            if ago != age and random.random() > share:
                continue
            cost = Decimal(f"{random.gamma(2, 3):.6f}")
            charges.append(charge(AT - ago * HOUR, str(cost), app_id=name))
            rows.append({"series_id": name, "ts": AT - ago * HOUR, "value": float(cost)})
        rows.append({"series_id": name, "ts": AT, "value": 0.0})
    make_charges(charges)
    asked = line_features(table("charges"), at=AT, start=AT - 600 * HOUR)
    engine = store.arrow(asked).to_pandas().set_index("app_id").drop(columns="meter")
    laid = panel(pd.DataFrame(rows))
    known = features(laid)
    ours = {name: column[:, -1] for name, column in zip(NAMES, known.columns, strict=True)}
    ours["reference"] = known.reference[:, -1]
    for name in engine.columns:
        np.testing.assert_allclose(
            engine[name].reindex(laid.ids).to_numpy(dtype=float), ours[name], rtol=2e-4, atol=2e-4, err_msg=name
        )
