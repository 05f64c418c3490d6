"""How loud detection is: alerts a day, and the impact below which a flag is kept but stays silent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.connect import Store

ALERTS_PER_DAY = 5.0
MINIMUM_IMPACT = Decimal(25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Alerts that people want to see a day, over all apps, and the least impact of one in the store's currency."""

    alerts_per_day: float = ALERTS_PER_DAY
    minimum_impact: Decimal = MINIMUM_IMPACT


def budget(store: Store) -> Budget:
    """Return what was set last."""
    rows = store.rows("SELECT alerts_per_day, minimum_impact FROM alert_budgets ORDER BY set_at DESC LIMIT 1")
    return Budget(**rows[0]) if rows else Budget()


def set_budget(store: Store, chosen: Budget, *, by: str) -> None:
    """Set the budget; it holds from the next hour that is scored.

    Raises:
        ValueError: no alerts at all, or an impact below zero.

    """
    if chosen.alerts_per_day <= 0 or chosen.minimum_impact < 0:
        raise ValueError(f"alerts per day is above 0 and the minimum impact not below it, not {chosen}")
    with store.writing:
        if chosen != budget(store):
            row = {"alerts_per_day": chosen.alerts_per_day, "minimum_impact": chosen.minimum_impact, "set_by": by}
            store.insert_rows("alert_budgets", [row])
