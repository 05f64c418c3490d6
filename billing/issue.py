"""Issuing: a closed month's invoices get numbers and are frozen, byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from billing.documents import draft_invoices
from billing.invoice import Invoice, to_json
from billing.period import Period
from billing.period_lines import closings
from warehouse.connect import Store

PREFIX = "FA"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An issued invoice as it is kept. ``document`` is the invoice; everything exported is made from it alone."""

    invoice_id: str
    number: str
    cost_center: str
    billing_period: date
    mode: str
    currency: str
    total: Decimal
    exact_total: Decimal
    document: str
    document_digest: str
    issued_at: datetime
    issued_by: str


def issue(store: Store, period: Period, *, by: str, cost_center: str | None = None) -> list[Issued]:
    """Issue the invoices of a closed month that are not issued yet; return all of them, or the one asked for.

    Numbers have no gaps: FA-2026-11-0001 and on, in order of cost center as they are issued. Issuing twice changes
    nothing and returns the same bytes.

    Raises:
        ValueError: the month is not closed.
        KeyError: the cost center has no lines in it.

    """
    with store.writing:
        if period not in closings(store):
            raise ValueError(f"{period} is not closed; close it first: farthing invoice close --period {period}")
        held = {one.cost_center for one in issued(store, period)}
        if cost_center in held or (cost_center is None and _billed(store, period) <= held):
            return issued(store, period, cost_center=cost_center)  # without making every draft to find nothing new
        drafts = draft_invoices(store, period, cost_center=cost_center)
        if cost_center is not None and not drafts:
            raise KeyError(
                f"cost center {cost_center!r} has no lines in {period}; farthing invoice list --period {period}"
            )
        at = store.scalar("SELECT now64(6, 'UTC')").replace(tzinfo=UTC)
        new = [draft for draft in drafts if draft.cost_center not in held]
        rows = []
        for nth, draft in enumerate(new, start=len(held) + 1):
            number = f"{PREFIX}-{period}-{nth:04d}"
            rows.append(_row(replace(draft, number=number, status="issued", issued_at=at, issued_by=by), period))
        store.insert_rows("issued_invoices", rows)
        return issued(store, period, cost_center=cost_center)


def issued(store: Store, period: Period | None = None, *, cost_center: str | None = None) -> list[Issued]:
    """Return issued invoices, of one month and cost center or all, in order of number."""
    conditions: list[str] = ["1"]
    parameters: dict[str, date | str] = {}
    if period is not None:
        conditions.append("billing_period = {period:Date}")
        parameters["period"] = period.first
    if cost_center is not None:
        conditions.append("cost_center = {center:String}")
        parameters["center"] = cost_center
    names = ", ".join(Issued.__dataclass_fields__)
    rows = store.rows(
        f"SELECT {names} FROM invoices WHERE {' AND '.join(conditions)} ORDER BY billing_period, number", parameters
    )
    return [Issued(**row) for row in rows]


def find(store: Store, name: str) -> Issued:
    """Return an issued invoice by its number or id.

    Raises:
        KeyError: there is none of that name.

    """
    for one in issued(store):
        if name in (one.number, one.invoice_id):
            return one
    raise KeyError(f"no issued invoice {name!r}; farthing invoice list shows what there is")


def _billed(store: Store, period: Period) -> set[str]:
    rows = store.rows(
        "SELECT DISTINCT cost_center FROM invoice_lines WHERE billing_period = {period:Date}", {"period": period.first}
    )
    return {row["cost_center"] for row in rows}


def _row(invoice: Invoice, period: Period) -> dict[str, object]:
    document = to_json(invoice)
    return {
        "invoice_id": invoice.invoice_id,
        "number": invoice.number,
        "cost_center": invoice.cost_center,
        "billing_period": period.first,
        "mode": invoice.mode,
        "currency": invoice.currency,
        "total": invoice.total,
        "exact_total": invoice.exact_total,
        "document": document,
        "document_digest": hashlib.sha256(document.encode()).hexdigest(),
        "issued_at": invoice.issued_at,
        "issued_by": invoice.issued_by,
    }
