"""What a trace is about: whatever one box was given, as far as the viewer may see it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from billing.allocation import bases_in_use
from billing.period import Period, parse_period, period_of
from metrics.lines import LINE_KEY
from queries.borne_shares import borne_shares
from queries.event_places import event_places
from queries.lines_by_id import lines_by_id
from queries.traced import CHARGED
from queries.traced_charges import traced_charges
from queries.traced_days import traced_days
from queries.traced_event_totals import traced_event_totals
from queries.traced_events import traced_events
from queries.traced_totals import traced_totals
from ui.invoices import Bill, bills, is_closed, lines_of, months
from ui.scope import is_of
from ui.session import Everyones, ask, store
from ui.viewer import Viewer

_LINE_ID = re.compile(r"[0-9A-F]{32}")
_NUMBER = re.compile(r"[A-Z]+-(\d{4}-\d{2})-\d+")
_INVOICE_ID = re.compile(r".+/(\d{4}-\d{2})")
_INPUTS = ("leases", "ownerships", "apps", "teams", "environments", "prices")
_KINDS = {"app_id": "App", "sku_id": "SKU", "resource_id": "Resource"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What is traced. Either an invoice with its lines, or charges: of a line, or of a month and a few names."""

    kind: str
    name: str
    month: Period
    start: datetime
    end: datetime
    where: Mapping[str, list[str]]
    line: Mapping[str, Any] | None = None
    pinned: bool = False
    bill: Bill | None = None
    event_id: str | None = None

    @property
    def is_shared(self) -> bool:
        """Whether it is a share of a cost that other apps bear too."""
        return self.line is not None and self.line["line_kind"] == "allocated"

    @property
    def has_charges(self) -> bool:
        """Whether charges sum to it: fees, allowances and corrections are made of other lines."""
        return self.line is None or (self.line["line_kind"] in CHARGED and not self.line["corrects_period"])

    @property
    def amount(self) -> Decimal | None:
        """The exact amount of a line."""
        return self.line["amount"] if self.line else None

    def at(self, charge: str | None) -> Trail:
        """Return the trail of one of its charges, written ``2026-11-03T10|resource|SKU``; itself without one."""
        if not charge or charge.count("|") != 2:
            return self
        hour, resource, sku = charge.split("|")
        try:
            start = datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)
        except ValueError:
            return self
        where = {**self.where, "resource_id": [resource], "sku_id": [sku]}
        return replace(self, start=start, end=start + timedelta(hours=1), where=where)

    def totals(self) -> dict[str, Any]:
        """Return what its charges add up to."""
        return self._ask(traced_totals).to_pylist()[0]

    def charges(self, limit: int) -> Any:
        """Return its charges, the costliest first."""
        return self._ask(traced_charges, limit=limit)

    def days(self) -> Any:
        """Return its cost by day."""
        return self._ask(traced_days)

    def events(self, limit: int) -> Any:
        """Return the raw events behind its charges, the costliest first."""
        return ask(traced_events, *self._tables(), limit=limit, event_id=self.event_id, **self._options())

    def event_totals(self) -> dict[str, Any]:
        """Return what all raw events behind its charges add up to."""
        return ask(traced_event_totals, *self._tables(), **self._options()).to_pylist()[0]

    def shares(self) -> Any:
        """Return how each part of a shared cost was found. The line is the viewer's; no other app's share is shown."""
        tables = [Everyones(name) for name in ("charges", "lifecycle", "apps", "teams", "allocation_rules")]
        inside = {"start": self.month.start, "end": self.month.end, "bases": bases_in_use(store())}
        return ask(borne_shares, *tables, line=_plain(self.line or {}), **inside)

    def _ask(self, question: Any, **more: Any) -> Any:
        return ask(question, *self._charges(), **more, **self._options())

    def _tables(self) -> list[str]:
        charges, *closings = self._charges()
        return [Everyones("usage"), charges, *map(Everyones, _INPUTS), *closings]

    def _charges(self) -> list[str]:
        # A closing names no team: only the charges of the generations that it names are the viewer's or not.
        return ["rated_charges", Everyones("period_closings")] if self.pinned else ["charges"]

    def _options(self) -> dict[str, Any]:
        return {
            "start": self.start,
            "end": self.end,
            "where": self.where,
            "line": _plain(self.line) if self.line else None,
            "period": self.month.first if self.pinned else None,
        }


def find(viewer: Viewer, text: str, month: str) -> Trail | None:
    """Return what the text names, in ``month`` where it is an app, SKU or resource; None if the viewer sees no such."""
    if _LINE_ID.fullmatch(text):
        return _line(viewer, text)
    for form in (_NUMBER, _INVOICE_ID):
        if (named := form.fullmatch(text)) and (trail := _invoice(viewer, text, named[1])):
            return trail
    period = parse_period(month)
    for dimension, kind in _KINDS.items():
        trail = _of(kind, text, period, {dimension: [text]})
        if trail.totals()["charges"]:
            return trail
    return _event(text)


def _line(viewer: Viewer, line_id: str) -> Trail | None:
    rows = ask(lines_by_id, "invoice_lines", line_id=line_id).to_pylist()
    open_months = (month for month in months() if not is_closed(month))
    found = rows or [
        line
        for month in open_months
        for line in lines_of(month)
        if line["line_id"] == line_id and is_of(viewer, line["team_id"])
    ]
    if not found:
        return None
    line, period = found[0], Period(found[0]["billing_period"])
    return replace(_of("Line", line_id, period, {}), line=line, pinned=bool(rows))


def _invoice(viewer: Viewer, text: str, month: str) -> Trail | None:
    found = [bill for bill in bills(viewer, month) if text in (bill.name, bill.invoice_id)]
    return replace(_of("Invoice", text, parse_period(month), {}), bill=found[0]) if found else None


def _event(event_id: str) -> Trail | None:
    # Anybody's event is looked for; it is shown only if it is behind a charge of the viewer.
    for place in ask(event_places, Everyones("usage"), Everyones("platform_costs"), event_id=event_id).to_pylist():
        hour = place["hour"].replace(tzinfo=UTC)
        where = {"resource_id": [place["resource_id"]], "sku_id": [place["sku_id"]]}
        trail = replace(_of("Event", event_id, period_of(hour), where), start=hour, end=hour + timedelta(hours=1))
        trail = replace(trail, event_id=event_id)
        is_cost = place["sku_id"].startswith("platform_cost/")
        if trail.totals()["charges"] and (is_cost or trail.events(1).num_rows):
            return trail
    return None


def _of(kind: str, name: str, period: Period, where: Mapping[str, list[str]]) -> Trail:
    return Trail(kind=kind, name=name, month=period, start=period.start, end=period.end, where=where)


def _plain(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in LINE_KEY}
