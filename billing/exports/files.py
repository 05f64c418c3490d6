"""Which kinds of file an issued invoice can be."""

from __future__ import annotations

from collections.abc import Callable

from billing.exports import csv, json, pdf

KINDS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "csv": (csv.export, "text/csv"),
    "json": (json.export, "application/json"),
    "pdf": (pdf.export, "application/pdf"),
}


def export(document: str, kind: str) -> bytes:
    """Return an issued invoice's document as a file of a kind: csv, json or pdf.

    Raises:
        KeyError: an unknown kind.

    """
    if kind not in KINDS:
        raise KeyError(f"no export {kind!r}; there are {', '.join(KINDS)}")
    return KINDS[kind][0](document)
