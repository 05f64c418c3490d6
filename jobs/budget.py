"""How loud detection is: alerts a day, and the impact below which a flag is kept but stays silent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from warehouse.connect import Store

AS_THEY_COME = math.inf
MINIMUM_IMPACT = Decimal(25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Alerts that people want a day, over all apps, and the least impact of one in the store's currency.

    Without a wish (``AS_THEY_COME``) the threshold that ships decides.
    """

    alerts_per_day: float = AS_THEY_COME
    minimum_impact: Decimal = MINIMUM_IMPACT

    @property
    def wanted(self) -> float | None:
        """Alerts a day as the detector takes them."""
        return None if math.isinf(self.alerts_per_day) else self.alerts_per_day


def budget(store: Store) -> Budget:
    """Return what was set last."""
    rows = store.rows("SELECT alerts_per_day, minimum_impact FROM alert_budgets ORDER BY set_at DESC LIMIT 1")
    return Budget(**rows[0]) if rows else Budget()


def set_budget(store: Store, chosen: Budget, *, by: str) -> None:
    """Set the budget. The impact holds from the next look on, the alerts as soon as a detector was fitted to them.

    Raises:
        ValueError: no alerts at all, or an impact below zero.

    """
    if not chosen.alerts_per_day > 0 or chosen.minimum_impact < 0:
        raise ValueError(f"alerts per day is above 0 and the minimum impact not below it, not {chosen}")
    with store.writing:
        if chosen != budget(store):
            row = {"alerts_per_day": chosen.alerts_per_day, "minimum_impact": chosen.minimum_impact, "set_by": by}
            store.insert_rows("alert_budgets", [row])


def alerts_set_at(store: Store) -> datetime | None:
    """Return when alerts a day were last set to something else: a detector is fitted to them. None if never."""
    at, held = None, AS_THEY_COME
    for row in store.rows("SELECT alerts_per_day, set_at FROM alert_budgets ORDER BY set_at"):
        if row["alerts_per_day"] != held:
            at, held = row["set_at"], row["alerts_per_day"]
    return at
