"""What a page says when there is nothing to draw: what is the case, and what to do."""

from __future__ import annotations

import logging

import streamlit as st

from ui.inputs import charged_until
from ui.session import store
from ui.viewer import Viewer
from warehouse.errors import StoreError

log = logging.getLogger(__name__)


def charges_until(viewer: Viewer, title: str) -> str:
    """Return until when there are charges, as a page's subtitle; without any say what to do, and stop the page."""
    until = charged_until()
    if until is None:
        st.title(title, anchor=False)
        nothing_yet(viewer)
        st.stop()
    return f"Charges until {until:%B %-d, %Y, %H:%M} UTC"


def nothing_yet(viewer: Viewer) -> None:
    """Say that the viewer has no charges at all."""
    if not viewer.sees_all_teams:
        teams = ", ".join(sorted(viewer.team_ids))
        st.info(
            f"No charges for {teams} yet. They appear here once usage of an app of this team is in the store."
            if teams
            else "Your sign-in names no team, so there is nothing to show. Ask whoever runs sign-in to add your team.",
            icon=":material/group:",
        )
        return
    with st.container(border=True):
        st.subheader("No charges yet")
        how_to_add()


def nothing_received() -> None:
    """Say that the store never received an event, so that there is nothing to judge."""
    with st.container(border=True):
        st.subheader("Nothing was received yet")
        st.markdown("There is nothing to check: no event was ever accepted, refused or charged.")
        how_to_add()


def how_to_add() -> None:
    """Say how data gets in, as far as this store allows it now."""
    commands = (
        "farthing demo                      # a believable platform with two months of history\n"
        "farthing load --list               # what can be imported\n"
        "farthing load events usage.jsonl   # your own events\n"
    )
    if store().location.is_embedded:
        st.markdown("This store belongs to the app while it runs. Stop the app, add data, and start again:")
        st.code(f"{commands}farthing serve", language="bash")
        st.caption("To add data while the app runs, set FARTHING_STORE to a ClickHouse server.")
    else:
        st.markdown("Add data from any machine that reaches the store; charges appear once the worker has rated it:")
        st.code(f"{commands}farthing worker                    # rates, all the time", language="bash")


def nothing_here(what: str = "charges") -> None:
    """Say that the chosen period or filter is empty."""
    st.info(f"No {what} in this period. Choose a longer period, or remove a filter.", icon=":material/event_busy:")


def explain(error: BaseException) -> bool:
    """Say in plain words that a page failed; the log has the rest. True: the page's own trace is not shown."""
    if isinstance(error, PermissionError):
        st.error(f"This is not yours to see: {error}.", icon=":material/lock:")
        return True
    log.error("a page failed", exc_info=error)
    text = str(error) if isinstance(error, StoreError) else f"{type(error).__name__}. The app's log has the details."
    st.error(f"This page could not be drawn: {text}", icon=":material/error:")
    return True
