"""The engine's BACKUP and RESTORE: full, incremental on the last, counted after a restore.

An embedded store writes under ``FARTHING_BACKUPS``; a server under its own ``backups.allowed_path``. A backup holds the
whole database: events, histories, charges, ledger and quarantine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from warehouse.connect import Store
from warehouse.errors import StoreError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_AS = "farthing"  # what a database is called inside every backup, whatever its name in the store


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup: ``base`` is the one it adds to ('' for a full one), ``rows`` what every table held."""

    name: str
    base: str
    at: datetime
    rows: dict[str, int]


def backup(store: Store, name: str | None = None, *, full: bool = False) -> Backup:
    """Write a backup: only what is new since the last one, unless ``full`` or there is none.

    Raises:
        StoreError: the name is unusable or taken, or the engine cannot write there.

    """
    chosen = _checked(name or datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ"))
    last = [] if full else [one.name for one in taken(store)][:1]
    base = last[0] if last else ""
    with store.still(), store.client() as client:
        rows = _count(client, store.location.database)
        _note(store, chosen, base, rows, "begun")
        settings = f" SETTINGS base_backup = File('{base}')" if base else ""
        try:
            client.command(f"BACKUP DATABASE {store.location.database} AS {_AS} TO File('{chosen}'){settings}")
        except DatabaseError as error:
            raise StoreError(f"backup {chosen!r} of {store.location} failed: {_reason(error)}") from error
        _note(store, chosen, base, rows, "done")
    return Backup(name=chosen, base=base, at=datetime.now(UTC), rows=rows)


def taken(store: Store) -> list[Backup]:
    """Return the finished backups that this store knows of, the newest first."""
    rows = store.rows("SELECT name, base, at, rows FROM backups WHERE state = 'done' ORDER BY at DESC, name DESC")
    return [Backup(name=row["name"], base=row["base"], at=row["at"], rows=dict(row["rows"])) for row in rows]


def restore(store: Store, name: str, *, replace: bool = False) -> Backup:
    """Make the store what it was when ``name`` was taken, and count every table.

    With ``replace`` the present content is kept aside until the restored one is counted, and comes back if anything
    fails. ``store`` is ``connect``-ed, not opened: it may be empty, damaged or older than this program.

    Raises:
        StoreError: the store has content and ``replace`` was not given, there is no such backup, or it does not count
            up to what it says it holds.

    """
    database, aside = store.location.database, _aside(store)
    chosen = _checked(name)
    finish_restore(store)
    with store.still(), store.client() as client:
        held = sum(_count(client, database).values())
        if held and not replace:
            raise StoreError(f"{store.location} holds {held:,} rows; restore into an empty store, or with --replace")
        client.command(f"RENAME DATABASE {database} TO {aside}")
        try:
            client.command(f"RESTORE DATABASE {_AS} AS {database} FROM File('{chosen}')")
            restored = _verified(client, database, chosen)
        except BaseException as error:
            client.command(f"DROP DATABASE IF EXISTS {database} SYNC")
            client.command(f"RENAME DATABASE {aside} TO {database}")
            if isinstance(error, DatabaseError):
                raise StoreError(f"restore of {chosen!r} failed, nothing was changed: {_reason(error)}") from error
            raise
        # The rename is the commit: a crash before it brings the old content back, one after it only drops that.
        client.command(f"RENAME DATABASE {aside} TO {_replaced(store)}")
        client.command(f"DROP DATABASE {_replaced(store)} SYNC")
    return restored


def finish_restore(store: Store) -> None:
    """Settle a restore that was cut short: what was there before it comes back, unless it was already committed."""
    database, aside = store.location.database, _aside(store)
    with store.client() as client:
        client.command(f"DROP DATABASE IF EXISTS {_replaced(store)} SYNC")
        if client.query("SELECT 1 FROM system.databases WHERE name = {name:String}", {"name": aside}).result_rows:
            client.command(f"DROP DATABASE IF EXISTS {database} SYNC")
            client.command(f"RENAME DATABASE {aside} TO {database}")


def _aside(store: Store) -> str:
    return f"{store.location.database}_before_restore"


def _replaced(store: Store) -> str:
    return f"{store.location.database}_replaced"


def _verified(client: Client, database: str, name: str) -> Backup:
    said = client.query(
        f"SELECT base, at, rows FROM {database}.backup_records FINAL WHERE name = {{name:String}}", {"name": name}
    ).result_rows
    if not said:
        raise StoreError(f"{name!r} says nothing of what it holds: it is no backup of Farthing, or was renamed")
    base, at, expected = said[0]
    got = _count(client, database)
    wrong = {table: (rows, got.get(table, 0)) for table, rows in expected.items() if got.get(table, 0) != rows}
    if wrong:
        parts = ", ".join(f"{table} has {there:,} rows, not {rows:,}" for table, (rows, there) in wrong.items())
        raise StoreError(f"restore of {name!r} does not count up, nothing was changed: {parts}")
    return Backup(name=name, base=base, at=at, rows=dict(expected))


def _count(client: Client, database: str) -> dict[str, int]:
    """Return rows by table, as readers see them: merges change how many there are physically."""
    tables = client.query(
        "SELECT name, engine FROM system.tables WHERE database = {database:String} AND engine LIKE '%MergeTree' "
        "AND name NOT IN ('backup_records', 'meter_units', 'migrations') ORDER BY name",
        {"database": database},
    ).result_rows
    counts = {}
    for name, engine in tables:
        final = " FINAL" if engine.startswith("Replacing") else ""
        counts[name] = int(client.query(f"SELECT count() FROM {database}.{name}{final}").result_rows[0][0])
    return counts


def _note(store: Store, name: str, base: str, rows: dict[str, int], state: str) -> None:
    version = 0 if state == "begun" else 1
    store.insert_rows(
        "backup_records", [{"name": name, "base": base, "rows": rows, "state": state, "version": version}]
    )


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise StoreError(f"backup name {name!r}: use letters and digits, and after the first also '.', '_' and '-'")
    return name


def _reason(error: DatabaseError) -> str:
    text = str(error)
    for code, sentence in (
        ("BACKUP_NOT_FOUND", "there is no such backup"),
        ("BACKUP_ALREADY_EXISTS", "a backup of that name exists"),
        ("allowed_path", "the server's configuration names no backups.allowed_path"),
    ):
        if code in text:
            return sentence
    return text
