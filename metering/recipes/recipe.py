"""What a recipe is: a way to read files of one shape as batches of staged events."""

from __future__ import annotations

import gzip
import hashlib
import zlib
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


def dataset_name(recipe: str, path: Path) -> str:
    """Return what a file's rows are known by: the recipe and what the file holds, whatever it is called.

    A copy, renamed or compressed, is the same rows; another month's file of the same name is other rows.

    Raises:
        RecipeError: a compressed file is cut off.

    """
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = hashlib.file_digest(stream, "sha256").hexdigest()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise RecipeError(f"{path} is not a whole gzip file: {error}") from error
    return f"{recipe}/{content[:16]}"
