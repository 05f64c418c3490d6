"""What people do about flags: take one up, label it, mute its app, and take it back. Appended, with who and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from warehouse.connect import Store

LABELS = ("confirmed", "expected", "dismissed")
STATES = ("open", "acknowledged", *LABELS)


def decide(store: Store, flag_id: str, state: str, *, by: str, note: str = "") -> None:
    """Put a flag into a state; being in it already with the same note is no news.

    Raises:
        KeyError: no such flag.
        ValueError: no such state.

    """
    if state not in STATES:
        raise ValueError(f"a flag is {', '.join(STATES)}, not {state!r}")
    with store.writing:
        held = flag_of(store, flag_id)
        if (held["state"], held["note"]) != (state, note):
            row = {"flag_id": flag_id, "state": state, "note": note, "decided_by": by}
            store.insert_rows("flag_decisions", [row])


def undo(store: Store, flag_id: str, *, by: str) -> str:
    """Take a label off, or put an acknowledged flag down again; return the state that it is in then.

    A label gives way to the acknowledgment before it, if there was one; everything that was decided stays on record,
    and so does what was taken back.

    Raises:
        KeyError: no such flag.
        ValueError: nothing was decided about it.

    """
    with store.writing:
        held = flag_of(store, flag_id)
        if held["state"] == "open":
            raise ValueError(f"nothing was decided about {flag_id}")
        taken_up = store.rows(
            "SELECT state FROM flag_decisions WHERE flag_id = {id:String} AND state IN ('open', 'acknowledged') "
            "ORDER BY decided_at DESC LIMIT 1",
            {"id": flag_id},
        )
        before = str(taken_up[0]["state"]) if taken_up and held["state"] in LABELS else "open"
        decide(store, flag_id, before, by=by, note=f"takes back: {held['state']}")
        return before


def mute(store: Store, app_id: str, until: datetime, *, by: str, note: str = "") -> None:
    """Keep an app's flags silent until a moment; a moment that is past ends it.

    Raises:
        ValueError: no app, or a moment without a zone.
        KeyError: the app is not registered, and no flag is of it.

    """
    if not app_id or until.tzinfo is None:
        raise ValueError(f"a mute needs an app and a moment with its zone, not {app_id!r} until {until}")
    known = "SELECT app_id FROM apps UNION ALL SELECT app_id FROM flags"
    if not store.scalar(f"SELECT count() FROM ({known}) WHERE app_id = {{app:String}}", {"app": app_id}):
        raise KeyError(f"no app {app_id!r}: farthing apps list shows those there are")
    with store.writing:
        row = {"app_id": app_id, "muted_until": until.astimezone(UTC), "note": note, "muted_by": by}
        store.insert_rows("flag_mutes", [row])


def unmute(store: Store, app_id: str, *, by: str) -> None:
    """Let an app's flags be heard again."""
    mute(store, app_id, datetime.now(UTC).replace(microsecond=0), by=by)


def flag_of(store: Store, flag_id: str) -> dict[str, Any]:
    """Return a flag as it stands.

    Raises:
        KeyError: no such flag.

    """
    rows = store.rows("SELECT * FROM flags WHERE flag_id = {id:String}", {"id": flag_id})
    if not rows:
        raise KeyError(f"no flag {flag_id}: farthing flags list shows those there are")
    return rows[0]
