"""The store as the rest of the program sees it: a bounded pool of clients, and a lock for writers.

One client is one lock (a query on it waits for the one before), so readers take clients from a pool; the engine of an
embedded store is one per process and shared by all of them.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import clickhouse_connect
import pyarrow as pa
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError, ProgrammingError
from ibis.expr.types import Table

from warehouse.errors import StoreError, StoreTaken
from warehouse.location import Location, parse_location
from warehouse.tables import to_sql

MEMORY_SHARE = 0.6  # of the machine's memory, for the whole embedded engine
WAIT_SECONDS = 30.0
GATEWAY = "/clickhouse"  # where the app answers ClickHouse's protocol


class Store:
    """An open store. Close it, or use it as a context manager.

    Three locks, of threads of this process (an embedded store has no other), always taken in this order:

    - ``rating``: who makes, flips, drops or pins generations of charges. A pass holds it from its first look to its
      last drop, for minutes.
    - ``writing``: who reads what there is in order to append to it (histories, prices, decisions, flags, invoices).
    - ``admitting``: the door, from a batch's announcement to its acknowledgment; and who must see events and their
      ledger at rest. An answer to a sender waits for nothing else, least of all for a rating pass.

    ``still`` takes all three. Readers take none: what they read was appended whole.
    """

    def __init__(self, location: Location, *, pool_size: int, query_memory_bytes: int, backups: Path | None) -> None:
        self.location = location
        self.rating = threading.RLock()
        self.writing = threading.RLock()
        self.admitting = threading.RLock()
        self.made: set[str] = set()  # tables that this process makes for itself, once
        self.has_leftovers = False  # of a failed batch that could not be undone yet (a full disk)
        self._options = client_options(location, query_memory_bytes, backups)
        self._free: queue.LifoQueue[Client] = queue.LifoQueue()
        self._places = threading.BoundedSemaphore(pool_size)
        self._first = (_open_gateway if location.is_gateway else _open_first)(location, self._options)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Keep everything as it is: for a backup, a restore and the closing of a month."""
        with self.rating, self.writing, self.admitting:
            yield

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Lend a client; it is nobody else's until given back.

        Raises:
            StoreError: every client of the pool was busy for 30 seconds.

        """
        if not self._places.acquire(timeout=WAIT_SECONDS):
            raise StoreError(
                f"all clients of {self.location} were busy for {WAIT_SECONDS:.0f} s; raise FARTHING_POOL_SIZE"
            )
        try:
            try:
                client = self._free.get_nowait()
            except queue.Empty:
                client = clickhouse_connect.get_client(**self._options)
            try:
                yield client
            finally:
                self._free.put(client)
        finally:
            self._places.release()

    def arrow(self, question: Table | str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """Run a query and return Arrow, decimals exact. Nothing is converted through floats or pandas."""
        sql = question if isinstance(question, str) else to_sql(question)
        with self.client() as client:
            return client.query_arrow(sql, parameters=dict(parameters or {}), use_strings=True)

    def rows(self, question: Table | str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Run a query and return its rows as dictionaries; for small answers."""
        return cast(list[dict[str, Any]], self.arrow(question, parameters).to_pylist(maps_as_pydicts="strict"))

    def scalar(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Any:
        """Run a query of one row and one column and return the value as the engine's Python type."""
        with self.client() as client:
            result = client.query(sql, parameters=dict(parameters or {})).result_rows
        return result[0][0] if result else None

    def command(
        self, sql: str, parameters: Mapping[str, Any] | None = None, settings: Mapping[str, Any] | None = None
    ) -> None:
        """Run a statement that returns nothing."""
        self._writes()
        with self.client() as client:
            client.command(sql, parameters=dict(parameters or {}), settings=dict(settings or {}))

    def insert_arrow(self, table: str, rows: pa.Table) -> None:
        """Append an Arrow table to a table of the same column names."""
        self._writes()
        with self.client() as client:
            client.insert_arrow(table, rows)

    def insert_rows(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Append a few dictionaries of equal keys."""
        self._writes()
        if not rows:
            return
        columns = list(rows[0])
        with self.client() as client:
            client.insert(table, [[row[column] for column in columns] for row in rows], column_names=columns)

    def close(self) -> None:
        """Give the store back to other processes."""
        while not self._free.empty():
            self._free.get_nowait().close()
        self._first.close()

    def _writes(self) -> None:
        if self.location.is_gateway:
            raise StoreError(f"{self.location} is read through the app and cannot be changed; ask the app, or stop it")


def connect(
    url: str, *, pool_size: int = 8, query_memory_bytes: int = 1_500_000_000, backups: Path | None = None
) -> Store:
    """Open a store without looking inside; ``warehouse.start.open_store`` also migrates and repairs.

    Raises:
        StoreTaken: another process owns the embedded folder.
        StoreError: the URL is unusable or the store does not open.

    """
    return Store(parse_location(url), pool_size=pool_size, query_memory_bytes=query_memory_bytes, backups=backups)


def client_options(location: Location, query_memory_bytes: int, backups: Path | None) -> dict[str, Any]:
    """Return what every client of a store is opened with."""
    # Results must depend neither on the host's zone nor on a server's defaults: attribution reads the empty text, not
    # NULL, where an as-of join finds nothing.
    settings = {"max_memory_usage": query_memory_bytes, "session_timezone": "UTC", "join_use_nulls": 0}
    # It looks through the whole tree of a question for every column sorted by: a tenth of a large one's planning.
    settings["optimize_redundant_functions_in_order_by"] = 0
    if location.is_gateway:  # it sets limits and zone by itself
        who = {"username": location.user, "password": location.password}
        return {"host": location.host, "port": location.port, "proxy_path": GATEWAY, **who}
    if location.path is None:
        return {
            "host": location.host,
            "port": location.port,
            "username": location.user,
            "password": location.password,
            "secure": location.secure,
            "database": location.database,
            "settings": settings,
        }
    location.path.parent.mkdir(parents=True, exist_ok=True)
    options = {"config-file": str(_engine_config(location.path))}
    if backups is not None:
        backups.mkdir(parents=True, exist_ok=True)
        options["backups.allowed_path"] = f"{backups}/"
    return {
        "interface": "chdb",
        "path": str(location.path),
        "database": location.database,
        "chdb_options": options,
        "settings": settings,
    }


def _engine_config(path: Path) -> Path:
    config = path.with_name(path.name + ".engine.xml")
    text = (
        "<clickhouse>\n"
        f"  <max_server_memory_usage_to_ram_ratio>{MEMORY_SHARE}</max_server_memory_usage_to_ram_ratio>\n"
        "</clickhouse>\n"
    )
    if not config.exists() or config.read_text(encoding="utf-8") != text:
        config.write_text(text, encoding="utf-8")
    return config


def _open_first(location: Location, options: dict[str, Any]) -> Client:
    # Engine Atomic: the embedded default database is an Overlay that lacks half of what we use.
    create = f"CREATE DATABASE IF NOT EXISTS {location.database} ENGINE = Atomic"
    try:
        first = clickhouse_connect.get_client(**{**options, "database": "default"})
    except ProgrammingError as error:
        # The engine's own message names neither the lock nor the owner (its words go to stderr).
        if "initializing EmbeddedServer" in str(error) or "CANNOT_OPEN_FILE" in str(error):
            raise StoreTaken(
                f"{location} is in use by another process (the app, or another farthing command). "
                "An embedded store belongs to one process: stop that one, use a ClickHouse server, or read through the "
                "app (docs/notebooks.md)."
            ) from error
        raise StoreError(f"{location} does not open: {error}") from error
    first.command(create)
    return first


def _open_gateway(location: Location, options: dict[str, Any]) -> Client:
    try:
        return clickhouse_connect.get_client(**options)
    except ClickHouseError as error:
        raise StoreError(
            f"{location} does not answer: start the app with FARTHING_GATEWAY=true, and give a key of the scope query "
            f"({str(error).splitlines()[0][:200]})"
        ) from error
