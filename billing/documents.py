"""Invoices made of lines: rounded, numbered footnotes, compared with the old way where a center is in shadow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from billing.footnotes import Footnotes, Sayings, sayings
from billing.invoice import Comparison, Invoice, Line
from billing.period import Period, period_of
from billing.period_lines import closings, period_lines
from billing.rounding import CENT, exact_sum, rounded_lines, rounded_total
from config.settings import settings
from warehouse.connect import Store

SHOWBACK, SHADOW = "showback", "shadow"
# Lines in the order in which people read them: what was used, what was shared, what was agreed.
_ORDER = ("usage", "direct", "commitment", "unused_commitment", "allocated", "fee", "allowance", "tier")


@dataclass(frozen=True, slots=True)
class _Center:
    """What the registry says of a cost center at the end of a month."""

    name: str
    mode: str


def draft_invoices(store: Store, period: Period, *, cost_center: str | None = None) -> list[Invoice]:
    """Return the invoices of a month as they stand, of one cost center or all that have lines.

    Open months are computed from the charges of this moment, closed ones from the lines they were closed with.
    """
    status = "closed" if period in closings(store) else "draft"
    lines = period_lines(store, period, cost_center=cost_center)
    return made_of(store, period, lines, status=status)


def made_of(store: Store, period: Period, lines: Sequence[Mapping[str, Any]], *, status: str) -> list[Invoice]:
    """Return one invoice per cost center that ``lines`` name, in their order."""
    said, centers = sayings(store), _centers(store, period.end)
    invoices = []
    for cost_center, rows in groupby(lines, key=lambda line: line["cost_center"]):
        center = centers.get(cost_center, _Center(cost_center, SHOWBACK))
        invoices.append(_invoice(store, period, cost_center, center, list(rows), said, status))
    return invoices


def _invoice(
    store: Store,
    period: Period,
    cost_center: str,
    center: _Center,
    rows: list[Mapping[str, Any]],
    said: Sayings,
    status: str,
) -> Invoice:
    exact = {row["line_id"]: row["amount"] for row in rows}
    cents, total = rounded_lines(exact), rounded_total(exact)
    notes = Footnotes()
    lines = tuple(_line(row, cents[row["line_id"]], said, notes) for row in sorted(rows, key=_reading_order))
    return Invoice(
        invoice_id=f"{cost_center}/{period}",
        number="",
        status=status,
        mode=center.mode,
        cost_center=cost_center,
        cost_center_name=center.name,
        billing_period=str(period),
        period_start=period.first,
        period_end=period.next.first,
        currency=settings().currency,
        lines=lines,
        footnotes=notes.listed(),
        exact_total=exact_sum(exact),
        total=total,
        comparison=_comparison(store, period, cost_center, total) if center.mode == SHADOW else None,
    )


def _line(row: Mapping[str, Any], cents: Decimal, said: Sayings, notes: Footnotes) -> Line:
    corrects = period_of(row["corrects_period"]) if row["corrects_period"] else None
    digest = f"{int.from_bytes(row['event_digest'], 'little'):032x}"
    return Line(
        line_id=row["line_id"],
        line_kind=row["line_kind"],
        charge_class=row["charge_class"],
        corrects_period=str(corrects) if corrects else None,
        corrects_invoice=said.numbers.get((row["cost_center"], corrects)) if corrects else None,
        team_id=row["team_id"],
        app_id=row["app_id"],
        environment=row["environment"],
        service_name=row["service_name"],
        sku_id=row["sku_id"],
        quantity=row["quantity"] if row["unit"] else None,
        unit=row["unit"],
        unit_price=row["list_unit_price"] if row["unit"] else None,
        pricing_block=row["pricing_block"],
        pricing_unit=row["pricing_unit"],
        list_amount=row["list_cost"],
        exact_amount=row["amount"],
        amount=cents,
        footnotes=tuple(notes.number(kind, text) for kind, text in said.of_line(row)),
        event_count=row["event_count"],
        event_digest=digest,
        audit_key=f"{row['line_id']}-{row['event_count']}-{digest}",
    )


def _reading_order(row: Mapping[str, Any]) -> tuple[Any, ...]:
    kind = _ORDER.index(row["line_kind"]) if row["line_kind"] in _ORDER else len(_ORDER)
    corrects = row["corrects_period"].isoformat() if row["corrects_period"] else ""
    return (corrects, row["team_id"], row["app_id"], kind, row["sku_id"], row["environment"], row["line_id"])


def _comparison(store: Store, period: Period, cost_center: str, total: Decimal) -> Comparison | None:
    """In shadow the old way goes on: what it charged, or else the month before, stands beside the new total."""
    rows = store.rows(
        "SELECT amount FROM tariffs WHERE kind = 'parallel' AND cost_center = {center:String} "
        "AND valid_from <= {at:DateTime64(3)} AND valid_to > {at:DateTime64(3)} ORDER BY tariff_id LIMIT 1",
        {"center": cost_center, "at": period.start.replace(tzinfo=None)},
    )
    if rows:
        old = rows[0]["amount"].quantize(CENT)
        return Comparison(basis="old way", amount=old, difference=total - old)
    lines = period_lines(store, period.previous, cost_center=cost_center)
    before = rounded_total({line["line_id"]: line["amount"] for line in lines})
    return Comparison(basis=f"month before ({period.previous})", amount=before, difference=total - before)


def _centers(store: Store, at: datetime) -> dict[str, _Center]:
    rows: Iterable[Mapping[str, Any]] = store.rows(
        "SELECT cost_center, cost_center_name, mode FROM cost_centers "
        "WHERE valid_from < {at:DateTime64(3)} AND valid_to >= {at:DateTime64(3)}",
        {"at": at.replace(tzinfo=None)},
    )
    return {
        row["cost_center"]: _Center(row["cost_center_name"] or row["cost_center"], row["mode"] or SHOWBACK)
        for row in rows
    }
