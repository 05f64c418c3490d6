"""The invoice as CSV: one row a line, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Any

from billing.invoice import from_json
from metrics.spreadsheets import harmless

_HEAD = ("number", "invoice_id", "cost_center", "billing_period", "mode", "currency")
_LINE = (
    "line_id",
    "line_kind",
    "charge_class",
    "corrects_period",
    "corrects_invoice",
    "team_id",
    "app_id",
    "environment",
    "service_name",
    "sku_id",
    "quantity",
    "unit",
    "unit_price",
    "pricing_block",
    "pricing_unit",
    "list_amount",
    "exact_amount",
    "amount",
    "footnotes",
    "event_count",
    "event_digest",
    "audit_key",
)
_NUMBERS = frozenset(
    {"quantity", "unit_price", "pricing_block", "list_amount", "exact_amount", "amount", "event_count"}
)


def export(document: str) -> bytes:
    """Return the lines as UTF-8 CSV (RFC 4180); text that looks like a formula is quoted by '."""
    said = from_json(document)
    notes = {note["number"]: note["text"] for note in said["footnotes"]}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*_HEAD, *_LINE])
    for line in said["lines"]:
        footnotes = " | ".join(notes[number] for number in line["footnotes"])
        cells = {**said, **line, "footnotes": footnotes}
        writer.writerow([_cell(name, cells[name]) for name in (*_HEAD, *_LINE)])
    return text.getvalue().encode("utf-8-sig")


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    text = str(value)
    return text if name in _NUMBERS else harmless(text)
