"""Where will a running month end? A run rate, with a range from how much days differ.

projected = what the draft bills so far without today + mean of the last 7 complete days x the days left (today among
them). The range is 80 %: 1.2816 standard deviations of the last 28 complete days x the root of the days left. Reserved
capacity goes on as it went so far: what it changed x hours left / hours gone. Shared costs, fees and tiers stand as
they are in the draft.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from billing.invoice import Estimate, Invoice, Line
from billing.period import Period
from billing.rounding import CENT
from queries.daily_billed import daily_billed
from warehouse.connect import Store
from warehouse.tables import table

MEAN_DAYS, RANGE_DAYS = 7, 28
SPREAD = Decimal("1.2816")  # of a normal distribution, 80 % lie within


def estimated(store: Store, period: Period, drafts: Sequence[Invoice], *, as_of: datetime) -> list[Invoice]:
    """Return the drafts of the month that runs at ``as_of`` with an estimate each; others as they are."""
    if not period.start <= as_of < period.end:
        return list(drafts)
    today = as_of.replace(hour=0, minute=0, second=0, microsecond=0)
    first = today - timedelta(days=RANGE_DAYS)
    rows = store.rows(daily_billed(table("charges"), start=first, end=today + timedelta(days=1)))
    days: dict[str, dict[int, Decimal]] = {}
    for row in rows:
        days.setdefault(row["cost_center"], {})[(today.date() - row["charge_date"]).days] = row["amount"]
    return [
        replace(draft, estimate=_estimate(draft, days.get(draft.cost_center, {}), period, as_of)) for draft in drafts
    ]


def _estimate(draft: Invoice, days: dict[int, Decimal], period: Period, as_of: datetime) -> Estimate:
    """Days are counted back from today, which is 0 and not complete."""
    seen = max((age for age in days if age), default=0)
    last = [days.get(age, Decimal(0)) for age in range(1, min(MEAN_DAYS, seen) + 1)]
    spread = [days.get(age, Decimal(0)) for age in range(1, seen + 1)]
    left = (period.end.date() - as_of.date()).days
    mean = sum(last, Decimal(0)) / max(len(last), 1)
    complete = draft.exact_total - days.get(0, Decimal(0))
    gone, ahead = _hours(as_of - period.start), _hours(period.end - as_of)
    reserved = sum((line.exact_amount for line in draft.lines if _is_reserved(line)), Decimal(0))
    projected = complete + mean * left + reserved * ahead / max(gone, Decimal(1))
    deviation = statistics.stdev(spread) if len(spread) > 1 else Decimal(0)
    reach = SPREAD * deviation * Decimal(left).sqrt()
    # What is spent stays spent, unless days can be credits.
    least = draft.exact_total if all(amount >= 0 for amount in days.values()) else projected - reach
    return Estimate(
        as_of=as_of,
        month_to_date=draft.total,
        projected_total=max(projected, least).quantize(CENT),
        low=max(projected - reach, least).quantize(CENT),
        high=(max(projected, least) + reach).quantize(CENT),
    )


def _hours(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(hours=1))


def _is_reserved(line: Line) -> bool:
    return line.line_kind in ("commitment", "unused_commitment") and not line.corrects_period
