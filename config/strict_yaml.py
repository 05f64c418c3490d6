"""YAML as operators write it, read without loss: decimals stay decimals, and no key silently wins over its twin."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml


def load_yaml(path: Path) -> Any:
    """Read a file; numbers with a point are ``Decimal``, exactly as written.

    Raises:
        ValueError: it is not YAML, a key occurs twice, or a number or date is none; the message names the file.

    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise ValueError(f"{path}{where}: {error.problem}") from error
    except ValueError as error:  # 2026-02-30
        raise ValueError(f"{path}: {error}") from error


def instant(value: Any) -> datetime:
    """Return a date as its UTC midnight, an instant as itself.

    Raises:
        ValueError: it is neither, or an instant without its zone.

    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no zone; write 2026-01-31 (UTC) or 2026-01-31T08:00:00Z")
        found = value.astimezone(UTC)
    elif isinstance(value, date):
        found = datetime(value.year, value.month, value.day, tzinfo=UTC)
    else:
        raise ValueError(f"{value!r} is no date; write 2026-01-31 or 2026-01-31T08:00:00Z")
    if not 2000 <= found.year < 2200:
        raise ValueError(f"{value} is outside the years 2000 to 2199")
    return found


class _Strict(yaml.SafeLoader):
    """The safe loader, with exact decimals and unique keys."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    text = str(loader.construct_scalar(node))
    try:
        return Decimal(text.replace("_", ""))
    except InvalidOperation as error:  # .nan, .inf, 1:30.5
        raise yaml.MarkedYAMLError(problem=f"{text} is no decimal number", problem_mark=node.start_mark) from error


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.MarkedYAMLError(problem=f"{key!r} occurs twice; keep one", problem_mark=key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Strict.add_constructor("tag:yaml.org,2002:float", _decimal)
_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)
