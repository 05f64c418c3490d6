"""Where will a running month end? What it billed so far without today, and a forecast of the days left.

The forecast of a cost center's days is ``models.forecast``: its level, its week and its drift, with a range that
past errors drew (80 %). Reserved capacity goes on as it went so far: what it changed x hours left / hours gone. So do
shared costs of a cost type that came for most of the hours gone: x hours not covered yet / hours covered. Other shared
costs, fees and tiers stand as they are in the draft. The model's floats become money once, here, in cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import numpy as np

from billing.invoice import Estimate, Invoice, Line
from billing.period import Period, seen_from
from billing.rounding import CENT
from models.forecast import remainder
from queries.charged_period import charged_period
from queries.daily_billed import daily_billed
from queries.pool_coverage import pool_coverage
from warehouse.connect import Store
from warehouse.tables import table

RANGE_DAYS = 84  # of history
STEADY = Decimal("0.8")  # of the hours gone: nobody knows whether a cost that came for fewer comes again


def estimated(store: Store, period: Period, drafts: Sequence[Invoice], *, as_of: datetime) -> list[Invoice]:
    """Return the drafts of the month that runs at ``as_of`` with an estimate each; others as they are."""
    if not drafts or not period.start <= as_of < period.end:
        return list(drafts)
    today = as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=RANGE_DAYS)
    rows = store.rows(daily_billed(table("charges"), start=first, end=today + timedelta(days=1)))
    days: dict[str, dict[int, Decimal]] = {}
    for row in rows:
        days.setdefault(row["cost_center"], {})[(today.date() - row["charge_date"]).days] = row["amount"]
    left = (period.end.date() - as_of.date()).days
    still = _shared_still(store, period, as_of)
    ahead = _ahead([days.get(draft.cost_center, {}) for draft in drafts], left)
    return [
        replace(draft, estimate=_estimate(draft, days.get(draft.cost_center, {}), rest, still, period, as_of))
        for draft, rest in zip(drafts, ahead, strict=True)
    ]


def seen_until(store: Store, now: datetime) -> datetime:
    """Return the moment that an estimate looks from, the same on pages and elsewhere (``billing.period.seen_from``)."""
    [charged] = store.rows(charged_period(table("daily_charges")))
    return seen_from(now, charged["last_usage_end"].replace(tzinfo=UTC) if charged["charges"] else None)


def _ahead(days: Sequence[dict[int, Decimal]], left: int) -> list[tuple[Decimal, Decimal, Decimal]]:
    """Return what the days left will cost, and the range's ends, of days counted back from today, which is 0."""
    daily = np.full((len(days), RANGE_DAYS), np.nan)
    for row, held in enumerate(days):
        seen = max((age for age in held if age), default=0)
        for age in range(1, seen + 1):
            daily[row, RANGE_DAYS - age] = float(held.get(age, 0))
    rest = remainder(daily, left=left)
    ends = zip(rest.expected.tolist(), rest.low.tolist(), rest.high.tolist(), strict=True)
    return [(_cents(expected), _cents(low), _cents(high)) for expected, low, high in ends]


def _shared_still(store: Store, period: Period, as_of: datetime) -> dict[str, Decimal]:
    """Return what part of the shared costs so far is still to come, by cost type."""
    gone = _hours(as_of - period.start)
    found = {}
    for row in store.rows(pool_coverage(table("charges"), start=period.start, end=period.end)):
        until = min(row["covered_until"].replace(tzinfo=UTC), period.end)
        covered = Decimal(row["covered_seconds"]) / 3600
        if covered >= max(STEADY * gone, Decimal(1)):
            found[row["cost_type"]] = _hours(period.end - until) / _hours(until - period.start)
    return found


def _cents(amount: float) -> Decimal:
    return Decimal(amount).quantize(CENT)


def _estimate(
    draft: Invoice,
    days: dict[int, Decimal],
    rest: tuple[Decimal, Decimal, Decimal],
    still: dict[str, Decimal],
    period: Period,
    as_of: datetime,
) -> Estimate:
    gone, ahead = _hours(as_of - period.start), _hours(period.end - as_of)
    reserved = sum((line.exact_amount for line in draft.lines if _is_reserved(line)), Decimal(0))
    complete = draft.exact_total - days.get(0, Decimal(0)) + reserved * ahead / max(gone, Decimal(1))
    complete += sum((line.exact_amount * still.get(_cost_type(line), 0) for line in draft.lines), Decimal(0))
    projected, low, high = (complete + part for part in rest)
    # What is spent stays spent, unless days can be credits.
    least = draft.exact_total if all(amount >= 0 for amount in days.values()) else low
    return Estimate(
        as_of=as_of,
        month_to_date=draft.total,
        projected_total=max(projected, least).quantize(CENT),
        low=max(low, least).quantize(CENT),
        high=max(high, least).quantize(CENT),
    )


def _hours(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(hours=1))


def _cost_type(line: Line) -> str:
    """Return whose pools a line bears of; '' for none."""
    is_shared = line.line_kind == "allocated" and not line.corrects_period
    return line.sku_id.removeprefix("platform_cost/") if is_shared else ""


def _is_reserved(line: Line) -> bool:
    return line.line_kind in ("commitment", "unused_commitment") and not line.corrects_period
