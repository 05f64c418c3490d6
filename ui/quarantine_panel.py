"""The panel where quarantine is decided: look at what was refused, mend it and send it again, or dismiss it."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import streamlit as st

from metering.quarantine import FIXABLE, dismiss, listed, replay
from ui.confirm import confirmed
from ui.formats import count, moment
from ui.session import forget, store
from ui.viewer import Viewer
from ui.words import counted

SHOWN = 50
NO_FIX = "as it came"
COLUMNS = ("reason", "event_type", "open_events", "events", "sources", "last_received_at", "example")


def quarantine(reasons: pa.Table, viewer: Viewer) -> None:
    """Show the reasons; for a chosen one its events, and what can be done about them."""
    if not reasons.num_rows:
        st.success("Nothing was ever refused.", icon=":material/check_circle:")
        return
    st.dataframe(
        reasons,
        hide_index=True,
        key="reasons",
        column_order=COLUMNS,
        column_config={
            "reason": "Reason",
            "event_type": "Type",
            "open_events": count("Open"),
            "events": count("Ever"),
            "sources": count("Sources"),
            "last_received_at": moment("Last received"),
            "example": st.column_config.TextColumn("Latest", width="large"),
        },
    )
    if said := st.session_state.pop("quarantine-outcome", None):
        st.success(said, icon=":material/check_circle:")
    waiting: Counter[str] = Counter()
    for row in reasons.to_pylist():
        waiting[row["reason"]] += row["open_events"]
    waiting += Counter()  # drops those with none
    if not waiting:
        st.caption("Every one of them was decided.")
        return
    reason = st.selectbox(
        "Decide about", sorted(waiting), index=None, key="reason", placeholder="Choose a reason", width=320
    )
    if reason is not None:
        _decide(reason, counted(waiting[reason], "event"), viewer)


def _decide(reason: str, waiting: str, viewer: Viewer) -> None:
    events = listed(store(), reason=reason, limit=SHOWN)
    st.dataframe(
        events,
        hide_index=True,
        key="refused",
        column_order=("received_at", "source", "event_id", "detail", "raw"),
        column_config={
            "received_at": moment("Received"),
            "source": "Source",
            "event_id": "Event",
            "detail": st.column_config.TextColumn("Why", width="medium"),
            "raw": st.column_config.TextColumn("As it came", width="large"),
        },
    )
    if len(events) == SHOWN:
        st.caption(f"The latest {SHOWN}; `farthing quarantine list` shows all.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        field = st.selectbox("Set field", [NO_FIX, *sorted(FIXABLE)], key="fix-field", width=200)
        value = st.text_input("to", key="fix-value", disabled=field == NO_FIX, width=260)
    if confirmed("Replay", f"Send {waiting} of reason {reason} through the door again?", key="replay"):
        fix = None if field == NO_FIX else {field: value}
        done = replay(store(), reason=reason, fix=fix, by=viewer.name)
        _say(
            f"Replayed {counted(done.replayed, 'event')} of reason {reason}: {done.accepted} accepted, "
            f"{counted(done.duplicates, 'duplicate')}, {done.quarantined} refused again."
        )
    if confirmed("Dismiss", f"Never take {waiting} of reason {reason}? This cannot be taken back.", key="dismiss"):
        dismissed = dismiss(store(), reason=reason, by=viewer.name)
        _say(f"Dismissed {counted(dismissed, 'event')} of reason {reason}.")


def _say(outcome: str) -> None:
    # The page is drawn anew with the outcome, so that its figures are those after the decision.
    st.session_state["quarantine-outcome"] = outcome
    forget()
    st.rerun()
