"""Values of dimensions as people and links write them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import ibis
import ibis.expr.types as ir


def typed(name: str, column: ir.Column, value: Any) -> ir.Scalar:
    """Return a value of the dimension ``name`` as a literal of its column's type; text is read as that type.

    Raises:
        ValueError: the text is no value of the type.

    """
    if isinstance(value, str) and column.type().is_boolean():
        if value not in ("true", "false"):
            raise ValueError(f"where {name} {value!r} is neither true nor false")
        value = value == "true"
    if isinstance(value, str) and column.type().is_temporal():
        try:
            value = (date if column.type().is_date() else datetime).fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"where {name} {value!r} is no day or time such as 2026-01-05") from error
    return ibis.literal(value)
