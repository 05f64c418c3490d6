"""What people do about flags: take one up, label it, mute its app, and take it back. Appended, with who and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from warehouse.connect import Store

LABELS = ("confirmed", "expected", "dismissed")
STATES = ("open", "acknowledged", *LABELS)
_BACK = "takes back: "


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


def undo(store: Store, flag_id: str, *, by: str, note: str = "") -> str:
    """Take the last decision about a flag back; return the state that it is in then: the one before that decision.

    Everything that was decided stays on record, and so does what was taken back; ``note`` says why.

    Raises:
        KeyError: no such flag.
        ValueError: nothing was decided about it, or all of it was taken back.

    """
    with store.writing:
        held = flag_of(store, flag_id)
        if held["state"] == "open":
            raise ValueError(f"nothing was decided about {flag_id}")
        decided = store.rows(
            "SELECT state, note FROM flag_decisions WHERE flag_id = {id:String} ORDER BY decided_at", {"id": flag_id}
        )
        before = _standing(decided)[-2]
        why = f"{_BACK}{held['state']}" + (f"; {note}" if note else "")
        row = {"flag_id": flag_id, "state": before, "note": why, "decided_by": by}
        store.insert_rows("flag_decisions", [row])
        return before


def _standing(decided: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the states that a flag went through, the earliest first, without what was taken back."""
    states = ["open"]
    for row in decided:
        if f"{row['note']};".startswith(f"{_BACK}{states[-1]};") and row["state"] in states[:-1]:
            states.pop()
            while states[-1] != row["state"]:
                states.pop()
        else:
            states.append(row["state"])
    return states


def mute(store: Store, app_id: str, until: datetime, *, by: str, note: str = "") -> None:
    """Keep an app's flags silent until a moment; a moment that is past ends it at once.

    Pages look as of the minute that runs: what has ended is kept as over when that began.

    Raises:
        ValueError: no app, or a moment without a zone.
        KeyError: the app is not registered, and no flag is of it.

    """
    if not app_id or until.tzinfo is None:
        raise ValueError(f"a mute needs an app and a moment with its zone, not {app_id!r} until {until}")
    known = "SELECT app_id FROM apps UNION ALL SELECT app_id FROM flags"
    if not store.scalar(f"SELECT count() FROM ({known}) WHERE app_id = {{app:String}}", {"app": app_id}):
        raise KeyError(f"no app {app_id!r}: farthing apps list shows those there are")
    now, until = datetime.now(UTC), until.astimezone(UTC)
    if until <= now:
        until = min(until, now.replace(second=0, microsecond=0))
    with store.writing:
        row = {"app_id": app_id, "muted_until": until, "note": note, "muted_by": by}
        store.insert_rows("flag_mutes", [row])


def unmute(store: Store, app_id: str, *, by: str, note: str = "") -> None:
    """Let an app's flags be heard again, at once."""
    mute(store, app_id, datetime.now(UTC), by=by, note=note)


def flag_of(store: Store, flag_id: str) -> dict[str, Any]:
    """Return a flag as it stands.

    Raises:
        KeyError: no such flag.

    """
    rows = store.rows("SELECT * FROM flags WHERE flag_id = {id:String}", {"id": flag_id})
    if not rows:
        raise KeyError(f"no flag {flag_id}: farthing flags list shows those there are")
    return rows[0]
