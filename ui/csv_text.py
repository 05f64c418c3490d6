"""A table as CSV that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from metrics.spreadsheets import harmless


def csv_bytes(table: pa.Table) -> bytes:
    """Return the table as UTF-8 CSV: decimals exact, times ISO 8601 UTC, text that looks like a formula quoted by '.

    Lists are drawings (a trend of floats) and left out.
    """
    table = table.select([field.name for field in table.schema if not pa.types.is_nested(field.type)])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180; and quotes either sign inside a cell
    writer.writerow([_cell(name) for name in table.column_names])
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
