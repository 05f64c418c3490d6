"""BACKUP and RESTORE: full and incremental, refused over content, rolled back when anything fails.

Embedded only: there is no server here to try the server's form on, and a pretended one would prove nothing.
"""

from __future__ import annotations

import pytest

from jobs.doctor import checks, is_broken
from jobs.rate import rate
from metering.decode import decode_events
from metering.door import admit, history_terms
from warehouse.backup import backup, finish_restore, restore, taken
from warehouse.connect import Store
from warehouse.errors import StoreError


def load(store: Store, *ids: str) -> None:
    events = [
        {
            "source": "s",
            "event_id": one,
            "time": "2026-01-05T12:00:00Z",
            "resource_id": "r",
            "meter": "cpu_core_seconds",
            "quantity": "1.5",
        }
        for one in ids
    ]
    admit(store, "usage", decode_events(events)["usage"], history_terms("test"))
    rate(store)


def ids(store: Store) -> list[str]:
    return [row["event_id"] for row in store.rows("SELECT event_id FROM usage ORDER BY event_id")]


def unique(store: Store, name: str) -> str:
    return f"{store.location.database}-{name}"


def test_an_incremental_backup_comes_back_whole(store: Store) -> None:
    load(store, "a", "b")
    first = backup(store, unique(store, "first"))
    load(store, "c")
    second = backup(store, unique(store, "second"))
    assert (first.base, second.base) == ("", first.name)
    load(store, "d")
    charged = store.rows("SELECT sum(event_count) AS events FROM charges")

    restore(store, second.name, replace=True)
    assert ids(store) == ["a", "b", "c"]
    restore(store, first.name, replace=True)
    assert ids(store) == ["a", "b"]
    assert not is_broken(checks(store))

    # The identities came back too: what the backup holds is known, what came later is news.
    load(store, "a", "b", "c", "d")
    assert ids(store) == ["a", "b", "c", "d"]
    assert store.rows("SELECT sum(event_count) AS events FROM charges") == charged


def test_a_full_backup_needs_no_other(store: Store) -> None:
    load(store, "a")
    backup(store, unique(store, "one"))
    assert backup(store, unique(store, "two"), full=True).base == ""
    assert [one.name for one in taken(store)] == [unique(store, "two"), unique(store, "one")]


def test_content_is_not_replaced_unasked(store: Store) -> None:
    load(store, "a")
    name = backup(store, unique(store, "x")).name
    with pytest.raises(StoreError, match="into an empty store, or with --replace"):
        restore(store, name)
    assert ids(store) == ["a"]


def test_a_failed_restore_changes_nothing(store: Store) -> None:
    load(store, "a")
    with pytest.raises(StoreError, match="there is no such backup"):
        restore(store, "nowhere", replace=True)
    assert ids(store) == ["a"]
    # A backup that does not hold what it says it holds.
    backup(store, unique(store, "first"))
    store.command(
        "INSERT INTO backup_records (name, base, rows, state, version) "
        "VALUES ({name:String}, '', map('usage_events', 7), 'done', 9)",
        {"name": unique(store, "lies")},
    )
    store.command(f"BACKUP DATABASE {store.location.database} AS farthing TO File('{unique(store, 'lies')}')")
    with pytest.raises(StoreError, match="usage_events has 1 rows, not 7"):
        restore(store, unique(store, "lies"), replace=True)
    assert ids(store) == ["a"]


@pytest.mark.parametrize("committed", [False, True])
def test_a_restore_that_was_cut_short_is_settled_at_the_next_start(store: Store, committed: bool) -> None:
    load(store, "old")
    database = store.location.database
    aside = f"{database}_replaced" if committed else f"{database}_before_restore"
    store.command(f"RENAME DATABASE {database} TO {aside}")
    store.command(f"CREATE DATABASE {database} ENGINE = Atomic")
    store.command(f"CREATE TABLE {database}.half (x UInt8) ENGINE = MergeTree ORDER BY x")
    finish_restore(store)
    tables = [row["name"] for row in store.rows(f"SELECT name FROM system.tables WHERE database = '{database}'")]
    assert ("usage_events" in tables, "half" in tables) == ((False, True) if committed else (True, False))
    if not committed:
        assert ids(store) == ["old"]


def test_names_that_could_be_paths_are_refused(store: Store) -> None:
    for name in ("../x", "a b", "a/b", "x'); DROP", ".hidden", "x" * 101):
        with pytest.raises(StoreError, match="backup name"):
            restore(store, name, replace=True)
        with pytest.raises(StoreError, match="backup name"):
            backup(store, name)


def test_a_taken_name_is_refused(store: Store) -> None:
    backup(store, unique(store, "x"))
    with pytest.raises(StoreError, match="a backup of that name exists"):
        backup(store, unique(store, "x"), full=True)
