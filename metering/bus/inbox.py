"""A folder whose files of events are loaded and put away: for senders that can only leave a file.

A sender writes under a name that begins with a dot or ends in ``.part`` and renames when done. Loading is resumable
and a replay a no-op, so a file that a crash left where it was is simply taken again.
"""

from __future__ import annotations

import codecs
import itertools
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from metering.decode import parse_line
from metering.load import Loaded, load
from metering.recipes.catalog import RECIPES
from metering.recipes.files import open_bytes
from metering.recipes.recipe import RecipeError
from warehouse.connect import Store

ENDINGS = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".parquet")
DONE, FAILED = "done", "failed"
_LOOKED_AT = 1_000  # lines of which one must be JSON for a file to be taken for JSON lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A file that is put away: what was loaded, or why it could not be."""

    path: Path
    loaded: Loaded | None
    problem: str = ""


def waiting(folder: Path) -> list[Path]:
    """Return the finished files of a folder, the oldest first; links are among them, and are not looked through.

    Raises:
        FileNotFoundError: the folder is not there.

    """
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder; make it, or set FARTHING_INBOX to another")
    files = [path for path in folder.iterdir() if _is_finished(path) and (path.is_symlink() or path.is_file())]
    return sorted(files, key=lambda path: (path.lstat().st_mtime_ns, path.name))


def take(store: Store, folder: Path) -> Iterator[Taken]:
    """Load what waits, one file after the other, and put each into ``done`` or, with its reason beside, ``failed``."""
    for path in waiting(folder):
        try:
            _require_events(path)
            (loaded,) = load(store, RECIPES["events"], [path])
        except (RecipeError, UnicodeDecodeError) as error:
            away = _put_away(path, folder / FAILED)
            away.with_name(f"{away.name}.why.txt").write_text(f"{error}\n", encoding="utf-8")
            yield Taken(path=away, loaded=None, problem=str(error))
        else:
            yield Taken(path=_put_away(path, folder / DONE), loaded=loaded)


def _is_finished(path: Path) -> bool:
    return path.name.endswith(ENDINGS) and not path.name.startswith(".")


def _require_events(path: Path) -> None:
    """Refuse what may not be read, and lines of which none is JSON; single bad lines are for the door."""
    if path.is_symlink():
        raise RecipeError(f"{path} is a link, and links are not followed: leave the file itself")
    if path.suffix in (".json", ".parquet"):
        return  # read as a whole: the recipe says if it is none
    try:
        with open_bytes(path) as stream:
            lines = [line for line in itertools.islice(stream, _LOOKED_AT) if line.strip()]
    except (OSError, EOFError, zlib.error):
        return  # no whole gzip file: the recipe says so
    if lines and not any(map(_is_json, lines)):
        raise RecipeError(f"{path} is not JSON lines: none of its first {len(lines)} lines is JSON")


def _is_json(line: bytes) -> bool:
    try:
        parse_line(line.removeprefix(codecs.BOM_UTF8).strip())
    except (ValueError, RecursionError):
        return False
    return True


def _put_away(path: Path, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        target, number = folder / f"{number}-{path.name}", number + 1
    return Path(shutil.move(path, target))
