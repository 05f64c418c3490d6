"""What a start does after a crash: refuse damage, undo what was never acknowledged."""

from __future__ import annotations

from warehouse.connect import Store
from warehouse.errors import StoreDamaged

EVENT_TABLES = {
    "usage": "usage_events",
    "lifecycle": "lifecycle_events",
    "request": "request_events",
    "alert": "alert_events",
    "platform_cost": "platform_cost_events",
}


# On a server other processes may be at work: what they began lately is theirs to finish.
ABANDONED_AFTER_SECONDS = 3600


def recover(store: Store) -> None:
    """Bring a store back to its last acknowledged state.

    An embedded store belongs to this process, so whatever is unfinished was cut short. On a server only what was begun
    more than an hour ago was.

    Raises:
        StoreDamaged: the engine set parts aside as broken; nothing is repaired behind the operator's back.

    """
    refuse_damage(store)
    drop_staging(store)
    undo_unacknowledged(store)
    drop_unfinished_generations(store)


def refuse_damage(store: Store) -> None:
    """Raise if the engine detached parts: it does so silently, and their rows would just be missing."""
    if broken := damaged_parts(store):
        raise StoreDamaged(
            f"{store.location} has {len(broken)} damaged parts: {'; '.join(broken)}. "
            "Restore a backup (farthing restore NAME --replace), or look into the table's detached/ folder."
        )


def damaged_parts(store: Store) -> list[str]:
    """Return the parts that the engine set aside, as table/part (reason)."""
    rows = store.rows(
        "SELECT table, name, reason FROM system.detached_parts WHERE database = currentDatabase() ORDER BY table, name"
    )
    return [f"{row['table']}/{row['name']} ({row['reason'] or 'detached'})" for row in rows]


def drop_staging(store: Store) -> None:
    """Drop the staging tables of batches that were cut short."""
    for row in store.rows(
        "SELECT name FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'staged_')"
        + _abandoned(store, "metadata_modification_time")
    ):
        store.command(f"DROP TABLE IF EXISTS {row['name']} SYNC")


def undo_unacknowledged(store: Store) -> int:
    """Remove what batches wrote that were begun and never acknowledged; return how many there were.

    Their senders were told nothing and send them again.
    """
    begun = store.rows(
        "SELECT toString(batch_id) AS batch_id, event_type FROM batches WHERE state IN ('begun', 'undoing')"
        + _abandoned(store, "at")
    )
    for row in begun:
        undo_batch(store, row["batch_id"], row["event_type"])
    store.has_leftovers = False
    return len(begun)


def undo_batch(store: Store, batch_id: str, event_type: str) -> None:
    """Remove every row of one batch, and mark it undone."""
    # Said first: from here on the batch is not acknowledged, whatever its last words were.
    _mark(store, batch_id, event_type, "undoing", 2)
    for name in (EVENT_TABLES[event_type], "event_identities", "quarantined_events"):
        store.command(f"DELETE FROM {name} WHERE batch_id = {{batch:UUID}}", {"batch": batch_id})
    _mark(store, batch_id, event_type, "undone", 3)


def _mark(store: Store, batch_id: str, event_type: str, state: str, version: int) -> None:
    store.command(
        "INSERT INTO batch_states (batch_id, event_type, origin, state, version) "
        "VALUES ({batch:UUID}, {type:String}, '', {state:String}, {version:UInt8})",
        {"batch": batch_id, "type": event_type, "state": state, "version": version},
    )


def drop_unfinished_generations(store: Store) -> None:
    """Drop generations that no pointer and no closed month names: their rating was cut short, and the day is dirty."""
    orphans = store.rows(
        "SELECT DISTINCT table, partition FROM system.parts WHERE database = currentDatabase() "
        "AND table IN ('rated_charges', 'rated_daily_charges') AND active "
        "AND partition NOT IN (SELECT toString(tuple(charge_date, generation)) FROM charge_generations) "
        "AND partition NOT IN (SELECT toString(tuple(charge_date, generation)) FROM period_closings)"
        + _abandoned(store, "modification_time")
    )
    for row in orphans:
        store.command(f"ALTER TABLE {row['table']} DROP PARTITION {row['partition']}")


def _abandoned(store: Store, since: str) -> str:
    return "" if store.location.is_embedded else f" AND {since} < now() - {ABANDONED_AFTER_SECONDS}"
