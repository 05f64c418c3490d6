"""The router: who is looking, which screens they have, and the one they chose.

It must not lie beside ``pages/``: Streamlit runs a file of a neighboring pages/ without the router, and so without
sign-in, until some session has called st.navigation.
"""

from __future__ import annotations

import streamlit as st

from config.sign_in import sign_in
from ui.links import arrive
from ui.screens import SCREENS
from ui.sign_in import account, offer, play, without_role
from ui.viewer import viewer

st.set_page_config(page_title="Farthing", page_icon="🪙", layout="wide")

if not sign_in().is_configured:
    play()
who = viewer()
if who is None:
    st.navigation([st.Page(offer, title="Sign in")], position="hidden").run()
elif not who.roles:
    st.navigation([st.Page(lambda: without_role(who), title="No role", url_path="no-role")], position="hidden").run()
else:
    if sign_in().is_configured:
        account(who)
    pages = [
        st.Page(screen.path, title=screen.title, icon=screen.icon, url_path=name, default=name == "overview")
        for name, screen in SCREENS.items()
        if who.may_open(name)
    ]
    page = st.navigation(pages)
    arrive()
    page.run()
