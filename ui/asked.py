"""What an address asks for and a picker does not have: said, never answered silently with something else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from ui.words import escaped

_NAMED = 12  # options at most in a sentence


def say_unknown(
    key: str, what: str, options: Iterable[Any], *, shown: Callable[[Any], str] = str, instead: str = "the usual one"
) -> None:
    """Say which values of ``?<key>=`` are not among the options; for the line before a picker of that key.

    Only an address that arrives is judged: once its picker was drawn, what stands there came from the picker.
    """
    asked = st.query_params.get_all(key)
    if not asked or key in st.session_state:
        return
    known = [shown(option) for option in options]
    if strange := [text for text in dict.fromkeys(asked) if text and text not in known]:
        offered = ", ".join(known[:_NAMED]) + (" and others" if len(known) > _NAMED else "")
        st.warning(
            escaped(f"The address asks for {what} {', '.join(strange)}, and there is none here. Shown is {instead}.")
            + (f" There are: {escaped(offered)}." if known else ""),
            icon=":material/link_off:",
        )
