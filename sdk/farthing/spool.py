"""The folder where the journals of an app's processes lie."""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from farthing.journal import Journal

try:
    import fcntl
except ImportError:  # not POSIX: without a lock that ends with its process, events wait in memory only
    fcntl = None  # type: ignore[assignment]

_ASIDE = "set_aside.ndjson"
_ASIDE_BYTES = 4 * 1024 * 1024
_REFUSED, _EVENT = '{"refused":', ',"event":'


class Spool:
    """Journals of one app and one store: ``folder`` belongs to its user alone (0700, files 0600)."""

    def __init__(self, folder: Path, max_bytes: int) -> None:
        """Name the folder; nothing is made before the first event."""
        self.folder = folder
        self.max_bytes = max_bytes

    def begin(self) -> Journal:
        """Make a journal for this process.

        Raises:
            OSError: the folder cannot be made, or somebody else could read or write in it.

        """
        if fcntl is None:
            raise OSError("this platform has no file locks")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = os.lstat(self.folder)
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise PermissionError(f"{self.folder} is not a folder of this user alone (mode 0700)")
        name = uuid.uuid4().hex
        made = self.folder / f".{name}"  # the dot hides it from those who look for orphans until it is locked
        made.mkdir(mode=0o700)
        try:
            lock = os.open(made / "lock", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            made.rename(self.folder / name)
        except OSError:
            shutil.rmtree(made, ignore_errors=True)
            raise
        return Journal(self.folder / name, lock)

    def adopt(self) -> list[Journal]:
        """Return the journals of processes that are gone; from now on they are ours."""
        found = []
        if fcntl is None or not self.folder.is_dir():
            return []
        for folder in sorted(self.folder.iterdir()):
            if folder.name.startswith(".") or not folder.is_dir():
                continue
            try:
                lock = os.open(folder / "lock", os.O_RDWR)
            except OSError:
                continue  # delivered and deleted by another process just now
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                found.append(Journal(folder, lock))
            except OSError:
                os.close(lock)  # its process lives, or another one was faster
        return found

    def room(self) -> int:
        """Return how many bytes more all journals may take."""
        held = 0
        for path in self.folder.glob("*/*.seg"):
            try:
                held += path.stat().st_size
            except FileNotFoundError:
                continue  # delivered just now
        return self.max_bytes - held

    def set_aside(self, line: bytes) -> bool:
        """Keep an event that the store will never take, for people to look at; False if there is no room."""
        path = self.folder / _ASIDE
        try:
            opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.fstat(opened).st_size + len(line) > _ASIDE_BYTES:
                    return False
                return os.write(opened, line + b"\n") == len(line) + 1
            finally:
                os.close(opened)
        except OSError:
            return False

    def take_aside(self) -> Iterator[tuple[bytes, bytes]]:
        """Give the lines that were set aside, each with its event as it was sent, and then forget them.

        Whoever is killed in between gives them again: they keep their ids, and the store counts them once.

        Raises:
            OSError: the file cannot be read.

        """
        taken = self.folder / f"{_ASIDE}.sending"
        if not taken.exists():
            try:
                (self.folder / _ASIDE).rename(taken)
            except FileNotFoundError:
                return
        for line in taken.read_bytes().split(b"\n"):
            event = _event_of(line)
            if event:
                yield line, event
        taken.unlink(missing_ok=True)


def aside_line(event: bytes, detail: str) -> bytes:
    """Return the line that keeps an event, with what was wrong with it."""
    return b'{"refused":%s,"event":%s}' % (json.dumps(detail).encode(), event)


def _event_of(line: bytes) -> bytes:
    """Return the bytes of a line's event: a retry must be the same ones. Nothing for what is no whole line."""
    try:
        _, end = json.JSONDecoder().raw_decode(line.decode(), len(_REFUSED))
        event = line.decode()[end:]
    except ValueError:
        return b""
    is_whole = line.startswith(_REFUSED.encode()) and event.startswith(_EVENT) and event.endswith("}}")
    return event[len(_EVENT) : -1].encode() if is_whole else b""


def default_folder() -> Path:
    """Return where spools lie unless somebody says otherwise: the user's state folder, or the temporary one."""
    try:
        state = Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser()
        there = next(folder for folder in (state, *state.parents) if folder.exists())
    except (RuntimeError, StopIteration, OSError):
        there = state = Path("/nowhere")
    if os.access(there, os.W_OK) and there != Path("/"):
        return state / "farthing"
    return Path(tempfile.gettempdir()) / f"farthing-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
