"""Closing a month: look at what is open, then freeze what it bills.

Everything a closing writes names it; its own row comes last. A crash before that row leaves a month that is still open.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from billing.period import Period, period_of
from billing.period_lines import closings, computed_lines, periods_to_correct
from config.settings import settings
from jobs.amortize import amortize
from jobs.dirty import dirty_days
from jobs.doctor import Status, checks
from jobs.rate import rate
from queries.attribution_coverage import attribution_coverage
from queries.foreign_currency_costs import foreign_currency_costs
from queries.quarantine_reasons import quarantine_reasons
from queries.unpriced_usage import unpriced_usage
from warehouse.connect import Store
from warehouse.tables import SCHEMAS, table

_LINES = ", ".join(SCHEMAS["invoice_lines"])


class Verdict(StrEnum):
    """``block`` stops a closing unless it is forced with a reason; ``warn`` is for a person to know."""

    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    name: str
    verdict: Verdict
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What closing a month on a day would find, and why it would be refused; empty if it would not."""

    period: Period
    day: date
    checklist: tuple[Item, ...]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A month that is closed: by this call, or (``is_new`` false) before."""

    period: Period
    closed_at: datetime
    closed_by: str
    reason: str
    is_new: bool
    checklist: tuple[Item, ...]


class NotReadyError(ValueError):
    """The checklist blocks; the message names every item that does."""


def close(store: Store, period: Period, *, by: str, reason: str = "", now: datetime | None = None) -> Closing:
    """Close a month: rate what is dirty, check, and freeze its lines and the generations of the days they are from.

    ``reason`` forces a closing that the checklist blocks, and is recorded; it forces no month that is not over, and
    leaves no gap. ``now`` is another clock than the wall's, for platforms made up to be closed: no command gives one.
    Closing a closed month changes nothing.

    Raises:
        NotReadyError: an item blocks and no reason is given.
        ValueError: the month is not over, or an earlier one comes first.

    """
    moment = now or datetime.now(UTC)
    with store.still():
        if period in closings(store):
            return _held(store, period)
        _refuse_early(period, moment)
        amortize(store, until=period.end)
        rate(store)
        items = checklist(store, period, now=moment)
        _refuse_unready(store, period, items, reason)
        _freeze(store, period, items, by=by, reason=reason)
        return _held(store, period, is_new=True)


def rehearse(store: Store, period: Period, *, now: datetime, reason: str = "") -> Rehearsal:
    """Say what closing a month ``now`` would find in the data of this moment. Writes nothing."""
    items = checklist(store, period, now=now)
    refusal = ""
    try:
        _refuse_early(period, now)
        _refuse_unready(store, period, items, reason)
    except ValueError as error:
        refusal = str(error)
    return Rehearsal(period=period, day=now.date(), checklist=items, refusal=refusal)


def _refuse_early(period: Period, now: datetime) -> None:
    if now < period.end:
        raise ValueError(f"{period} runs until {period.end:%Y-%m-%d}; only a month that is over can be closed")


def _refuse_unready(store: Store, period: Period, items: Sequence[Item], reason: str) -> None:
    """A reason forces what blocks, but no gap: what came late to a month left out would be on nobody's next invoice."""
    blocking = [item for item in items if item.verdict is Verdict.BLOCK]
    if blocking and not reason.strip():
        said = "; ".join(f"{item.name}: {item.detail}" for item in blocking)
        raise NotReadyError(f"{period} cannot be closed: {said}. Mend it, or close it anyway with a reason")
    if first := _first_open(store, period):
        raise ValueError(f"{period} cannot be closed: {first}. No reason leaves a gap between closed months")


def _first_open(store: Store, period: Period) -> str:
    """Say which month comes before this one: an open one with charges, or that after the last closed; '' if none."""
    months = store.rows(
        "SELECT toStartOfMonth(charge_date) AS month FROM charges WHERE charge_date < {first:Date} "
        "AND month NOT IN (SELECT billing_period FROM closings) ORDER BY charge_date LIMIT 1",
        {"first": period.first},
    )
    if months:
        return f"{period_of(months[0]['month'])} has charges and is open: close it first"
    closed = closings(store)
    if closed and (follows := max(closed).next) < period:
        return f"{follows} follows the last closed month and is open: close it first"
    return ""


def checklist(store: Store, period: Period, *, now: datetime | None = None) -> tuple[Item, ...]:
    """Return what should be known before a month is closed. Reads every event once: for a person who closes."""
    with store.admitting:
        return tuple(_items(store, period, now or datetime.now(UTC)))


def _items(store: Store, period: Period, now: datetime) -> Iterator[Item]:
    within = {"start": period.start, "end": period.end}

    first = _first_open(store, period)
    yield _item("earlier months", Verdict.BLOCK, first, first, "every earlier month is closed")

    waiting = [day for day in dirty_days(store) if day < period.next.first]
    yield _item("rating", Verdict.BLOCK, waiting, f"{len(waiting)} days wait for rating", "every day is rated")

    unpriced = store.rows(unpriced_usage(table("charges"), **within))
    names = ", ".join(row["sku_id"] for row in unpriced[:3])
    found = f"{sum(row['event_count'] for row in unpriced):,} events of {len(unpriced)} SKUs have no price ({names})"
    yield _item("unpriced", Verdict.BLOCK, unpriced, found, "everything used has a price")

    default = [
        row
        for row in store.rows(attribution_coverage(table("charges"), **within))
        if row["attribution_rule"] == "default" and row["event_count"]
    ]
    ends = period.end + timedelta(hours=settings().reconciliation_hours)
    is_pending = now < ends
    events = sum(row["event_count"] for row in default)
    state = f"pending until {ends:%Y-%m-%d %H:%M} UTC" if is_pending else "unresolved"
    verdict = Verdict.BLOCK if is_pending else Verdict.WARN
    yield _item("unattributed", verdict, events, f"{events:,} events without an owner, {state}", "all have an owner")

    window = f"owners may be found until {ends:%Y-%m-%d %H:%M} UTC; later evidence becomes corrections"
    yield _item("reconciliation", Verdict.WARN, is_pending, window, "the window is over")

    held = sum(row["open_events"] for row in store.rows(quarantine_reasons(table("quarantine"))))
    text = f"{held:,} quarantined events are undecided; replayed later they become corrections"
    yield _item("quarantine", Verdict.WARN, held, text, "nothing waits")

    foreign = sorted(
        {row["billing_currency"] for row in store.rows(foreign_currency_costs(table("charges"), **within))}
    )
    text = f"costs in {', '.join(foreign)} are on no invoice: nothing converts them"
    yield _item("currency", Verdict.WARN, foreign, text, f"all costs are in {settings().currency}")

    broken = [check for check in checks(store) if check.status is Status.BROKEN]
    text = "; ".join(f"{check.name}: {check.detail}" for check in broken)
    yield _item("conservation", Verdict.BLOCK, broken, text, "nothing is lost or counted twice")


def _item(name: str, verdict: Verdict, found: object, detail: str, nothing: str) -> Item:
    return Item(name, verdict, detail) if found else Item(name, Verdict.OK, nothing)


def _freeze(store: Store, period: Period, items: Sequence[Item], *, by: str, reason: str) -> None:
    closing = uuid.uuid4()
    corrected = [one for one, _ in periods_to_correct(store, period)]
    with computed_lines(store, period) as name:
        # The engine's clock: what it has recorded until here is what the month was billed from.
        closed_at = store.scalar("SELECT now64(6, 'UTC')").replace(tzinfo=UTC)
        store.command(
            f"INSERT INTO billed_lines (closing_id, {_LINES}) SELECT {{closing:UUID}}, {_LINES} FROM {name}",
            {"closing": str(closing)},
            {"max_partitions_per_insert_block": 0},
        )
    pins = _pins(store, period, corrected)
    shared = {"closing_id": closing, "billing_period": period.first, "closed_at": closed_at, "closed_by": by}
    store.insert_rows("pinned_generations", [{**shared, **pin} for pin in pins])
    said = json.dumps([asdict(item) for item in items])
    store.insert_rows("closings", [{**shared, "currency": settings().currency, "checklist": said, "reason": reason}])


def _pins(store: Store, period: Period, corrected: Sequence[Period]) -> list[dict[str, Any]]:
    newest = {
        row["charge_date"]: int(row["generation"])
        for row in store.rows("SELECT charge_date, max(generation) AS generation FROM charge_generations GROUP BY 1")
    }
    billed = {
        row["charge_date"]: int(row["billed"])
        for row in store.rows(
            "SELECT charge_date, argMax(generation, closed_at) AS billed FROM period_closings GROUP BY charge_date"
        )
    }
    pins = [{"charge_date": day, "generation": newest.get(day, 0), "kind": "close"} for day in period.days]
    for one in corrected:
        changed = [day for day in one.days if newest.get(day, 0) != billed.get(day, 0)]
        pins += [{"charge_date": day, "generation": newest[day], "kind": "corrected"} for day in changed]
    return pins


def _held(store: Store, period: Period, *, is_new: bool = False) -> Closing:
    row = store.rows(
        "SELECT checklist, reason, closed_at, closed_by FROM closings WHERE billing_period = {period:Date} "
        "ORDER BY closed_at LIMIT 1",
        {"period": period.first},
    )[0]
    items = tuple(Item(one["name"], Verdict(one["verdict"]), one["detail"]) for one in json.loads(row["checklist"]))
    return Closing(
        period=period,
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
        reason=row["reason"],
        is_new=is_new,
        checklist=items,
    )
