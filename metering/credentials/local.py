"""How a command on the same machine reaches the process that has the store: an address and a token in a file."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.settings import settings
from warehouse.location import Location


@dataclass(frozen=True, slots=True)
class Serving:
    """Where the process that has the store answers, and what it wants to hear."""

    url: str
    token: str


@contextmanager
def announced(location: Location) -> Iterator[str]:
    """Say beside an embedded store who serves it, readable by its owner only; give the token. Gone at the end."""
    if location.path is None:
        yield ""  # a server's store is anybody's to open
        return
    path, token = _path(location.path), secrets.token_urlsafe(32)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"url": settings().url, "token": token}, file)
    try:
        yield token
    finally:
        path.unlink(missing_ok=True)


def serving(location: Location) -> Serving | None:
    """Return who serves a store, if somebody says so."""
    if location.path is None or not (path := _path(location.path)).exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    return Serving(said["url"], said["token"])


def _path(store: Path) -> Path:
    return store.with_name(store.name + ".serving.json")
