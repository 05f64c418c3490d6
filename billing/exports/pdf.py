"""The invoice as PDF: lines, totals, and the method footnotes."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import typst

from billing.invoice import from_json

TEMPLATE = Path(__file__).with_name("invoice.typ")


def export(document: str) -> bytes:
    """Return the invoice on A4. The same document is the same bytes: its own fonts, its own time of issue."""
    said = from_json(document)
    issued_at = datetime.fromisoformat(said["issued_at"])
    return bytes(
        typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"document": json.dumps(said, sort_keys=True)},
            ignore_system_fonts=True,
            timestamp=int(issued_at.timestamp()),
        )
    )
