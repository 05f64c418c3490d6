"""What a recipe is: a way to read files of one shape as batches of staged events."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

BATCH_ROWS = 100_000  # staged rows in one batch, at most: what bounds the memory of a load


class RecipeError(ValueError):
    """A file is not what the recipe reads; the message names the file, what is wrong and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Staged events of one type, and the owners to register before they are admitted.

    ``histories`` holds rows for ``warehouse.histories.record``; ``fraction`` is how much of the input has been read.
    """

    event_type: str
    staged: pa.Table
    histories: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    fraction: float = 0.0


def one_by_one(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Read every path on its own."""
    return [(path,) for path in paths]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """An importer. ``read`` gives the same batches for the same files, always: that is how a load resumes.

    ``files`` says what PATH is; ``inputs`` groups paths into what is read together.
    """

    name: str
    description: str
    files: str
    read: Callable[[tuple[Path, ...]], Iterator[Batch]]
    inputs: Callable[[Sequence[Path]], list[tuple[Path, ...]]] = one_by_one


def event_id(dataset: str, row: object) -> str:
    """Return the identity of a row that brings none of its own: the same in every replay."""
    return hashlib.sha256(f"{dataset}|{row}".encode()).hexdigest()[:32]


def dataset_name(path: Path) -> str:
    """Return what a file's rows are known by: its name up to the first dot, so a compressed copy is the same data."""
    return path.name.split(".")[0]
