"""The invoice as JSON: the document itself."""

from __future__ import annotations


def export(document: str) -> bytes:
    """Return the frozen document as UTF-8."""
    return document.encode()
