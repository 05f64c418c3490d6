"""A folder whose files of events are loaded and put away: for senders that can only leave a file.

A sender writes under a name that begins with a dot or ends in ``.part`` and renames when done. Loading is resumable
and a replay a no-op, so a file that a crash left where it was is simply taken again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from metering.load import Loaded, load
from metering.recipes.catalog import RECIPES
from metering.recipes.recipe import RecipeError
from warehouse.connect import Store

ENDINGS = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".parquet")
DONE, FAILED = "done", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that is put away: what was loaded, or why it could not be."""

    path: Path
    loaded: Loaded | None
    problem: str = ""


def waiting(folder: Path) -> list[Path]:
    """Return the finished files of a folder, the oldest first.

    Raises:
        FileNotFoundError: the folder is not there.

    """
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder; make it, or set FARTHING_INBOX to another")
    files = [path for path in folder.iterdir() if path.is_file() and _is_finished(path)]
    return sorted(files, key=lambda path: (path.stat().st_mtime_ns, path.name))


def take(store: Store, folder: Path) -> Iterator[Taken]:
    """Load what waits, one file after the other, and put each into ``done`` or, with its reason beside, ``failed``."""
    for path in waiting(folder):
        try:
            (loaded,) = load(store, RECIPES["events"], [path])
        except (RecipeError, UnicodeDecodeError) as error:
            away = _put_away(path, folder / FAILED)
            away.with_name(f"{away.name}.why.txt").write_text(f"{error}\n", encoding="utf-8")
            yield Taken(path=away, loaded=None, problem=str(error))
        else:
            yield Taken(path=_put_away(path, folder / DONE), loaded=loaded)


def _is_finished(path: Path) -> bool:
    return path.name.endswith(ENDINGS) and not path.name.startswith(".")


def _put_away(path: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        target, number = folder / f"{number}-{path.name}", number + 1
    return Path(shutil.move(path, target))
