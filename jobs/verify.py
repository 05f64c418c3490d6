"""Is an issued invoice still what its raw events say? Billed again as everything was known then, line by line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.invoice import from_json
from billing.issue import Issued
from billing.period import Period, parse_period
from billing.period_lines import closings, recomputed_lines
from jobs.dirty import events_by_day
from jobs.events_behind import changed_events, lost_events, strange_events
from jobs.replay import replayed
from warehouse.connect import Store
from warehouse.known import instant_sql, known_sql, stored_sql

_FACTS = ("apps", "teams", "commitments", "rate_rules")  # count as they were known, like events
_SUMS = ("amount", "quantity", "event_count", "event_digest")
_MOST_DAYS = 5  # named of a batch that has lost events


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that differs: on which line (empty for the whole invoice), what, and in words."""

    line_id: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was compared and what differs."""

    number: str
    lines: int
    events: int
    findings: tuple[Finding, ...]
    days_without_events: tuple[date, ...]

    @property
    def is_equal(self) -> bool:
        """Whether everything was recomputed and nothing differs."""
        return not self.findings and not self.days_without_events

    @property
    def summary(self) -> str:
        """The result in one sentence."""
        if self.days_without_events:
            first, last = self.days_without_events[0], self.days_without_events[-1]
            return (
                f"{self.number}: raw events of {len(self.days_without_events)} days ({first} to {last}) are no longer "
                f"kept, so it cannot be recomputed; {len(self.findings)} differences in what is"
            )
        if self.findings:
            return f"{self.number}: {len(self.findings)} differences in {self.lines} lines"
        return f"{self.number}: equal; {self.lines} lines recomputed from {self.events:,} raw events"


def verify(store: Store, invoice: Issued) -> Verification:
    """Recompute an issued invoice from raw events and compare amounts, quantities, event counts and digests.

    Events and histories count as they were known when the month was closed (``jobs.replay``), so what arrived or was
    re-owned later makes no difference here: it is on a later invoice as a correction. Differing events are named.
    """
    return verify_all(store, [invoice])[0]


def verify_all(store: Store, invoices: Sequence[Issued]) -> list[Verification]:
    """Verify several invoices: a month is billed again once for all of them."""
    with store.writing:
        said = {invoice.number: from_json(invoice.document) for invoice in invoices}
        findings = {invoice.number: list(_document(store, invoice, said[invoice.number])) for invoice in invoices}
        gone: dict[str, list[date]] = {invoice.number: [] for invoice in invoices}
        of_month: dict[tuple[Period, Period], list[Issued]] = {}
        for invoice in invoices:
            for month in _months(invoice, said[invoice.number]):
                of_month.setdefault((Period(invoice.billing_period), month), []).append(invoice)
        for (period, month), some in sorted(of_month.items(), key=lambda one: one[0]):
            at = closings(store)[period]
            missing = _days_without_events(store, month)
            differing = _lines(store, month, some, at)
            named = list(_events(store, month, at)) if differing else []
            for invoice in some:
                gone[invoice.number] += missing
                if own := differing.get(invoice.cost_center):
                    findings[invoice.number] += [*own, *named]
    return [
        Verification(
            number=number,
            lines=len(one["lines"]),
            events=sum(line["event_count"] for line in one["lines"] if line["line_kind"] in ("usage", "direct")),
            findings=tuple(findings[number]),
            days_without_events=tuple(gone[number]),
        )
        for number, one in said.items()
    ]


def _months(invoice: Issued, said: Mapping[str, Any]) -> list[Period]:
    """The month that an invoice bills, and those that it corrects."""
    corrected = {line["corrects_period"] for line in said["lines"] if line["corrects_period"]}
    return sorted({Period(invoice.billing_period), *map(parse_period, corrected)})


def _document(store: Store, invoice: Issued, said: dict[str, Any]) -> Iterator[Finding]:
    """The frozen document against its own digest, its total, and the lines that the closing stored."""
    if hashlib.sha256(invoice.document.encode()).hexdigest() != invoice.document_digest:
        yield Finding("", "document", "the stored document is not the one that was issued: its digest differs")
    if sum(Decimal(line["amount"]) for line in said["lines"]) != invoice.total:
        yield Finding("", "total", f"the lines do not sum to {invoice.total}")
    held = {
        row["line_id"]: row
        for row in store.rows(
            "SELECT line_id, amount, event_count, lower(leftPad(hex(event_digest), 32, '0')) AS event_digest "
            "FROM invoice_lines WHERE invoice_id = {invoice:String}",
            {"invoice": invoice.invoice_id},
        )
    }
    for line in said["lines"]:
        row = held.pop(line["line_id"], None)
        if row is None:
            yield Finding(line["line_id"], "line", "the closing stored no such line")
        elif (row["amount"], row["event_count"], row["event_digest"]) != (
            Decimal(line["exact_amount"]),
            line["event_count"],
            line["event_digest"],
        ):
            yield Finding(line["line_id"], "line", "the document and the stored line differ")
    for line_id in sorted(held):
        yield Finding(line_id, "line", "the stored line is not in the document")


def _lines(store: Store, month: Period, invoices: Sequence[Issued], at: datetime) -> dict[str, list[Finding]]:
    """What a month billed up to a closing, corrections included, against the same recomputed from raw events.

    By cost center, those of ``invoices``; one without differences is left out.
    """
    closed_at = closings(store)[month]
    events = events_by_day(store)
    days = [day for day in month.days if day in events]
    with replayed(store, days, at=at) as charges:
        defined = ", ".join(
            (
                f"charges AS (SELECT * FROM {charges})",
                f"daily_charges AS (SELECT * FROM {charges})",
                f"lifecycle AS (SELECT * FROM lifecycle_events FINAL WHERE {stored_sql(at)})",
                *(f"{name} AS (SELECT * FROM {known_sql(name, at)})" for name in _FACTS),
            )
        )
        with recomputed_lines(store, month, closed_at=closed_at, defined=defined) as name:
            sums = ", ".join(f"sum({column}) AS {column}" for column in _SUMS)
            of_center = "cost_center IN {centers:Array(String)}"
            rows = store.rows(
                f"""
                SELECT cost_center, line_key, any(said) AS said, sum(amount * sign) AS amount,
                    sum(quantity * sign) AS quantity, sum(event_count * sign) AS events,
                    groupBitXor(event_digest) AS digests
                FROM
                (
                    SELECT cost_center, line_key, concat(app_id, ' ', sku_id) AS said, {sums}, 1 AS sign FROM {name}
                    WHERE {of_center} GROUP BY cost_center, line_key, said
                    UNION ALL
                    SELECT cost_center, line_key, concat(app_id, ' ', sku_id) AS said, {sums}, -1 AS sign
                    FROM invoice_lines WHERE {of_center} AND coalesce(corrects_period, billing_period) = {{month:Date}}
                    AND closing_id IN (SELECT closing_id FROM closings WHERE closed_at <= {instant_sql(at)})
                    GROUP BY cost_center, line_key, said
                )
                GROUP BY cost_center, line_key
                HAVING amount != 0 OR quantity != 0 OR events != 0 OR digests != 0
                ORDER BY said, line_key
                """,
                {"centers": [one.cost_center for one in invoices], "month": month.first},
            )
    named = _line_ids(store, invoices) if rows else {}
    found: dict[str, list[Finding]] = {}
    for row in rows:
        parts = [f"amount {row['amount']:+f}".rstrip("0")] if row["amount"] else []
        parts += [f"{row['events']:+d} events"] if row["events"] else []
        parts += [f"quantity {row['quantity'].normalize():+f}"] if row["quantity"] else []
        detail = f"{row['said'].strip()}, {month}: raw events say {', '.join(parts) or 'other events'}"
        line_id = named.get((row["cost_center"], row["line_key"]), "")
        found.setdefault(row["cost_center"], []).append(Finding(line_id, "recomputed", detail))
    return found


def _line_ids(store: Store, invoices: Sequence[Issued]) -> dict[tuple[str, str], str]:
    rows = store.rows(
        "SELECT cost_center, line_key, min(line_id) AS line_id FROM invoice_lines "
        "WHERE invoice_id IN {ids:Array(String)} GROUP BY cost_center, line_key",
        {"ids": [one.invoice_id for one in invoices]},
    )
    return {(row["cost_center"], row["line_key"]): row["line_id"] for row in rows}


def _days_without_events(store: Store, month: Period) -> list[date]:
    received = {day for day, events in events_by_day(store).items() if events and day in set(month.days)}
    parameters = {"first": month.first, "last": month.next.first}
    held = {
        row["day"]
        for events in ("usage_events", "platform_cost_events")
        for row in store.rows(
            f"SELECT DISTINCT toDate(time) AS day FROM {events} WHERE time >= {{first:Date}} AND time < {{last:Date}}",
            parameters,
        )
    }
    return sorted(received - held)


def _events(store: Store, month: Period, at: datetime) -> Iterator[Finding]:
    for row in changed_events(store, month):
        yield Finding("", "changed event", _named(row))
    with store.admitting:  # of a batch on its way the events come before their identities
        strange = strange_events(store, month)
    for row in strange:
        yield Finding("", "event from nowhere", _named(row))
    for row in lost_events(store, month, at):
        days = ", ".join(map(str, row["days"][:_MOST_DAYS])) + (", ..." if len(row["days"]) > _MOST_DAYS else "")
        yield Finding(
            "",
            "lost events",
            f"{row['lost']} of the {row['accepted']} events of {row['origin']}, "
            f"taken {row['at']:%Y-%m-%d %H:%M}, on {days}",
        )


def _named(row: Mapping[str, Any]) -> str:
    kind = row["meter"] or row["event_type"]
    return f"{row['source']} {row['event_id']} {kind} at {row['time']:%Y-%m-%d %H:%M:%S}"
