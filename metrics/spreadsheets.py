"""What a spreadsheet would run instead of showing."""

from __future__ import annotations

import re

# The beginnings of a formula, in any spreadsheet (OWASP: CSV injection).
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def harmless(text: str) -> str:
    """Return a text for a cell of a CSV file, quoted by ' if it looks like a formula; a number such as -1 is none."""
    return f"'{text}" if text.startswith(_BEGINNINGS) and not _NUMBER.fullmatch(text) else text
