"""Ways from one screen to another, with the question in the address."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from ui.screens import SCREENS


def address(screen: str, **parameters: str | list[str]) -> str:
    """Return the root-relative address of a screen: for links in tables, which open in a new tab."""
    query = urlencode(parameters, doseq=True)
    return f"/{SCREENS[screen].name}{'?' + query if query else ''}"


def go(screen: str, **parameters: str | list[str]) -> None:
    """Open a screen in the same tab. Does not return."""
    st.switch_page(SCREENS[screen].path, query_params=parameters)
