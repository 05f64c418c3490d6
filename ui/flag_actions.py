"""What can be done about a flag: take it up, say what it was, keep its app quiet, take it back; and about a sample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from jobs.decisions import decide, mute, undo, unmute
from queries.flag_list import DROP, SAMPLE
from ui.flag_panels import ACTING, flags_of, open_flag
from ui.flag_words import STATES, headline, when
from ui.frame import panel
from ui.session import forget, store
from ui.viewer import Viewer
from ui.words import amount, escaped

_SAID = "flag-outcome"
LABELS = {
    "confirmed": ("It was real", ":material/report:", "An incident: money was spent that should not have been."),
    "expected": ("It was planned", ":material/event_available:", "A launch, a load test: known to its team."),
    "dismissed": (
        "No anomaly",
        ":material/do_not_disturb_on:",
        "Nothing unusual: the detector should not say so again.",
    ),
}
_OF_DROPS = {
    "confirmed": "An incident: it should not have fallen silent, or its metering failed.",
    "expected": "Switched off, moved or at rest on purpose: known to its team.",
}


def actions(viewer: Viewer, flag: dict[str, Any]) -> None:
    """Draw the actions on a flag, for those who act; what was done last is said and can be taken back."""
    _say_outcome()
    if not viewer.roles & ACTING:
        st.caption("On-call, analysts and administrators acknowledge and label flags.")
        return
    flag_id = flag["flag_id"]
    st.text_input(
        "Why",
        key=_why(flag_id),
        placeholder="Why, in a few words (kept with what you do)",
        label_visibility="collapsed",
    )

    def put(state: str) -> None:
        _do(viewer, lambda: decide(store(), flag_id, state, by=viewer.name, note=_said(flag_id)), STATES[state])

    def take_back() -> None:
        _do(viewer, lambda: undo(store(), flag_id, by=viewer.name, note=_said(flag_id)), "Taken back")

    with st.container(horizontal=True, vertical_alignment="center"):
        if flag["state"] == "open" and flag["kind"] != SAMPLE:
            st.button(
                "I am on it",
                on_click=put,
                args=("acknowledged",),
                key="acknowledge",
                type="primary",
                icon=":material/visibility:",
            )
        for state, (label, icon, why) in LABELS.items():
            if flag["kind"] == DROP:
                why = _OF_DROPS.get(state, why)
            st.button(
                label, on_click=put, args=(state,), key=state, icon=icon, help=why, disabled=flag["state"] == state
            )
        if flag["state"] != "open":
            st.button("Undo", on_click=take_back, key="undo", icon=":material/undo:")
        _mute(viewer, flag)


def _why(flag_id: str) -> str:
    return f"why/{flag_id}"


def _said(flag_id: str) -> str:
    """Return what stands under *Why* now; for callbacks.

    Whoever types and clicks at once sends both together: the page that was drawn before knows nothing of the text.
    """
    return str(st.session_state.get(_why(flag_id), "")).strip()


def worth_a_look(viewer: Viewer) -> None:
    """Draw a few hours that were not flagged, to be labeled as flags are; nothing without any."""
    samples = flags_of("worth_a_look").to_pylist() if viewer.roles & ACTING else []
    if not samples:
        _say_outcome()
        return
    caption = "Last week's strongest hours that were not flagged: a word on each teaches the detector what it let pass"
    with panel("Worth a look", caption):
        _say_outcome()
        for flag in samples:
            _sample(viewer, flag)


def _sample(viewer: Viewer, flag: dict[str, Any]) -> None:
    """Draw a sample with its three labels, and the way to all that is known of it."""
    flag_id, row = flag["flag_id"], {"horizontal": True, "vertical_alignment": "center"}

    def put(state: str) -> None:
        _do(viewer, lambda: decide(store(), flag_id, state, by=viewer.name), STATES[state])

    with st.container(border=True, horizontal_alignment="distribute", key=f"sample-{flag_id}", **row):
        with st.container(width="content", gap=None):
            st.markdown(f"**{escaped(flag['app_id'])}** · {escaped(amount(flag['excess'], signed=True))}")
            st.caption(escaped(f"{headline(flag)} · {when(flag['started_at'])}"))
        with st.container(width="content", **row):
            for state, (label, icon, why) in LABELS.items():
                st.button(label, on_click=put, args=(state,), key=f"{state}/{flag_id}", icon=icon, help=why)
            st.button("Details", on_click=open_flag, args=(flag_id,), key=f"look/{flag_id}")


def _mute(viewer: Viewer, flag: dict[str, Any]) -> None:
    app, flag_id = flag["app_id"], flag["flag_id"]

    def silence() -> None:
        until = st.session_state[f"until/{app}"].replace(tzinfo=UTC)
        _do(
            viewer,
            lambda: mute(store(), app, until, by=viewer.name, note=_said(flag_id)),
            f"{app} is silent until {until:%b %-d, %H:%M} UTC",
        )

    def hear() -> None:
        _do(viewer, lambda: unmute(store(), app, by=viewer.name, note=_said(flag_id)), f"{app} is heard again")

    if flag["is_muted"]:
        st.button("Unmute", on_click=hear, key="unmute", icon=":material/notifications_active:")
        return
    with st.popover("Mute", icon=":material/notifications_off:"):
        tomorrow = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=24)
        until = st.datetime_input(
            f"Keep {escaped(app)} silent until (UTC)",
            tomorrow.replace(tzinfo=None),
            key=f"until/{app}",
            format="YYYY-MM-DD",
            step=timedelta(hours=1),
        )
        st.caption("Its flags are still found and kept, in the view Silent.")
        if until is not None:
            st.button("Mute", on_click=silence, key="mute", type="primary")


def _say_outcome() -> None:
    """Say what was done last, once."""
    if said := st.session_state.pop(_SAID, None):
        st.success(escaped(said), icon=":material/check_circle:")


def _do(viewer: Viewer, act: Callable[[], Any], outcome: str) -> None:
    """Do it, if the viewer may, and say so on the page that is drawn next."""
    if not viewer.roles & ACTING:
        raise PermissionError(f"{viewer.name} may not act on flags")
    act()
    for name in [name for name in st.session_state if str(name).startswith("why/")]:
        st.session_state[name] = ""  # it was said of this, not of what is done next
    st.session_state[_SAID] = f"{outcome}. Kept with your name and the time."
    forget()
