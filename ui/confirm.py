"""A second question before what cannot be taken back."""

from __future__ import annotations

import streamlit as st


def confirmed(label: str, question: str, *, key: str, disabled: bool = False) -> bool:
    """Draw a button that asks first; return true in the one run after the answer was yes."""
    asking = f"{key}-asking"

    def ask(*, is_asked: bool = True) -> None:
        st.session_state[asking] = is_asked

    if not st.session_state.get(asking):
        st.button(label, on_click=ask, key=key, disabled=disabled, icon=":material/gavel:")
        return False
    st.warning(question, icon=":material/gavel:")
    with st.container(horizontal=True):
        is_yes = st.button(f"Yes: {label.lower()}", key=f"{key}-yes", type="primary", disabled=disabled)
        st.button("Cancel", on_click=ask, kwargs={"is_asked": False}, key=f"{key}-no")
    if is_yes:
        ask(is_asked=False)
    return is_yes
