"""The router: who is looking, which screens they have, and the one they chose.

It must not lie beside ``pages/``: Streamlit runs a file of a neighboring pages/ without the router, and so without
sign-in, until some session has called st.navigation.
"""

from __future__ import annotations

import streamlit as st

from config.sign_in import sign_in
from ui.links import arrive
from ui.screens import SCREENS, Screen
from ui.sign_in import account, offer, play, without_role
from ui.viewer import Viewer, refuse, viewer
from ui.way_back import walk

st.set_page_config(page_title="Farthing", page_icon="🪙", layout="wide")


def page_of(screen: Screen, who: Viewer | None) -> st.Page:
    """Return the page of a screen; to those who may not open it, a page that says so and shows nothing else."""
    may = who is not None and who.may_open(screen.name)
    if who is None:
        shown = offer
    elif not who.roles:
        shown = lambda: without_role(who)  # noqa: E731
    else:
        shown = screen.path if may else lambda: refuse(who, screen.name)
    return st.Page(
        shown,
        title=screen.title,
        icon=screen.icon,
        url_path=screen.name,
        default=screen.name == "overview",
        visibility="visible" if may else "hidden",
    )


if not sign_in().is_configured:
    play()
visitor = viewer()
has_role = visitor is not None and bool(visitor.roles)
if visitor is not None and has_role and sign_in().is_configured:
    account(visitor)
# Every address is known to everybody: a link leads to its page, or to a sentence.
page = st.navigation(
    [page_of(screen, visitor) for screen in SCREENS.values()], position="sidebar" if has_role else "hidden"
)
if visitor is not None and sign_in().is_configured:
    walk()
arrive()
page.run()
