"""A registry as a file; ``docs/registry.md`` shows one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from config.strict_yaml import load_yaml
from metering.registry import register, rows_of
from warehouse.connect import Store


def load_registry(store: Store, path: Path, *, by: str) -> dict[str, int]:
    """Record what a file says and return how many rows were new, by section. Loading twice is a no-op.

    Raises:
        ValueError: the file is unusable, or names a team, app or cost center that neither it nor the store knows.
        OverlapError: an entry overlaps what the store knows.

    """
    return register(store, load_yaml(path), by=by, where=str(path))


def read_registry(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a file by section.

    Raises:
        ValueError: an unknown section or field, or a value that is none; the message says where.

    """
    return rows_of(load_yaml(path), where=str(path))
