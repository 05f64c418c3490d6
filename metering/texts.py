"""Texts that can be written: JSON and YAML can say half a character (a lone surrogate), which is none in UTF-8."""

from __future__ import annotations


def writable(text: str) -> str:
    """Return a text as it can be written: half a character stands as its escape."""
    return text.encode("utf-8", "backslashreplace").decode()
