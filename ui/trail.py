"""What a trace is about: whatever one box was given, as far as the viewer may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from billing.allocation import bases_in_use
from billing.period import Period, parse_period, period_of
from metrics.lines import LINE_KEY
from metrics.methods import Method
from queries.borne_shares import borne_shares
from queries.borne_under import borne_under
from queries.event_places import event_places
from queries.lines_by_id import lines_by_id
from queries.repriced import repriced
from queries.traced import CHARGED, pool_names
from queries.traced_charges import traced_charges
from queries.traced_days import traced_days
from queries.traced_totals import traced_totals
from ui.events import changes_of, charges_say, costs_of, rate_rules, usage_of
from ui.inputs import FIRST_DAY, LAST_DAY
from ui.invoices import Bill, bills, closed, is_closed, lines_of, months
from ui.scope import is_of
from ui.session import Everyones, ask, store, then
from ui.viewer import Viewer

_LINE_ID = re.compile(r"[0-9A-F]{32}")
_NUMBER = re.compile(r"[A-Z]+-(\d{4}-\d{2})-\d+")
_INVOICE_ID = re.compile(r".+/(\d{4}-\d{2})")
_CHARGE = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2})\|([^|]*)\|(.+)")
_KINDS = {"app_id": "App", "resource_id": "Resource", "sku_id": "SKU"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What is traced. Either an invoice with its lines, or charges: of a line, or of a month and a few names.

    ``at`` is the closing that it was billed by: charges are those billed then, events and owners those known then; None
    is now. A correction has ``before``, the closing whose charges it corrects.
    """

    kind: str
    name: str
    month: Period
    start: datetime
    end: datetime
    where: Mapping[str, list[str]]
    line: Mapping[str, Any] | None = None
    at: datetime | None = None
    before: datetime | None = None
    bill: Bill | None = None
    event: str | None = None

    @property
    def is_shared(self) -> bool:
        """Whether it is a share of a cost that other apps bear too."""
        return self.line is not None and self.line["line_kind"] == "allocated"

    @property
    def has_charges(self) -> bool:
        """Whether charges sum to it: fees, allowances and tiers are made of other lines."""
        return self.line is None or self.line["line_kind"] in CHARGED

    @property
    def is_correction(self) -> bool:
        """Whether it is what changed since a month was closed."""
        return self.before is not None

    @property
    def amount(self) -> Decimal | None:
        """The exact amount of a line."""
        return self.line["amount"] if self.line else None

    def was(self) -> Trail:
        """Return what a correction corrects: the same charges as they had been billed before."""
        return replace(self, at=self.before, before=None)

    def of_charge(self, charge: str | None) -> Trail:
        """Return the trail of one of its charges, written ``2026-11-03T10|resource|SKU``; itself without one."""
        found = _CHARGE.fullmatch(charge or "")
        if found is None or (start := _hour(found[1])) is None:
            return self
        where = {**self.where, "resource_id": [found[2]], "sku_id": [found[3]]}
        return replace(self, start=start, end=start + timedelta(hours=1), where=where)

    def totals(self) -> dict[str, Any]:
        """Return what its charges add up to."""
        return self._asked(traced_totals).to_pylist()[0]

    def charges(self, limit: int) -> pa.Table:
        """Return its charges, the costliest first."""
        return self._asked(traced_charges, limit=limit)

    def over_time(self, grain: str) -> pa.Table:
        """Return its cost by day or hour."""
        return self._asked(traced_days, grain=grain)

    def events(self, limit: int) -> pa.Table:
        """Return the raw usage events behind its charges at what they cost, the costliest first."""
        return usage_of(at=self.at, event=self.event, limit=limit, **self.options)

    def costs(self, limit: int, shares: pa.Table | None = None) -> pa.Table:
        """Return the platform costs behind its charges as reported, the costliest first; of ``shares`` their pools'.

        Those of a shared line's pools are nobody's: there are none for one who sees some teams only.
        """
        options = self.options
        if shares is not None:
            options = {**options, "line": {**(options["line"] or {}), "pools": pool_names(shares.to_pylist())}}
        return costs_of(at=self.at, event=self.event, limit=limit, **options)

    def changed_events(self, limit: int) -> pa.Table:
        """Return the events that a correction is made of: those that cost another amount than before, or came late."""
        return changes_of(at=self.at, before=self.before, limit=limit, **self.options)

    def shares(self) -> pa.Table:
        """Return how each part of a shared cost was found. The line is the viewer's; no other app's share is shown."""
        inside = {"start": self.start, "end": self.end, "bases": bases_in_use(store())}
        return ask(borne_shares, *self._shared(), line=plain(self.line or {}), **inside)

    def repriced(self, prices_as_of: datetime) -> pa.Table:
        """Return what its charges would cost under the price book of a moment, SKU by SKU."""
        held = {"prices_as_of": prices_as_of, "rate_rules": rate_rules(self.at)}
        return ask(repriced, then("charges", self.at), "prices", **held, **self.options)

    def borne_under(self, viewer: Viewer, method: Method) -> pa.Table:
        """Return what its app, or what the line's app, would bear of shared costs under another rule."""
        named = [self.line["app_id"]] if self.line else self.where.get("app_id", [])
        owner = {"team_ids": None if viewer.sees_all_teams else sorted(viewer.team_ids)}
        if self.line:
            owner |= {"line": plain(self.line)}
        inside = {"start": self.start, "end": self.end, "bases": bases_in_use(store(), [method])}
        return ask(borne_under, *self._shared(), app_id=named[0], method=str(method), **owner, **inside)

    @property
    def options(self) -> dict[str, Any]:
        """What every question about its charges is asked with."""
        line = plain(self.line) if self.line else None
        return {"start": self.start, "end": self.end, "where": self.where, "line": line}

    def _asked(self, question: Callable[..., ir.Table], **options: Any) -> pa.Table:
        return charges_say(question, at=self.at, **self.options, **options)

    def _shared(self) -> list[str]:
        # The rules of a closed month are for good those known when it was closed.
        known = closed().get(period_of(self.start))
        inputs = [then(name, self.at, is_whole=True) for name in ("charges", "lifecycle", "apps", "teams")]
        return [*inputs, then("allocation_rules", known, is_whole=True)]


def find(viewer: Viewer, text: str, month: str) -> Trail | None:
    """Return what the text names, in ``month`` where it is an app, SKU or resource; None if the viewer sees no such.

    What only looks like an invoice or a charge may still be the name of something else.
    """
    if _LINE_ID.fullmatch(text):
        return _line(viewer, text)
    for form in (_NUMBER, _INVOICE_ID):
        if (named := form.fullmatch(text)) and named[1] in months() and (trail := _invoice(viewer, text, named[1])):
            return trail
    if (named := _CHARGE.fullmatch(text)) and (hour := _hour(named[1])):
        trail = _of("Charge", text, period_of(hour), {}).of_charge(text)
        if trail.totals()["charges"]:
            return trail
    period = parse_period(month)
    for dimension, kind in _KINDS.items():
        trail = _of(kind, text, period, {dimension: [text]})
        if trail.totals()["charges"]:
            return trail
    if trail := _event(text):
        return trail
    # A line's id may be typed in lower case; so are the ids of many events, which come first.
    return _line(viewer, text.upper()) if _LINE_ID.fullmatch(text.upper()) else None


def plain(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return what tells a line from others."""
    return {name: line[name] for name in LINE_KEY}


def line_of(trail: Trail, viewer: Viewer) -> Mapping[str, Any] | None:
    """Return the invoice line that bills the charges of a trail, if it is one line and the viewer sees it."""
    if trail.line is not None or trail.kind not in ("Charge", "Event"):
        return None
    (*charges,) = trail.charges(2).to_pylist()
    if len(charges) != 1:
        return None
    (charge,) = charges
    of_charge = {**charge, "unit": charge["consumed_unit"]}
    of_charge["attribution_rule_is_default"] = charge["attribution_rule"] == "default"
    same = [name for name in LINE_KEY if name in of_charge]
    for line in lines_of(str(trail.month)):
        is_own = line["line_kind"] in CHARGED and not line["corrects_period"]
        if is_own and all(line[name] == of_charge[name] for name in same):
            return line if is_of(viewer, line["team_id"]) else None
    return None


def billed_lines(line: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the lines that had billed a correction's month before it, of the same key."""
    same = {"line_key": line["line_key"], "of_month": line["corrects_period"]}
    rows = ask(lines_by_id, "invoice_lines", **same).to_pylist()
    return [row for row in rows if row["billing_period"] < line["billing_period"]]


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
    trail = replace(_of("Line", line_id, period, {}), line=line)
    if not line["corrects_period"]:
        return trail
    corrected = Period(line["corrects_period"])
    before = max(at for at in closed().values() if trail.at is None or at < trail.at)
    return replace(trail, start=corrected.start, end=corrected.end, before=before)


def _invoice(viewer: Viewer, text: str, month: str) -> Trail | None:
    found = [bill for bill in bills(viewer, month) if text in (bill.name, bill.invoice_id)]
    return replace(_of("Invoice", text, parse_period(month), {}), bill=found[0]) if found else None


def _event(event: str) -> Trail | None:
    # Anybody's event is looked for; it is shown only if it is behind a charge of the viewer.
    for place in ask(event_places, Everyones("usage"), Everyones("platform_costs"), event=event).to_pylist():
        hour = place["hour"].replace(tzinfo=UTC)
        where = {"resource_id": [place["resource_id"]], "sku_id": [place["sku_id"]]}
        trail = replace(_of("Event", event, period_of(hour), where), start=hour, end=hour + timedelta(hours=1))
        trail = replace(trail, event=event)
        # What came after its month was closed is behind today's charges only.
        for found in (trail, replace(trail, at=None)) if trail.at else (trail,):
            if found.totals()["charges"] and (found.events(1).num_rows or found.costs(1).num_rows):
                return found
    return None


def _hour(text: str) -> datetime | None:
    try:
        hour = datetime.strptime(text, "%Y-%m-%dT%H").replace(tzinfo=UTC)
    except ValueError:
        return None
    return hour if FIRST_DAY <= hour.date() <= LAST_DAY else None


def _of(kind: str, name: str, period: Period, where: Mapping[str, list[str]]) -> Trail:
    at = closed().get(period)
    return Trail(kind=kind, name=name, month=period, start=period.start, end=period.end, where=where, at=at)
