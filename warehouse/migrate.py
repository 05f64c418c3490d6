"""Numbered SQL files, applied in order, recorded. Every statement can be run again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from warehouse.connect import Store
from warehouse.errors import StoreError

MIGRATIONS = Path(__file__).parent / "migrations"

# Without these a power cut may lose acknowledged rows; measured cost is about 5 ms an insert.
DURABLE = (
    "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1, "
    "min_compressed_bytes_to_fsync_after_merge = 1, old_parts_lifetime = 480"
)


def migrate(store: Store) -> list[str]:
    """Apply what is not applied yet and return the names of the files applied.

    Raises:
        StoreError: an applied file has changed since, or the store is newer than this program.

    """
    store.command(
        "CREATE TABLE IF NOT EXISTS migrations (name String, digest String, applied_at DateTime64(3, 'UTC') "
        f"DEFAULT now64(3)) ENGINE = MergeTree ORDER BY name {DURABLE}"
    )
    applied = {row["name"]: row["digest"] for row in store.rows("SELECT name, digest FROM migrations")}
    files = sorted(MIGRATIONS.glob("[0-9]*.sql"))
    if newer := sorted(set(applied) - {file.stem for file in files}):
        raise StoreError(f"{store.location} was migrated by a newer Farthing ({', '.join(newer)}); upgrade this one")
    return [file.stem for file in files if _apply(store, file, applied.get(file.stem))]


def _apply(store: Store, file: Path, applied: str | None) -> bool:
    text = file.read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    if applied == digest:
        return False
    if applied is not None:
        raise StoreError(f"{file.name} changed after it was applied to {store.location}; add a new migration instead")
    for statement in _statements(text):
        store.command(statement.replace("{durable}", DURABLE))
    store.insert_rows("migrations", [{"name": file.stem, "digest": digest}])
    return True


def _statements(text: str) -> list[str]:
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))
    return [statement.strip() for statement in code.split(";") if statement.strip()]
