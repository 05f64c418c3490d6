"""Prepaid purchases, spread evenly over their term: to the millisecond, with nothing left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from billing.period import Period, period_of
from billing.rounding import EXACT
from warehouse.connect import Store

SOURCE = "amortization"
_UNIT = Decimal("1e-21")  # the last decimal that the store keeps
_MILLISECOND = timedelta(milliseconds=1)
_NAME = 80  # characters of an event id that name its purchase


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A purchase as it was reported, and the term ``[begins, ends)`` that it is for."""

    source: str
    event_id: str
    resource_id: str
    app_id: str
    environment: str
    lease_id: str
    is_authenticated: bool
    cost_type: str
    provider: str
    service_name: str
    region: str
    currency: str
    amount: Decimal
    begins: datetime
    ends: datetime
    received_at: datetime

    def slice_id(self, start: datetime) -> str:
        """Return the id of the slice of a day: it names the purchase, and no other has it."""
        digest = blake2b(f"{self.source}\0{self.event_id}".encode(), digest_size=8).hexdigest()
        return f"{f'{self.source}/{self.event_id}'[:_NAME]}#{digest}/{start:%Y-%m-%d}"

    def until(self, instant: datetime) -> Decimal:
        """Return what has been used up of the amount by an instant: rounded down to the last decimal kept."""
        gone = (min(max(instant, self.begins), self.ends) - self.begins) // _MILLISECOND
        units = int(EXACT.divide(self.amount, _UNIT))
        return EXACT.multiply(Decimal(units * gone // ((self.ends - self.begins) // _MILLISECOND)), _UNIT)

    def between(self, start: datetime, end: datetime) -> Decimal:
        """Return what is used up in ``[start, end)``. Parts of the term sum to the amount."""
        return EXACT.subtract(self.until(end), self.until(start))

    def days(self) -> Iterator[tuple[datetime, datetime]]:
        """Yield the UTC days of the term, the first and the last cut where it begins and ends."""
        start = self.begins
        while start < self.ends:
            midnight = datetime.combine(start.date(), time(), UTC) + timedelta(days=1)
            yield start, min(midnight, self.ends)
            start = midnight

    def share_of(self, period: Period) -> tuple[int, int]:
        """Return which of its months a month is, and how many months the term touches."""
        first, last = period_of(self.begins), period_of(self.ends - _MILLISECOND)
        return _months(first, period) + 1, _months(first, last) + 1

    def slice(self, start: datetime, end: datetime) -> dict[str, Any]:
        """Return the cost of a part of the term as a canonical event, as FOCUS has it: effective, and billed before."""
        cost = f"{self.between(start, end):f}"
        return {
            "type": "platform_cost",
            "source": SOURCE,
            "event_id": self.slice_id(start),
            **{name: getattr(self, name) for name in _PASSED_ON},
            "charge_category": "Usage",
            "period_start": start.isoformat(),
            "period_end": end.isoformat(),
            "list_cost": cost,
            "contracted_cost": cost,
            "effective_cost": cost,
            "billed_cost": "0",
            "attributes": {"purchase": self.event_id, "purchase_source": self.source},
        }


_PASSED_ON = (
    "resource_id", "app_id", "environment", "lease_id", "cost_type", "provider", "service_name", "region", "currency",
)  # fmt: skip


def purchases(store: Store) -> list[Purchase]:
    """Return the purchases that say a term, in order of its beginning."""
    rows = store.rows(
        """
        SELECT
            source, event_id, resource_id, app_id, environment, lease_id, is_authenticated, cost_type, provider,
            service_name, region, billing_currency AS currency, billed_cost AS amount, received_at, time,
            JSONExtractString(attributes, 'term_start') AS begins, JSONExtractString(attributes, 'term_end') AS ends
        FROM platform_costs
        WHERE charge_category = 'Purchase' AND ends != ''
        ORDER BY time, source, event_id
        """
    )
    found = []
    for row in rows:
        begins, ends, at = row.pop("begins"), row.pop("ends"), row.pop("time")
        found.append(Purchase(**row, begins=_instant(begins) if begins else at, ends=_instant(ends)))
    return sorted(found, key=lambda one: (one.begins, one.source, one.event_id))


def _instant(text: str) -> datetime:
    """What the door has accepted, to the millisecond."""
    instant = datetime.fromisoformat(text).astimezone(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def _months(first: Period, last: Period) -> int:
    return (last.first.year - first.first.year) * 12 + last.first.month - first.first.month
