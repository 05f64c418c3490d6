"""What an invoice says: typed, and as JSON that is the same bytes every time."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A sentence on how amounts came about; lines refer to it by its number."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line. ``list_amount = quantity x unit_price / pricing_block``; ``amount`` is in cents.

    Quantities are in ``unit``, unit prices per ``pricing_block`` of them; lines that share or agree on an amount have
    neither. A correction names the month and invoice it corrects; its figures are differences.
    """

    line_id: str
    line_kind: str
    charge_class: str | None
    corrects_period: str | None
    corrects_invoice: str | None
    team_id: str
    app_id: str
    environment: str
    service_name: str
    sku_id: str
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    pricing_block: int
    pricing_unit: str
    list_amount: Decimal
    exact_amount: Decimal
    amount: Decimal
    footnotes: tuple[int, ...]
    event_count: int
    event_digest: str
    audit_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Where a running month will end: see docs/invoices.md for the method."""

    as_of: datetime
    month_to_date: Decimal
    projected_total: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the cost center is charged the old way while the new one runs beside it."""

    basis: str
    amount: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What a cost center is shown (showback, shadow) or charged (chargeback) for a month. Lines sum to ``total``."""

    invoice_id: str
    number: str
    status: str
    mode: str
    cost_center: str
    cost_center_name: str
    billing_period: str
    period_start: date
    period_end: date
    currency: str
    lines: tuple[Line, ...]
    footnotes: tuple[Footnote, ...]
    exact_total: Decimal
    total: Decimal
    estimate: Estimate | None = None
    comparison: Comparison | None = None
    issued_at: datetime | None = None
    issued_by: str = ""


def as_plain(value: Any) -> Any:
    """Return a value as JSON holds it without loss: decimals as text, instants as ISO 8601 UTC."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        # Cents keep their zeros; of exact amounts those that say nothing go.
        places = -int(value.as_tuple().exponent)
        return text if places <= 2 else text.rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [as_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: as_plain(getattr(value, field.name)) for field in fields(value)}
    return value


def to_json(invoice: Invoice) -> str:
    """Return the document: keys sorted, decimals as text, one trailing newline."""
    return json.dumps(as_plain(invoice), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def from_json(document: str) -> dict[str, Any]:
    """Return what a document says, as it is written: decimals are still text."""
    said: dict[str, Any] = json.loads(document)
    return said
