"""What a reader from outside sees: a database of views, one for each scope, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.connect import Store

# A reader's own conditions are not pushed below a limit, so they see no row that the view leaves out: a condition that
# fails on the rows of others would tell of them by its error.
_BARRIER = "LIMIT 9223372036854775807"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who reads from outside. ``views`` are tables by name, each as the SQL of the rows that they may see.

    ``scope`` is one text per set of visible rows; ``sees_all`` that these are everybody's.
    """

    name: str
    scope: str
    sees_all: bool
    views: Mapping[str, str]


def reader_database(store: Store, reader: Reader) -> str:
    """Make the database of a reader's views, as they are now, and return its name."""
    main = store.location.database
    name = f"{main}_reads_{hashlib.sha256(reader.scope.encode()).hexdigest()[:12]}"
    store.command(f"CREATE DATABASE IF NOT EXISTS {name} ENGINE = Atomic")
    there = {
        row["name"] for row in store.rows("SELECT name FROM system.tables WHERE database = {d:String}", {"d": name})
    }
    for table in sorted(there - set(reader.views)):
        store.command(f"DROP VIEW {name}.{table} SYNC")
    for table, sql in reader.views.items():
        seen = sql if reader.sees_all else f"SELECT * FROM ({sql}) {_BARRIER}"
        # Unqualified names in a view are resolved when it is made: in the database that its maker uses.
        store.command(f"CREATE OR REPLACE VIEW {name}.{table} AS {seen}")
    return name
