"""Signing in: with the identity provider, or in demo sign-in by choosing whom to play."""

from __future__ import annotations

import streamlit as st

from config.sign_in import sign_in
from queries.registered_teams import registered_teams
from ui.session import ask_for_all
from ui.viewer import DEMO_KEY, NOBODY, Viewer
from ui.way_back import keep
from ui.words import escaped

PLAYED = {"analyst": "Analyst", "finance": "Finance", "oncall": "On-call"}


def offer() -> None:
    """The page of somebody who is not signed in."""
    st.title("Farthing")
    st.markdown("Costs of micro apps, to the last event. Sign in to see yours.")
    st.button("Sign in", type="primary", on_click=st.login, icon=":material/login:")
    keep()


def without_role(viewer: Viewer) -> None:
    """The page of somebody whom the role map, or demo sign-in, does not know."""
    st.title("Farthing")
    if not sign_in().is_configured:
        st.warning(
            f"Nobody is called {escaped(viewer.name)} here. Choose whom to view as, at the left.",
            icon=":material/person_off:",
        )
        return
    st.warning(
        f"You are signed in as {viewer.name}, and no role was given to your groups. "
        "Ask whoever runs Farthing to add one of them to config/roles.yml.",
        icon=":material/person_off:",
    )
    st.button("Sign out", on_click=st.logout)


def account(viewer: Viewer) -> None:
    """Who is signed in, and the way out: in the sidebar."""
    with st.sidebar:
        st.caption(f"{viewer.name} · {', '.join(sorted(viewer.roles))}")
        st.button("Sign out", on_click=st.logout, icon=":material/logout:", type="tertiary")


def play() -> None:
    """Demo sign-in: the picker, and what it is."""
    teams = {f"lead:{row['team_id']}": f"Lead of {row['team_id']}" for row in _teams()}
    labels = PLAYED | teams
    # Whom the address names and nobody knows is played as nobody: never as the one with the widest view.
    playing, asked = st.session_state.get(DEMO_KEY), st.query_params.get(DEMO_KEY)
    if playing is None and asked and asked not in labels.values():
        playing = f"{NOBODY}:{asked}"
    if playing and playing not in labels:
        labels = {playing: playing.partition(":")[2]} | labels
    with st.sidebar:
        st.selectbox("Viewing as", list(labels), format_func=labels.__getitem__, key=DEMO_KEY, bind="query-params")
        st.caption("Demo sign-in: no identity provider is configured, so this app answers on this machine only.")


def _teams() -> list[dict[str, str]]:
    return ask_for_all(registered_teams, "teams").to_pylist()
