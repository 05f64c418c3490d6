"""Values of a question that are said when it is asked: it is compiled once and asked with any.

Compiling a question costs more than a small answer, and a text that the engine has seen is planned no slower.
"""

from __future__ import annotations

import re
from functools import lru_cache

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from warehouse.tables import to_sql

_MARK = "asked_with"
# How the engine reads a parameter of a type.
_READ = {
    "string": "{{{name}:String}}",
    "array<string>": "{{{name}:Array(String)}}",
    "date": "{{{name}:Date}}",
    "uint64": "{{{name}:UInt64}}",
    "decimal(38, 12)": "toDecimal128({{{name}:String}}, 12)",
    "timestamp('UTC', 3)": "toDateTime64({{{name}:String}}, 3, 'UTC')",
}


@lru_cache(maxsize=256)
def parameter(name: str, of: str) -> ir.Value:
    """Return a value that is said when the question is asked, of a type such as ``array<string>``.

    Money and instants are said as texts.

    Raises:
        KeyError: the engine is not told how to read such a type.

    """
    text = _READ[of].format(name=name)
    named = f"{_MARK}_{len(_SPELLED)}"

    def asked() -> None:
        """A call without arguments, which ``parameters_in`` writes as the engine's parameter."""

    asked.__name__ = named
    call = ibis.udf.scalar.builtin(asked, name=named, signature=((), dt.dtype(of)(nullable=False)))
    _SPELLED[named] = text
    value: ir.Value = call()
    return value


_SPELLED: dict[str, str] = {}


def to_asked_sql(question: ir.Expr) -> str:
    """Compile a question with parameters to the engine's SQL."""
    return re.sub(rf"\b({_MARK}_\d+)\(\)", lambda found: _SPELLED[found[1]], to_sql(question))
