"""JSON price lists, plain or gzipped, without floats."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any


def read_text(path: Path) -> str:
    """Return the text of a file, gunzipped where its bytes say so."""
    content = path.read_bytes()
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8")


def read_json(path: Path) -> Any:
    """Parse a file with decimals exact.

    Raises:
        ValueError: it is not JSON; the message names the file.

    """
    try:
        return json.loads(read_text(path), parse_float=Decimal)
    except ValueError as error:
        raise ValueError(f"{path}: is not JSON: {error}") from error
