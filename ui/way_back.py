"""The way back to the address somebody wanted before signing in: the provider returns everybody to the start."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import streamlit as st

from ui.links import go
from ui.screens import SCREENS

COOKIE = "farthing_wanted"
MINUTES = 10  # a sign-in takes no longer
_LOOKED = "way-back-looked"
# Constant scripts: the browser itself says where it is, and nothing of the address passes through this process.
_KEEP = (
    f"<script>document.cookie = '{COOKIE}=' + encodeURIComponent(location.pathname + location.search) + "
    f"'; path=/; max-age={MINUTES * 60}; samesite=lax'</script>"
)
_FORGET = f"<script>document.cookie = '{COOKIE}=; path=/; max-age=0; samesite=lax'</script>"


def keep() -> None:
    """Let the browser remember the address it asks for: on the page of somebody who is not signed in."""
    st.html(_KEEP, unsafe_allow_javascript=True)


def walk() -> None:
    """Lead a new session from the start to the screen it wanted, once. Anything that is no screen is ignored."""
    kept = st.context.cookies.get(COOKIE, "")
    if not kept:
        return
    # In every run of this session: a page that leads elsewhere may be gone before the browser has run its scripts.
    st.html(_FORGET, unsafe_allow_javascript=True)
    if st.session_state.get(_LOOKED):
        return
    st.session_state[_LOOKED] = True
    wanted = wanted_of(kept)
    is_at_start = urlsplit(st.context.url or "").path in ("", "/") and not st.query_params.to_dict()
    if wanted and is_at_start and wanted != ("overview", {}):
        screen, parameters = wanted
        go(screen, **parameters)


def wanted_of(cookie: str) -> tuple[str, dict[str, str | list[str]]] | None:
    """Return the screen and the parameters that a remembered address names; None if it names no screen."""
    address = urlsplit(unquote(cookie))
    screen = address.path.strip("/") or "overview"
    if not cookie or screen not in SCREENS or address.netloc:
        return None
    said = parse_qs(address.query)
    return screen, {name: values[0] if len(values) == 1 else values for name, values in said.items()}
