"""Where the store is: one URL, parsed and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from warehouse.errors import StoreError

DATABASE = "farthing"


@dataclass(frozen=True, slots=True)
class Location:
    """An embedded folder (``path``) or a server (``host``) and the database in it, or the gateway of a running app."""

    database: str
    path: Path | None = None
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    secure: bool = False
    is_gateway: bool = False  # read-only: somebody else's store, by way of the app that holds it

    @property
    def is_embedded(self) -> bool:
        return self.path is not None

    def __str__(self) -> str:
        """Return the URL without the password: safe to log and to show."""
        if self.path is not None:
            return f"chdb://{self.path}"
        if self.is_gateway:
            return f"http://{self.user}@{self.host}:{self.port}"
        scheme = "clickhouses" if self.secure else "clickhouse"
        return f"{scheme}://{self.user}@{self.host}:{self.port}/{self.database}"


def parse_location(url: str) -> Location:
    """Parse ``chdb:///path``, ``clickhouse(s)://user:password@host:port/database`` or ``http://name:key@host:port``.

    Raises:
        StoreError: another scheme, no path, no host, no key, or a database name that is not an identifier.

    """
    parts = urlsplit(url)
    if parts.scheme == "chdb":
        if not parts.path or parts.netloc:
            raise StoreError(f"FARTHING_STORE={url!r} has no absolute path; write chdb:///path/to/folder")
        database = parse_qs(parts.query).get("database", [DATABASE])[0]
        return Location(database=_identifier(database, url), path=Path(unquote(parts.path)))
    if parts.scheme in ("clickhouse", "clickhouses"):
        if not parts.hostname:
            raise StoreError("FARTHING_STORE names no host; write clickhouse://user:password@host:8123/farthing")
        secure = parts.scheme == "clickhouses"
        return Location(
            database=_identifier(parts.path.strip("/") or DATABASE, f"…@{parts.hostname}"),
            host=parts.hostname,
            port=_port(parts) or (8443 if secure else 8123),
            user=unquote(parts.username or "default"),
            password=unquote(parts.password or ""),
            secure=secure,
        )
    if parts.scheme == "http":
        if not parts.hostname or not parts.password:
            raise StoreError(
                "FARTHING_STORE names no key to read through the app with; write http://notebook:fa_…@127.0.0.1:8501 "
                "(farthing keys create notebook --scope query)"
            )
        return Location(
            database=DATABASE,
            host=parts.hostname,
            port=_port(parts) or 8501,
            user=unquote(parts.username or "notebook"),
            password=unquote(parts.password),
            is_gateway=True,
        )
    raise StoreError(
        f"FARTHING_STORE has the scheme {parts.scheme!r}; use chdb://, clickhouse(s)://, or http:// through the app"
    )


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        # Its own words may be part of a password with an unquoted ':' or '/'.
        raise StoreError("FARTHING_STORE: the port is no number; write user, password and database %-quoted") from None


def _identifier(name: str, url: str) -> str:
    if not name.isidentifier():
        raise StoreError(f"FARTHING_STORE {url!r}: database {name!r} is not an identifier")
    return name
