"""What footnotes say of a month beyond its lines: whose booked purchases are, and where a method could not be kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import ibis

from billing.amortization import SOURCE, purchases
from billing.as_known import as_known
from billing.period import Period
from billing.sharing import split_of
from config.settings import settings
from queries.app_owners import app_owners
from queries.attributed import attributed
from warehouse.connect import Store
from warehouse.known import instant_sql, known_sql, stored_sql
from warehouse.tables import to_sql

OWNER = ("app_id", "team_id", "cost_center", "environment")
_SPLIT = ("cost_type", "app_id", "team_id", "cost_center", "allocated_method_id")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BehindLines:
    """Reads what a footnote needs, once and only if one needs it. Moments are when it was known; None is now."""

    store: Store
    _slices: dict[datetime | None, dict[str, Row]] = field(default_factory=dict)
    _splits: dict[tuple[Any, ...], dict[tuple[str, ...], Row]] = field(default_factory=dict)

    def slices(self, at: datetime | None) -> dict[str, Row]:
        """Return the booked parts of purchases in the store's currency, with their owners as rated, by event id."""
        if at not in self._slices:
            self._slices[at] = {row["event_id"]: row for row in self.store.rows(_slices_sql(at))}
        return self._slices[at]

    def split(self, line: Row, month: Period, at: datetime | None, rules: datetime | None) -> Row | None:
        """Return how the pools of an allocated line's month were split, by ``rules`` as known; None if it has none."""
        asked = (month, at, rules)
        if asked not in self._splits:
            types = sorted({one.cost_type for one in purchases(self.store)})
            rows = split_of(
                self.store,
                f"staged_notes_{uuid.uuid4().hex}",
                first=month.first,
                last=month.next.first,
                rules=known_sql("allocation_rules", rules) if rules else "allocation_rules",
                defined=_defined(at) if at else "",
                listed=types,
            )
            self._splits[asked] = {tuple(row[name] for name in _SPLIT): row for row in rows}
        _, _, cost_type = line["sku_id"].partition("/")
        key = (cost_type, line["app_id"], line["team_id"], line["cost_center"], line["allocation_rule_id"])
        return self._splits[asked].get(key)


def _slices_sql(at: datetime | None) -> str:
    costs = as_known("platform_costs", at)
    costs = costs.filter(costs.source == SOURCE, costs.billing_currency == settings().currency)
    leases, ownerships, apps, teams, environments = (
        as_known(name, at) for name in ("leases", "ownerships", "apps", "teams", "environments")
    )
    default = settings().default_cost_center
    owned = attributed(costs, leases, ownerships, app_owners(apps, teams), environments, default_cost_center=default)
    return to_sql(owned.select("event_id", *OWNER, "effective_cost").order_by(ibis.asc("event_id")))


def _defined(at: datetime) -> str:
    """The clauses for what a month that was closed by then was billed from."""
    pins = (
        "SELECT charge_date, argMax(generation, closed_at) FROM period_closings "
        f"WHERE closed_at <= {instant_sql(at)} GROUP BY charge_date"
    )
    return ", ".join(
        (
            f"charges AS (SELECT * FROM rated_charges WHERE (charge_date, generation) IN ({pins}))",
            f"lifecycle AS (SELECT * FROM lifecycle_events FINAL WHERE {stored_sql(at)})",
            *(f"{name} AS (SELECT * FROM {known_sql(name, at)})" for name in ("apps", "teams")),
        )
    )
