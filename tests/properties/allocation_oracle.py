"""Allocation worked out by hand, in whole numbers and fractions: no engine, no query, no rounding."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction

UNIT = 10**21
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Use:
    """A usage charge of an hour; requests or cost or both."""

    hour: datetime
    app: str
    team: str
    requests: Decimal
    cost: Decimal | None
    currency: str = "USD"


@dataclass(frozen=True)
class Turn:
    """A start or a stop of a resource."""

    at: datetime
    app: str
    resource: str
    action: str


@dataclass(frozen=True)
class Pool:
    """A platform cost of its own type, and the method of that type."""

    cost_type: str
    start: datetime
    end: datetime
    amount: Decimal
    method: str
    basis: str = ""
    floor: Decimal = Decimal(0)
    weights: dict[str, Decimal] = field(default_factory=dict)
    app: str = ""
    currency: str = "USD"


def allocate(pool: Pool, uses: list[Use], turns: list[Turn]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return share and ratio of every app that bears something or was active; of '' what is left over."""
    hours = _hours(pool)
    used = [use for use in uses if use.hour in hours and use.app and use.currency == "USD"]
    ran = {app: _running(pool, [turn for turn in turns if turn.app == app]) for app in {turn.app for turn in turns}}
    active = sorted({use.app for use in used} | {app for app, time in ran.items() if time})
    weights = {app: _weight(pool, app, used, ran.get(app, timedelta(0))) for app in active}
    if pool.method == "fixed":
        weights = {app: weight for app, weight in weights.items() if weight > 0}
        if rest := 1 - sum(weights.values(), Fraction(0)):
            weights[""] = rest
    elif pool.method in ("direct", "") or not active:
        weights = {"": Fraction(1)}
    whole = abs(_units(pool.amount))
    floor = _units(pool.floor) if pool.method == "floor_plus_share" and "" not in weights else 0
    if floor * len(weights) > whole:
        floor, weights = 0, dict.fromkeys(weights, Fraction(1))
    if not sum(weights.values()):
        weights = dict.fromkeys(weights, Fraction(1))
    shares = {app: floor + part for app, part in _largest_remainder(whole - floor * len(weights), weights).items()}
    ratios = _largest_remainder(UNIT, {app: Fraction(share) for app, share in shares.items()} if whole else weights)
    sign = -1 if pool.amount < 0 else 1
    return {app: (_money(sign * share), _money(ratios[app])) for app, share in shares.items()}


def _largest_remainder(whole: int, weights: dict[str, Fraction]) -> dict[str, int]:
    total = sum(weights.values(), Fraction(0))
    exact = {app: whole * weight / total for app, weight in weights.items()}
    parts = {app: share.numerator // share.denominator for app, share in exact.items()}
    order = sorted(exact, key=lambda app: (parts[app] - exact[app], app.encode()))
    for app in order[: whole - sum(parts.values())]:
        parts[app] += 1
    return parts


def _hours(pool: Pool) -> set[datetime]:
    hour, hours = pool.start.replace(minute=0, second=0), set()
    while not hours or hour < pool.end:
        hours.add(hour)
        hour += HOUR
    return hours


def _weight(pool: Pool, app: str, used: list[Use], ran: timedelta) -> Fraction:
    own = [use for use in used if use.app == app]
    if pool.method == "fixed":
        return Fraction(pool.weights.get(app, 0))
    if pool.method == "even":
        return Fraction(1)
    hours = Fraction(len({use.hour for use in own}))
    by_basis = {
        "": Fraction(0),
        "requests": sum((Fraction(use.requests) for use in own), Fraction(0)),
        "effective_cost": sum((Fraction(use.cost or 0) for use in own), Fraction(0)),
        "event_count": Fraction(len(own)),
        "active_hours": max(hours, Fraction(ran // timedelta(milliseconds=1), 3_600_000)),
    }
    value = max(by_basis[pool.basis], Fraction(0))
    return Fraction(value.numerator * 10**12 // value.denominator, 10**12)


def _running(pool: Pool, turns: list[Turn]) -> timedelta:
    """How long at least one resource ran in the pool's period."""
    spans = []
    for resource in {turn.resource for turn in turns}:
        begun = None
        for turn in sorted((t for t in turns if t.resource == resource), key=lambda t: (t.at, t.action)):
            if turn.action == "start":
                begun = begun or turn.at
            elif begun:
                spans.append((begun, turn.at))
                begun = None
        if begun:
            spans.append((begun, pool.end))
    total, until = timedelta(0), pool.start
    for start, end in sorted(spans):
        start, end = max(start, until), min(end, pool.end)
        if start < end:
            total, until = total + (end - start), end
    return total


def _units(amount: Decimal) -> int:
    return int(Fraction(amount) * UNIT)


def _money(units: int) -> Decimal:
    with localcontext(prec=100):
        return Decimal(units) / UNIT
