"""What a page says when there is nothing to draw: what is the case, and what to do."""

from __future__ import annotations

import logging

import streamlit as st

from ui.viewer import Viewer
from warehouse.errors import StoreError

log = logging.getLogger(__name__)


def nothing_yet(viewer: Viewer) -> None:
    """Say that the viewer has no charges at all."""
    if not viewer.sees_all_teams:
        teams = ", ".join(sorted(viewer.team_ids))
        st.info(
            f"No charges for {teams} yet. They appear within a minute of the first usage event of an app of this team."
            if teams
            else "Your sign-in names no team, so there is nothing to show. Ask whoever runs sign-in to add your team.",
            icon=":material/group:",
        )
        return
    with st.container(border=True):
        st.subheader("No charges yet")
        st.markdown("Stop the app, then load usage or make a demonstration, and start again:")
        st.code(
            "farthing demo                      # a believable platform with two months of history\n"
            "farthing load --list               # what can be imported\n"
            "farthing load events usage.jsonl   # your own events\n"
            "farthing serve",
            language="bash",
        )


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
