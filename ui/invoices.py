"""Invoices as the viewer may see them: whole ones, or the lines of the own teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from billing.documents import made_of
from billing.estimate import estimated
from billing.invoice import as_plain, from_json
from billing.issue import issued
from billing.line_changes import line_changes
from billing.period import Period, parse_period
from billing.period_lines import closings, period_lines
from queries.charged_period import charged_period
from ui.inputs import as_of
from ui.scope import is_of
from ui.session import ask, once, store
from ui.viewer import Viewer

# What a line is made of: when none of it changed, neither did an invoice.
READ = ("charges", "lifecycle", "allocation_rules", "invoices")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice of a month. ``total`` sums the lines that the viewer sees: all of them if ``is_whole``."""

    said: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...]
    is_whole: bool
    total: Decimal

    @property
    def name(self) -> str:
        return self.said["number"] or self.said["invoice_id"]

    @property
    def invoice_id(self) -> str:
        return str(self.said["invoice_id"])

    @property
    def is_issued(self) -> bool:
        return bool(self.said["status"] == "issued")


def months() -> list[str]:
    """Return the months from the viewer's first charge on, the newest first: 2026-11.

    After a closed month there is always the next one: corrections wait there before anything is charged in it.
    """
    charged = ask(charged_period, "daily_charges").to_pylist()[0]
    if not charged["charges"]:
        return []
    first, month = Period(charged["first_start"].date().replace(day=1)), Period(as_of().date().replace(day=1))
    if closed():
        month = max(month, max(closed()).next)
    found = []
    while month >= first:
        found.append(str(month))
        month = month.previous
    return found


def bills(viewer: Viewer, month: str) -> list[Bill]:
    """Return the invoices of a month, the largest first; for a lead those with lines of the own teams."""
    seen = [_seen_by(viewer, said) for said in _documents(month)]
    return sorted((bill for bill in seen if bill.lines), key=lambda bill: (-bill.total, bill.invoice_id))


def lines_of(month: str) -> list[dict[str, Any]]:
    """Return every line of a month with its whole key. Nobody's view: scope it."""
    lines: list[dict[str, Any]] = once(f"lines/{month}", READ, lambda: period_lines(store(), parse_period(month)))
    return lines


def is_closed(month: str) -> bool:
    """Return whether a month is closed."""
    return parse_period(month) in closed()


def closed() -> dict[Period, datetime]:
    """Return the closed months and when each was closed."""
    found: dict[Period, datetime] = once("closings", READ, lambda: closings(store()))
    return found


def listed(held: list[Bill], before: list[Bill], *, is_all: bool) -> pa.Table:
    """Return invoices as rows, each beside the same cost center's of the month before.

    If they are all of the month (``is_all``), cost centers that have none any more follow with 0: columns sum to both.
    """
    past = {bill.said["cost_center"]: bill for bill in before}
    rows = []
    for bill in held:
        said, was = bill.said, past.pop(bill.said["cost_center"], None)
        previous = was.total if was else _NOTHING
        estimate = said["estimate"] if bill.is_whole else None
        rows.append(
            {
                "invoice": bill.name,
                "cost_center": said["cost_center_name"],
                "status": said["status"],
                "mode": said["mode"],
                "total": bill.total,
                "previous": previous,
                "change": bill.total - previous,
                "projected": Decimal(estimate["projected_total"]) if estimate else None,
                "lines": len(bill.lines),
            }
        )
    gone = {"invoice": "", "status": "gone", "total": _NOTHING, "projected": None, "lines": 0}
    for bill in past.values() if is_all else ():
        named = {"cost_center": bill.said["cost_center_name"], "mode": bill.said["mode"]}
        rows.append({**gone, **named, "previous": bill.total, "change": -bill.total})
    return pa.Table.from_pylist(rows, schema=_LIST)


def line_rows(bill: Bill, before: Bill | None) -> pa.Table:
    """Return an invoice's lines as rows, exact and rounded, each beside its own of the month before; the largest first.

    A line that is gone is a row of 0. Amounts, previous ones and changes sum to the totals of both invoices.
    """
    said = {"notes": _notes(bill), "notes_before": _notes(before)}
    rows = []
    for row in line_changes(bill.lines, before.lines if before else (), **said):
        line = row.line or {**row.either, **_GONE}
        rows.append(
            {
                **{name: line[name] for name in _TEXTS},
                **{name: _decimal(line[name]) for name in _EXACT},
                "kind": _kind(line),
                "per": _block(line),
                "previous": row.previous,
                "change": row.change,
                "why": row.why,
                "notes": " ".join(f"[{number}]" for number in line["footnotes"]),
                "event_count": line["event_count"],
            }
        )
    return pa.Table.from_pylist(rows, schema=_LINES)


def changes(bill: Bill, before: Bill | None, *, named: int = 5) -> pa.Table:
    """Return the steps from last month's total to this one's: the apps that changed most, and all the others.

    Grain: one row per step in order; the first and the last are totals.
    """
    now, past = _by_app(bill), _by_app(before) if before else {}
    moves = {app: now.get(app, _NOTHING) - past.get(app, _NOTHING) for app in now | past}
    largest = sorted(moves, key=lambda app: (-abs(moves[app]), app))[:named]
    others = sum((amount for app, amount in moves.items() if app not in largest), _NOTHING)
    steps = [("before", before.total if before else _NOTHING, True)]
    steps += [(app or "(no app)", moves[app], False) for app in largest if moves[app]]
    steps += [("others", others, False)] if others else []
    steps.append(("now", bill.total, True))
    return pa.Table.from_pylist(
        [{"step": step, "amount": amount, "is_total": is_total} for step, amount, is_total in steps],
        schema=pa.schema([("step", pa.string()), ("amount", _MONEY), ("is_total", pa.bool_())]),
    )


def month_before(month: str) -> str:
    """Return the month before a month."""
    return str(parse_period(month).previous)


def projected(held: list[Bill]) -> Decimal | None:
    """Return where a running month will end, all invoices together; None of a month that is over, or for a lead."""
    ends = [bill.said["estimate"] for bill in held if bill.is_whole and bill.said["estimate"]]
    return sum((Decimal(one["projected_total"]) for one in ends), _NOTHING) if ends else None


def total_of(held: list[Bill]) -> Decimal:
    """Return what invoices come to."""
    return sum((bill.total for bill in held), _NOTHING)


def _documents(month: str) -> list[Mapping[str, Any]]:
    # An estimate looks from this hour.
    made: list[Mapping[str, Any]] = once(f"invoices/{month}/{as_of().isoformat()}", READ, lambda: _made(month))
    return made


def _made(month: str) -> list[Mapping[str, Any]]:
    period = parse_period(month)
    sent = {one.cost_center: from_json(one.document) for one in issued(store(), period)}
    status = "closed" if is_closed(month) else "draft"
    open_lines = [line for line in lines_of(month) if line["cost_center"] not in sent]
    drafts = estimated(store(), period, made_of(store(), period, open_lines, status=status), as_of=as_of())
    return [*sent.values(), *(as_plain(draft) for draft in drafts)]


def _seen_by(viewer: Viewer, said: Mapping[str, Any]) -> Bill:
    if viewer.sees_all_teams:
        return Bill(said=said, lines=tuple(said["lines"]), is_whole=True, total=Decimal(said["total"]))
    lines = tuple(line for line in said["lines"] if is_of(viewer, line["team_id"]))
    return Bill(
        said=said, lines=lines, is_whole=False, total=sum((Decimal(line["amount"]) for line in lines), _NOTHING)
    )


def _by_app(bill: Bill) -> dict[str, Decimal]:
    amounts: dict[str, Decimal] = {}
    for line in bill.lines:
        amounts[line["app_id"]] = amounts.get(line["app_id"], _NOTHING) + Decimal(line["amount"])
    return amounts


def _kind(line: Mapping[str, Any]) -> str:
    kind = str(line["line_kind"]).replace("_", " ")
    return f"{kind}, corrects {line['corrects_period']}" if line["corrects_period"] else kind


def _block(line: Mapping[str, Any]) -> str:
    if line["unit_price"] is None:
        return ""
    unit = str(line["pricing_unit"]).removeprefix(f"{line['pricing_block']} ") or line["unit"]
    return unit if line["pricing_block"] == 1 else f"{line['pricing_block']:,} {unit}"


def _notes(bill: Bill | None) -> dict[int, str]:
    return {note["number"]: note["text"] for note in bill.said["footnotes"]} if bill else {}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


_MONEY = pa.decimal128(38, 2)
_LIST = pa.schema(
    [
        *((name, pa.string()) for name in ("invoice", "cost_center", "status", "mode")),
        *((name, _MONEY) for name in ("total", "previous", "change", "projected")),
        ("lines", pa.int64()),
    ]
)
_TEXTS = ("team_id", "app_id", "environment", "service_name", "sku_id", "unit", "line_id", "audit_key")
_EXACT = ("quantity", "unit_price", "exact_amount", "amount")
# What is left of a line that is gone: what it was for, at which price.
_GONE = {"quantity": "0", "exact_amount": "0", "amount": "0", "footnotes": (), "event_count": 0, "audit_key": ""}
_LINES = pa.schema(
    [
        *((name, pa.string()) for name in ("kind", *_TEXTS, "per", "why", "notes")),
        ("quantity", pa.decimal128(38, 9)),
        ("unit_price", pa.decimal128(38, 12)),
        ("exact_amount", pa.decimal256(76, 21)),
        *((name, _MONEY) for name in ("amount", "previous", "change")),
        ("event_count", pa.int64()),
    ]
)
