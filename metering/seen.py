"""What the store has of an event: for whoever asks what became of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from warehouse.connect import Store
from warehouse.recover import EVENT_TABLES

_UNSAID = "event_digest, batch_id"
_MOST = 100


def seen(store: Store, event_id: str, source: str = "") -> dict[str, Any] | None:
    """Return an event's rows as stored and in quarantine, of one source and what it calls itself, or of all.

    Grain: one row per source and meter; None if nothing is known of it.
    """
    where = "event_id = {event:String} AND ({source:String} = '' OR source = {source:String} "
    where += "OR startsWith(source, concat({source:String}, '/')))"
    asked = {"event": event_id, "source": source}
    rows = [
        {"type": name, **_plain(row)}
        for name, table in EVENT_TABLES.items()
        for row in store.rows(
            f"SELECT * EXCEPT ({_UNSAID}) FROM {table} FINAL WHERE {where} ORDER BY ALL LIMIT {_MOST}", asked
        )
    ]
    kept = store.rows(
        "SELECT event_type, source, meter, reason, detail, received_at, decision FROM quarantine "
        f"WHERE {where} ORDER BY ALL LIMIT {_MOST}",
        asked,
    )
    if not rows and not kept:
        return None
    return {"event_id": event_id, "stored": rows, "quarantined": [_plain(row) for row in kept]}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, UUID) else value
