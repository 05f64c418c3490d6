"""Loading files through the door: batch by batch, resumable, every row accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from metering.door import admit, history_terms
from metering.recipes.recipe import Batch, Recipe
from warehouse.connect import Store
from warehouse.histories import HISTORIES, record


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What became of one input. accepted + duplicates + quarantined = received; skipped rows were acknowledged before.

    Counts are rows at the door: one LLM call is several usage rows.
    """

    recipe: str
    path: str
    batches: int = 0
    received: int = 0
    accepted: int = 0
    duplicates: int = 0
    quarantined: int = 0
    skipped: int = 0
    registered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a load has come: the input so far, and how much of it has been read."""

    loaded: Loaded
    fraction: float


def load(
    store: Store,
    recipe: Recipe,
    paths: Sequence[Path],
    *,
    again: bool = False,
    on_batch: Callable[[Progress], None] = lambda _progress: None,
) -> list[Loaded]:
    """Load files and return what became of each input, in order.

    A batch that was acknowledged before is skipped, so an interrupted load is resumed by repeating it. With ``again``
    everything goes through the door once more, which must change nothing.

    Raises:
        FileNotFoundError: a path is not there; nothing is loaded.
        RecipeError: a file is not what the recipe reads; batches before the fault stay.

    """
    require_paths(recipe, paths)
    return [_load_input(store, recipe, given, again, on_batch) for given in recipe.inputs(paths)]


def require_paths(recipe: Recipe, paths: Sequence[Path]) -> None:
    """Raise FileNotFoundError for the first path that is not there, saying what the recipe reads."""
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist; {recipe.name} reads {recipe.files}")


def _load_input(
    store: Store, recipe: Recipe, paths: tuple[Path, ...], again: bool, on_batch: Callable[[Progress], None]
) -> Loaded:
    prefix = f"load:{recipe.name}:{_fingerprint(paths)}:"
    acknowledged = {} if again else _acknowledged(store, prefix)
    owners = _Registry(store, by=f"load:{recipe.name}")
    loaded = Loaded(recipe=recipe.name, path=" ".join(map(str, paths)))
    for number, batch in enumerate(_batches(recipe, paths)):
        rows = batch.staged.num_rows
        new_owners = owners.register(batch.histories)
        # Same origin, another size: the recipe cuts batches differently by now. The door tells what is new.
        if acknowledged.get(f"{prefix}{number}") == (batch.event_type, rows):
            loaded = _plus(loaded, skipped=rows, registered=new_owners)
        else:
            receipt = admit(store, batch.event_type, batch.staged, history_terms(f"{prefix}{number}"))
            loaded = _plus(
                loaded,
                batches=1,
                received=receipt.received,
                accepted=receipt.accepted,
                duplicates=receipt.duplicates,
                quarantined=receipt.quarantined,
                registered=new_owners,
            )
        on_batch(Progress(loaded=loaded, fraction=batch.fraction))
    return loaded


def _batches(recipe: Recipe, paths: tuple[Path, ...]) -> Iterator[Batch]:
    return (batch for batch in recipe.read(paths) if batch.staged.num_rows)


def _fingerprint(paths: tuple[Path, ...]) -> str:
    """Return the SHA-256 of what the files hold: a renamed or copied file is the same input."""
    digests = []
    for path in paths:
        with path.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _acknowledged(store: Store, prefix: str) -> dict[str, tuple[str, int]]:
    rows = store.rows(
        "SELECT origin, event_type, received FROM batches "
        "WHERE state = 'stored' AND startsWith(origin, {prefix:String})",
        {"prefix": prefix},
    )
    return {row["origin"]: (row["event_type"], int(row["received"])) for row in rows}


def _plus(loaded: Loaded, **counts: int) -> Loaded:
    fields = {name: getattr(loaded, name) for name in Loaded.__slots__}
    return Loaded(**{**fields, **{name: fields[name] + count for name, count in counts.items()}})


class _Registry:
    """Registers owners that nobody knows yet. What the registry already says of a key is left as it is."""

    def __init__(self, store: Store, *, by: str) -> None:
        self._store = store
        self._by = by
        self._seen: dict[str, set[str]] = {}

    def register(self, histories: Mapping[str, Sequence[Mapping[str, Any]]]) -> int:
        """Record the rows of unknown keys and return how many there were."""
        return sum(self._record(name, rows) for name, rows in histories.items())

    def _record(self, name: str, rows: Sequence[Mapping[str, Any]]) -> int:
        key = HISTORIES[name].key
        seen = self._seen.setdefault(name, set())
        fresh = [row for row in rows if row[key] not in seen]
        if not fresh:
            return 0
        known = self._store.rows(
            f"SELECT DISTINCT {key} AS name FROM {name} WHERE {key} IN {{keys:Array(String)}}",
            {"keys": [row[key] for row in fresh]},
        )
        there = {row["name"] for row in known}
        seen |= {row[key] for row in fresh}
        return record(self._store, name, [row for row in fresh if row[key] not in there], by=self._by)
